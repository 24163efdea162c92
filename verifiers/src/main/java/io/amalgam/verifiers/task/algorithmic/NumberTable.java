package io.amalgam.verifiers.task.algorithmic;

import io.amalgam.verifiers.python.PythonFloat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Lines of numbers as numpy's {@code loadtxt} reads them in single precision: white space separates
 * numbers, {@code #} starts a comment, empty lines count for nothing.
 */
final class NumberTable {
  /** Where {@code str.splitlines} ends lines. */
  private static final Pattern LINE_END =
      Pattern.compile("\r\n|[\n\r\u000b\f\u001c-\u001e\u0085\u2028\u2029]");

  private static final float RELATIVE_TOLERANCE = 1e-2f;
  private static final float ABSOLUTE_TOLERANCE = 1e-8f;

  private final int rows;
  private final int columns;
  private final List<Float> numbers;

  private NumberTable(int rows, int columns, List<Float> numbers) {
    this.rows = rows;
    this.columns = columns;
    this.numbers = numbers;
  }

  /** The table of a text, or nothing if something is no number or lines differ in length. */
  static Optional<NumberTable> parse(String text) {
    List<Float> numbers = new ArrayList<>();
    int rows = 0;
    int columns = 0;
    for (String line : LINE_END.split(text)) {
      int comment = line.indexOf('#');
      List<String> fields = Words.split(comment < 0 ? line : line.substring(0, comment));
      if (fields.isEmpty()) {
        continue;
      }
      if (rows > 0 && fields.size() != columns) {
        return Optional.empty();
      }
      rows++;
      columns = fields.size();
      for (String field : fields) {
        OptionalDouble number = number(field);
        if (number.isEmpty()) {
          return Optional.empty();
        }
        numbers.add((float) number.getAsDouble());
      }
    }
    return Optional.of(new NumberTable(rows, columns, numbers));
  }

  /** A number as Python writes it, but neither with underscores nor with other scripts' digits. */
  private static OptionalDouble number(String field) {
    boolean plain = field.chars().allMatch(c -> c < 0x80 && c != '_');
    return plain ? PythonFloat.parse(field) : OptionalDouble.empty();
  }

  /** Whether the shapes agree once single rows and columns are a mere list. */
  boolean sameShape(NumberTable other) {
    boolean bothLists = isList() && other.isList() && numbers.size() == other.numbers.size();
    return bothLists || (rows == other.rows && columns == other.columns);
  }

  private boolean isList() {
    return rows <= 1 || columns <= 1;
  }

  /** Whether each number lies within about a hundredth of the wanted one ({@code allclose}). */
  boolean near(NumberTable wanted) {
    for (int i = 0; i < numbers.size(); i++) {
      float given = numbers.get(i);
      float right = wanted.numbers.get(i);
      float tolerance = ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * Math.abs(given);
      boolean close = Math.abs(right - given) <= tolerance && Float.isFinite(given);
      if (!close && given != right) {
        return false;
      }
    }
    return true;
  }
}
