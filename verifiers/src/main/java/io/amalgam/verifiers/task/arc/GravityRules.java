package io.amalgam.verifiers.task.arc;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.Arrays;
import java.util.Optional;

/** Rules in which scattered cells fall to the left. */
final class GravityRules {
  private static final int CHANGED = 5;

  private GravityRules() {}

  /** All cells fall as far as they can. */
  static Optional<RowPair> fall(PythonRandom random, int size) {
    int[] input = Row.scattered(random, size, Row.LAST_COLOR);
    int[] fallen = Arrays.stream(input).filter(cell -> cell != 0).toArray();
    return RowPair.of(input, Arrays.copyOf(fallen, size));
  }

  /** The cells are counted: as many ones at the left. */
  static Optional<RowPair> count(PythonRandom random, int size) {
    int[] input = Row.scattered(random, size, Row.LAST_COLOR);
    int[] output = new int[size];
    Arrays.fill(output, 0, size - Row.count(input, 0), 1);
    return RowPair.of(input, output);
  }

  /** Colour 2 falls to the left, colour 1 to the right. */
  static Optional<RowPair> fallApart(PythonRandom random, int size) {
    int[] input = Row.scattered(random, size, 2);
    int[] output = new int[size];
    Arrays.fill(output, 0, Row.count(input, 2), 2);
    Arrays.fill(output, size - Row.count(input, 1), size, 1);
    return RowPair.of(input, output);
  }

  /** Colour 2 falls below colour 1. */
  static Optional<RowPair> fallByWeight(PythonRandom random, int size) {
    int[] input = Row.scattered(random, size, 2);
    int heavy = Row.count(input, 2);
    int[] output = new int[size];
    Arrays.fill(output, 0, heavy, 2);
    Arrays.fill(output, heavy, heavy + Row.count(input, 1), 1);
    return RowPair.of(input, output);
  }

  /** Cells fall by one place, the left ones first. */
  static Optional<RowPair> fallOneStep(PythonRandom random, int size) {
    int[] input = Row.scattered(random, size, Row.LAST_COLOR);
    int[] output = input.clone();
    for (int i = 1; i < size; i++) {
      if (output[i - 1] == 0) {
        output[i - 1] = output[i];
        output[i] = 0;
      }
    }
    return RowPair.of(input, output);
  }

  /** All cells stay and take colour 5. */
  static Optional<RowPair> changeToFive(PythonRandom random, int size) {
    int[] input = Row.scattered(random, size, Row.LAST_COLOR);
    return RowPair.of(input, Arrays.stream(input).map(cell -> cell == 0 ? 0 : CHANGED).toArray());
  }
}
