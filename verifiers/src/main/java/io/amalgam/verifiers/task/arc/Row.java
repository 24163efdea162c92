package io.amalgam.verifiers.task.arc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.amalgam.verifiers.python.PythonRandom;
import java.util.Arrays;
import java.util.List;

/** What the rules do with a row of cells; colour 0 is empty. */
final class Row {
  /** The last colour; the first is 1. */
  static final int LAST_COLOR = 9;

  /** Chance of a cell or place to be used, in the rules that scatter evenly. */
  static final double EVEN = 0.5;

  /** Chance of a block to start at a free cell. */
  static final double BLOCK_DENSITY = 0.4;

  private Row() {}

  /** A run of cells of one colour. */
  record Block(int start, int length) {
    int end() {
      return start + length;
    }

    /** Colours the block's cells in a row. */
    void paint(int[] row, int color) {
      Arrays.fill(row, start, end(), color);
    }
  }

  /** Any colour but 0. */
  static int color(PythonRandom random) {
    return random.randint(1, LAST_COLOR);
  }

  /** Any colour but 0 and one other, by skipping the other. */
  static int colorBeside(PythonRandom random, int other) {
    int drawn = random.randint(1, LAST_COLOR - 1);
    return drawn >= other ? drawn + 1 : drawn;
  }

  /** Colours of adjacent cells: all the same, or each drawn for itself. */
  static int[] colors(PythonRandom random, int count, boolean solid) {
    int[] colors = new int[count];
    if (solid) {
      Arrays.fill(colors, color(random));
    } else {
      Arrays.setAll(colors, i -> color(random));
    }
    return colors;
  }

  /** A row whose cells are coloured or empty with equal chances. */
  static int[] scattered(PythonRandom random, int size, int lastColor) {
    int[] row = new int[size];
    Arrays.setAll(row, i -> random.random() < EVEN ? random.randint(1, lastColor) : 0);
    return row;
  }

  /** A row with colours written from a position on. */
  static int[] withColors(int size, int start, int[] colors) {
    int[] row = new int[size];
    System.arraycopy(colors, 0, row, start, colors.length);
    return row;
  }

  /** A row with blocks of one colour. */
  static int[] withBlocks(int size, List<Block> blocks, int color) {
    int[] row = new int[size];
    blocks.forEach(block -> block.paint(row, color));
    return row;
  }

  /** How many cells have a colour. */
  static int count(int[] row, int color) {
    int count = 0;
    for (int cell : row) {
      count += cell == color ? 1 : 0;
    }
    return count;
  }

  /** The cells from right to left. */
  static int[] reversed(int[] row) {
    int[] reversed = new int[row.length];
    for (int i = 0; i < row.length; i++) {
      reversed[i] = row[row.length - 1 - i];
    }
    return reversed;
  }

  /** The cells as the metadata show them. */
  static ArrayNode toJson(int[] row) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(row.length);
    for (int color : row) {
      array.add(color);
    }
    return array;
  }
}
