package io.amalgam.verifiers.task.arc;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rules that move, reflect or copy a block. */
final class MovingRules {
  private static final int DOT = 2;
  private static final int PATTERN_SHORTEST = 2;
  private static final int PATTERN_LONGEST = 5;

  private MovingRules() {}

  /** A block moves to the right. */
  static RowRule move(int steps, boolean solid) {
    return (random, size) -> {
      if (size <= steps + 1) {
        return Optional.empty();
      }
      int length = random.randint(1, size - steps - 1);
      int start = random.randint(0, size - length - steps);
      int[] block = Row.colors(random, length, solid);
      return RowPair.of(
          Row.withColors(size, start, block), Row.withColors(size, start + steps, block));
    };
  }

  /** A block moves to the right on a ring. */
  static RowRule moveWrapped(int steps, boolean solid) {
    return (random, size) -> {
      int length = random.randint(1, size);
      int start = random.randint(0, size - 1);
      int[] block = Row.colors(random, length, solid);
      int[] input = new int[size];
      int[] output = new int[size];
      for (int i = 0; i < length; i++) {
        input[(start + i) % size] = block[i];
        output[(start + steps + i) % size] = block[i];
      }
      return RowPair.of(input, output);
    };
  }

  /** A block moves to the right by its length. */
  static Optional<RowPair> moveByOwnLength(PythonRandom random, int size) {
    int length = random.randint(1, size / 2);
    int start = random.randint(0, size - 2 * length);
    int[] block = Row.colors(random, length, true);
    return RowPair.of(
        Row.withColors(size, start, block), Row.withColors(size, start + length, block));
  }

  /** A block with one end of another colour is turned round. */
  static Optional<RowPair> reflectMarkedBlock(PythonRandom random, int size) {
    int length = random.randint(2, size);
    int color = Row.color(random);
    int mark = random.choice(earlierColorsBut(color));
    int marked = markedEnd(random, length);
    int start = random.randint(0, size - length);
    int[] block = new int[length];
    Arrays.fill(block, color);
    block[marked] = mark;
    return turned(size, start, block);
  }

  /** A block of many colours, whose one end has a colour of its own, is turned round. */
  static Optional<RowPair> reflectColorfulBlock(PythonRandom random, int size) {
    int length = random.randint(2, size);
    int marked = markedEnd(random, length);
    int start = random.randint(0, size - length);
    int mark = Row.color(random);
    List<Integer> others = earlierColorsBut(mark);
    int[] block = new int[length];
    Arrays.setAll(block, i -> random.choice(others));
    block[marked] = mark;
    return turned(size, start, block);
  }

  /** The colours 1 to 8 without one of them; the original leaves out the last colour here. */
  private static List<Integer> earlierColorsBut(int color) {
    return IntStream.range(1, Row.LAST_COLOR).filter(c -> c != color).boxed().toList();
  }

  private static int markedEnd(PythonRandom random, int length) {
    return random.random() < Row.EVEN ? 0 : length - 1;
  }

  private static Optional<RowPair> turned(int size, int start, int[] block) {
    return RowPair.of(
        Row.withColors(size, start, block), Row.withColors(size, start, Row.reversed(block)));
  }

  /** A block is reflected at a dot. */
  static Optional<RowPair> reflectAtDot(PythonRandom random, int size) {
    int dot = random.randint(0, size - 1);
    int length = random.randint(1, size - 1);
    Row.Block block = new Row.Block(random.randint(0, size - length), length);
    if (block.start() <= dot && dot < block.end()) {
      return Optional.empty();
    }
    int color = random.randint(DOT + 1, Row.LAST_COLOR);
    Row.Block image = new Row.Block(2 * dot - block.end() + 1, length);
    if (image.start() < 0 || image.end() > size) {
      return Optional.empty();
    }
    int[] input = Row.withBlocks(size, List.of(block), color);
    int[] output = Row.withBlocks(size, List.of(image), color);
    input[dot] = DOT;
    output[dot] = DOT;
    return RowPair.of(input, output);
  }

  /** A block at the left end is copied to dots, in its colour or in the dots'. */
  static RowRule copyToDots(boolean colorful) {
    return (random, size) -> {
      int length = random.random() < Row.EVEN ? 3 : 5;
      if (length >= size) {
        return Optional.empty();
      }
      int[] input = new int[size];
      int blockColor = Row.color(random);
      Arrays.fill(input, 0, length, blockColor);
      int[] output = input.clone();
      boolean copied = false;
      int dot = length + length / 2 + 1;
      while (dot <= size - length) {
        if (random.random() < Row.EVEN) {
          copied = true;
          input[dot] = colorful ? Row.color(random) : blockColor;
          new Row.Block(dot - length / 2, length).paint(output, input[dot]);
          dot += length;
        }
        dot++;
      }
      return copied ? RowPair.of(input, output) : Optional.empty();
    };
  }

  /** A pattern shown twice is continued to the end. */
  static Optional<RowPair> repeatPattern(PythonRandom random, int size) {
    int length = random.randint(PATTERN_SHORTEST, PATTERN_LONGEST);
    int[] pattern = Row.colors(random, length, false);
    if (2 * length >= size) {
      return Optional.empty();
    }
    int[] output = new int[size];
    Arrays.setAll(output, i -> pattern[i % length]);
    return RowPair.of(Arrays.copyOf(Arrays.copyOf(output, 2 * length), size), output);
  }

  /** Blocks of lengths that all differ are ordered by length. */
  static Optional<RowPair> sortCompleteSequence(PythonRandom random, int size) {
    int longest = 0;
    int used = 0;
    while (used + longest + 2 <= size) {
      longest++;
      used += longest + 1;
    }
    if (longest < 2) {
      return Optional.empty();
    }
    int color = Row.color(random);
    List<Integer> lengths = new ArrayList<>(IntStream.rangeClosed(1, longest).boxed().toList());
    int[] output = lined(size, lengths, color);
    random.shuffle(lengths);
    return RowPair.of(lined(size, lengths, color), output);
  }

  /** Blocks side by side with one empty cell between them. */
  static int[] lined(int size, List<Integer> lengths, int color) {
    int[] row = new int[size];
    int start = 0;
    for (int length : lengths) {
      Arrays.fill(row, start, start + length, color);
      start += length + 1;
    }
    return row;
  }
}
