package io.amalgam.verifiers.task.arc;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.List;
import java.util.Optional;

/** Rules in which a dot attracts a block or two dots are connected. */
final class DotRules {
  private static final List<Boolean> SIDES = List.of(true, false);

  private DotRules() {}

  /** How a block answers to a dot. */
  @FunctionalInterface
  private interface Answer {
    Row.Block to(Row.Block block, int dot);
  }

  /** The block moves until it touches the dot. */
  static RowRule touch() {
    return attraction(1, (block, dot) -> moved(block, dot, Integer.MAX_VALUE));
  }

  /** The block moves towards the dot by some cells, or until it touches it. */
  static RowRule approach(int steps) {
    return attraction(2, (block, dot) -> moved(block, dot, steps));
  }

  /** The block grows over the dot. */
  static RowRule grow() {
    return attraction(
        2,
        (block, dot) ->
            block.start() < dot
                ? new Row.Block(block.start(), dot - block.start() + 1)
                : new Row.Block(dot, block.end() - dot));
  }

  private static Row.Block moved(Row.Block block, int dot, int steps) {
    int shift =
        block.start() < dot
            ? Math.min(dot - block.end(), steps)
            : -Math.min(block.start() - dot - 1, steps);
    return new Row.Block(block.start() + shift, block.length());
  }

  private static RowRule attraction(int dotColor, Answer answer) {
    return (random, size) -> {
      int color = random.randint(dotColor + 1, Row.LAST_COLOR);
      int length = random.randint(1, size - 1);
      int dot = random.randint(0, size - 1);
      boolean fitsLeft = dot >= length;
      boolean fitsRight = dot + length < size;
      if (!fitsLeft && !fitsRight) {
        return Optional.empty();
      }
      boolean left = fitsLeft && fitsRight ? random.choice(SIDES) : fitsLeft;
      int start = left ? random.randint(0, dot - length) : random.randint(dot + 1, size - length);
      Row.Block block = new Row.Block(start, length);
      int[] input = new int[size];
      input[dot] = dotColor;
      int[] output = input.clone();
      block.paint(input, color);
      answer.to(block, dot).paint(output, color);
      return RowPair.of(input, output);
    };
  }

  /** The cells between two points are filled. */
  static Optional<RowPair> connect(PythonRandom random, int size) {
    int color = Row.color(random);
    int one = random.randint(0, size - 1);
    int other = random.randint(0, size - 1);
    if (one == other) {
      return Optional.empty();
    }
    int[] input = new int[size];
    input[one] = color;
    input[other] = color;
    int[] output = new int[size];
    new Row.Block(Math.min(one, other), Math.abs(one - other) + 1).paint(output, color);
    return RowPair.of(input, output);
  }
}
