package io.amalgam.verifiers.algebra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as an antiderivative, as SymPy decides it. */
class AntiderivativesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x**2/2 + K | x | true",
        "'10*x^7' | 70*x**6 | true",
        "10*x^7 | 70*x**6 | false",
        "0.5*x**2 | x | true",
        "x**2. | 2*x | false",
        "x**2/2 + sin | x | false",
        "x*asin(x) + (1 - x**2)**0.5 | asin(x) | true",
        "-cos(2*x)/4 | sin(x)*cos(x) | true",
        "exp(x)*(sin(x) + cos(x))/2 | exp(x)*cos(x) | true",
        "2*x*log(x) - 2*x | log(x**2) | false",
        "16*(x + 2)**(3/2)/3 | 4*sqrt(4*x + 8) | true",
        "Integral(x*sin(x), x) + C | x*sin(x) | true",
        "arctan(x) | 1/(1 + x**2) | false"
      })
  void derivativeDecides(String answer, String integrand, boolean right) {
    assertEquals(right, Antiderivatives.accepts(answer, integrand, "x"));
  }

  @Test
  void answersMadeToBeExpensiveAreRefusedInTime() {
    for (String answer :
        new String[] {
          "expand((x+y+z+w)**60)",
          "(x+y+sin(x))**300",
          "9**9**9*x",
          "sin(".repeat(140) + "x" + ")".repeat(140),
          "(".repeat(1_000_000),
          "x**".repeat(900) + "x",
          "exp(exp(exp(exp(x))))"
        }) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> assertFalse(Antiderivatives.accepts(answer, "exp(x)*sin(x)", "x")));
    }
  }
}
