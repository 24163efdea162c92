package io.amalgam.verifiers.task.arc;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;

/** Rules in which single cells grow or a block is repeated from them. */
final class FillingRules {
  private static final int SHORTEST_SIDE = 8;
  private static final int WALL = 5;
  private static final int MOST_PIXELS = 4;

  private FillingRules() {}

  /** A block is repeated from seeds beside it to the ends of the row. */
  static Optional<RowPair> duplicateFromSeeds(PythonRandom random, int size) {
    int length = random.randint(2, 4);
    if (size <= length + 3) {
      return Optional.empty();
    }
    Row.Block block = new Row.Block(random.randint(2, size - length - 2), length);
    boolean left = false;
    boolean right = false;
    while (!left && !right) {
      left = random.random() < Row.EVEN;
      right = random.random() < Row.EVEN;
    }
    int[] input = new int[size];
    block.paint(input, 1);
    int[] output = input.clone();
    if (left) {
      int seed = block.start() - 2;
      input[seed] = Row.color(random);
      for (int last = seed; last >= 0; last -= length + 1) {
        Arrays.fill(output, Math.max(0, last - length + 1), last + 1, input[seed]);
      }
    }
    if (right) {
      int seed = block.end() + 1;
      input[seed] = Row.color(random);
      for (int first = seed; first < size; first += length + 1) {
        Arrays.fill(output, first, Math.min(size, first + length), input[seed]);
      }
    }
    return RowPair.of(input, output);
  }

  /** A cell beside a block fills the row on its side. */
  static Optional<RowPair> fillFromPixel(PythonRandom random, int size) {
    if (size < SHORTEST_SIDE) {
      return Optional.empty();
    }
    int length = random.randint(3, size - 5);
    Row.Block block = new Row.Block(random.randint(2, size - length - 2), length);
    int[] input = new int[size];
    int color = Row.color(random);
    block.paint(input, color);
    int seedColor = Row.colorBeside(random, color);
    boolean left = random.random() < Row.EVEN;
    int[] output = input.clone();
    if (left) {
      input[block.start() - 1] = seedColor;
      Arrays.fill(output, 0, block.start(), seedColor);
    } else {
      input[block.end()] = seedColor;
      Arrays.fill(output, block.end(), size, seedColor);
    }
    return RowPair.of(input, output);
  }

  /** Cells grow towards a wall at one end until they meet the next cell. */
  static Optional<RowPair> fillUntilCollision(PythonRandom random, int size) {
    boolean wallLeft = random.random() < Row.EVEN;
    int[] input = new int[size];
    int wall = wallLeft ? 0 : size - 1;
    input[wall] = WALL;
    int count = random.randint(2, MOST_PIXELS);
    int first = wallLeft ? 1 : 0;
    int[] places = new int[count];
    TreeSet<Integer> used = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      do {
        places[i] = random.randint(first, first + size - 2);
      } while (!used.add(places[i]));
    }
    for (int place : places) {
      input[place] = Row.colorBeside(random, WALL);
    }
    int[] output = input.clone();
    int last = wall;
    for (int place : wallLeft ? used : used.descendingSet()) {
      Arrays.fill(output, Math.min(last, place) + 1, Math.max(last, place), input[place]);
      last = place;
    }
    return RowPair.of(input, output);
  }
}
