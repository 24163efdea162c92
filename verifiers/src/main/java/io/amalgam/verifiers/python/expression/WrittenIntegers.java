package io.amalgam.verifiers.python.expression;

import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole numbers that stand in a text on their own, found as the pattern {@code \b\d+\b} finds
 * them.
 */
public final class WrittenIntegers {
  private WrittenIntegers() {}

  /** The numbers in order; empty if one has more digits than Python converts. */
  public static Optional<List<BigInteger>> in(String text) {
    List<BigInteger> numbers = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      int start = i;
      boolean digitsOnly = true;
      while (i < text.length() && PythonText.isWord(text.codePointAt(i))) {
        digitsOnly &= PythonText.decimalDigit(text.codePointAt(i)) >= 0;
        i += Character.charCount(text.codePointAt(i));
      }
      if (i > start && digitsOnly) {
        Optional<BigInteger> number = PythonInteger.parse(text.substring(start, i));
        if (number.isEmpty()) {
          return Optional.empty();
        }
        numbers.add(number.get());
      } else if (i == start) {
        i += Character.charCount(text.codePointAt(i));
      }
    }
    return Optional.of(numbers);
  }
}
