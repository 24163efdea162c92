package io.amalgam.verifiers.task.algorithmic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Checks written matrices against what numpy writes. */
class NumpyArrayTextTest {
  @Test
  void rowsThatFitStayOnOneLine() {
    String row = "[" + "1 ".repeat(35) + "1]";
    assertEquals("[" + row + "\n " + row + "]", written(2, 36));
  }

  @Test
  void longerRowsAreWrapped() {
    String row = "[" + "1 ".repeat(35) + "1\n  1]";
    assertEquals("[" + row + "\n " + row + "]", written(2, 37));
  }

  @Test
  void ofManyCellsOnlyTheCornersAreShown() {
    String row = "[1 1 1 ... 1 1 1]";
    String three = row + "\n " + row + "\n " + row;
    assertEquals("[" + three + "\n ...\n " + three + "]", written(7, 150));
  }

  private static String written(int rows, int columns) {
    return NumpyArrayText.of(IntMatrix.of(rows, columns, (row, column) -> 1));
  }
}
