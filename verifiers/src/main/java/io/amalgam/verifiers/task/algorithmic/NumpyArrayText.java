package io.amalgam.verifiers.task.algorithmic;

import java.util.ArrayList;
import java.util.List;

/**
 * What numpy's {@code str} writes for a matrix of one-digit numbers with the default print options:
 * long rows are wrapped, and of matrices with many cells only the corners are shown.
 */
final class NumpyArrayText {
  private static final int LINE_WIDTH = 75;

  /** Cells above which only the corners are shown. */
  private static final int THRESHOLD = 1000;

  /** Rows and columns shown at each edge then. */
  private static final int EDGE = 3;

  private static final String ELLIPSIS = "...";

  /** Brackets that can follow the last cell of a row. */
  private static final int CLOSING = 2;

  private static final String INDENT = "  ";

  private NumpyArrayText() {}

  static String of(IntMatrix matrix) {
    boolean corners = matrix.rows() * matrix.columns() > THRESHOLD;
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < matrix.rows(); row++) {
      if (corners && hidden(row, matrix.rows())) {
        if (row == EDGE) {
          rows.add(ELLIPSIS);
        }
      } else {
        rows.add("[" + row(matrix, row, corners) + "]");
      }
    }
    return "[" + String.join("\n ", rows) + "]";
  }

  private static boolean hidden(int position, int length) {
    return length > 2 * EDGE && position >= EDGE && position < length - EDGE;
  }

  private static String row(IntMatrix matrix, int row, boolean corners) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(INDENT);
    for (int column = 0; column < matrix.columns(); column++) {
      boolean hidden = corners && hidden(column, matrix.columns());
      if (hidden && column > EDGE) {
        continue;
      }
      String word = hidden ? ELLIPSIS : Integer.toString(matrix.at(row, column));
      boolean full = line.length() + word.length() > LINE_WIDTH - CLOSING;
      if (full && line.length() > INDENT.length()) {
        text.append(line, 0, line.length() - 1).append('\n');
        line.setLength(INDENT.length());
      }
      line.append(word).append(' ');
    }
    text.append(line, 0, line.length() - 1);
    return text.substring(INDENT.length());
  }
}
