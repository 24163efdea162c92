package io.amalgam.verifiers.task.arithmetic;

import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonText;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A fraction as it stands in an answer, not reduced: {@code 3/4}, {@code $3/4$}, {@code
 * \frac{3}{4}} or {@code \dfrac{3}{4}} with anything behind it.
 */
record WrittenFraction(BigInteger numerator, BigInteger denominator) {

  /** The fraction in a text, or nothing. */
  static Optional<WrittenFraction> read(String text) {
    String body = PythonText.strip(withoutDollars(PythonText.strip(text)));
    int start = commandEnd(body);
    Optional<Group> upper = start < 0 ? Optional.empty() : group(body, start);
    Optional<Group> lower = upper.flatMap(found -> group(body, found.end));
    if (upper.isPresent() && lower.isPresent()) {
      return of(upper.get().digits, lower.get().digits);
    }
    int slash = body.indexOf('/');
    return slash < 0 ? Optional.empty() : of(body.substring(0, slash), body.substring(slash + 1));
  }

  private static Optional<WrittenFraction> of(String numerator, String denominator) {
    Optional<BigInteger> upper = PythonInteger.parse(PythonText.strip(numerator));
    Optional<BigInteger> lower = PythonInteger.parse(PythonText.strip(denominator));
    return upper.flatMap(n -> lower.map(d -> new WrittenFraction(n, d)));
  }

  private static String withoutDollars(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == '$') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == '$') {
      end--;
    }
    return text.substring(start, end);
  }

  /** The end of the LaTeX command at the start of a text, or -1. */
  private static int commandEnd(String text) {
    for (String command : new String[] {"\\frac", "\\dfrac"}) {
      if (text.regionMatches(true, 0, command, 0, command.length())) {
        return command.length();
      }
    }
    return -1;
  }

  /** The digits of a group in braces, and where it ends. */
  private record Group(String digits, int end) {}

  private static Optional<Group> group(String text, int start) {
    int open = skipSpaces(text, start);
    if (open == text.length() || text.charAt(open) != '{') {
      return Optional.empty();
    }
    int first = skipSpaces(text, open + 1);
    int last = first;
    while (last < text.length() && PythonText.decimalDigit(text.codePointAt(last)) >= 0) {
      last += Character.charCount(text.codePointAt(last));
    }
    int close = skipSpaces(text, last);
    return last == first || close == text.length() || text.charAt(close) != '}'
        ? Optional.empty()
        : Optional.of(new Group(text.substring(first, last), close + 1));
  }

  private static int skipSpaces(String text, int start) {
    int position = start;
    while (position < text.length() && PythonText.isSpace(text.charAt(position))) {
      position++;
    }
    return position;
  }
}
