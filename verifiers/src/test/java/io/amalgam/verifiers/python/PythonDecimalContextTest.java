package io.amalgam.verifiers.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results were printed by Python with a precision of 5. */
class PythonDecimalContextTest {
  private static final PythonDecimalContext FIVE_DIGITS = new PythonDecimalContext(5);

  private static PythonDecimalNumber number(String text) {
    PythonDecimalNumber value = PythonDecimalNumber.of(new BigDecimal(text));
    return text.startsWith("-") && !value.negative() ? value.negated() : value;
  }

  @ParameterizedTest
  @CsvSource({
    "1, /, 3, 0.33333",
    "120, /, 1000, 0.12",
    "0, /, 7.00, 0E+2",
    "2.0, /, 0.5, 4",
    "1000, /, 8, 125",
    "1.00, /, 4.000, 0.25",
    "1, /, 800000, 0.00000125",
    "0.00, /, -4, -0.00",
    "1.10, -, 1.1, 0.00",
    "0, *, -3, -0",
    "123456, *, 10, 1.2346E+6",
    "1.00005, +, 0, 1.0000",
    "99999.5, +, 0, 1.0000E+5",
    "-0.0, +, 0, 0.0",
    "0E-9, +, 1.5, 1.5000",
  })
  void resultsPrintAsInPython(String left, String operator, String right, String result) {
    PythonDecimalNumber a = number(left);
    PythonDecimalNumber b = number(right);
    PythonDecimalNumber value =
        switch (operator) {
          case "+" -> FIVE_DIGITS.add(a, b);
          case "-" -> FIVE_DIGITS.subtract(a, b);
          case "*" -> FIVE_DIGITS.multiply(a, b);
          default -> FIVE_DIGITS.divide(a, b);
        };
    assertThat(value).hasToString(result);
  }

  @Test
  void divisionByZeroIsRefused() {
    assertThatThrownBy(() -> FIVE_DIGITS.divide(number("1"), number("0.0")))
        .isInstanceOf(ArithmeticException.class);
  }
}
