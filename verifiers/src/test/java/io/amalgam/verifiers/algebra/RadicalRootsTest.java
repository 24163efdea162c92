package io.amalgam.verifiers.algebra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many real roots of a polynomial the original finds. */
class RadicalRootsTest {
  @ParameterizedTest
  @CsvSource({
    "0 0 0 0 0, 0",
    "1 0 -2 0 0, 2",
    "-31 77 0 -10 0, 0",
    "61 0 0 181 0, 1",
    "91 0 -32 92 57, 2",
    "-42 -25 0 0 53, 0",
    "0 0 -34 45 22, 3",
    "0 -16 79 0 -25, 1"
  })
  void rootsAreCounted(String coefficients, int count) {
    LaurentPolynomial polynomial = LaurentPolynomial.ZERO;
    String[] parts = coefficients.split(" ");
    for (int i = 0; i < parts.length; i++) {
      polynomial = polynomial.plus(new BigInteger(parts[i]), BigInteger.ONE, i);
    }
    assertEquals(count, RadicalRoots.of(polynomial).size());
  }
}
