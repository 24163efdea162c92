package io.amalgam.verifiers.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonPowerTest {
  /** What CPython 3.11 printed; the first two are not the nearest doubles. */
  @ParameterizedTest
  @CsvSource({
    "0.3176, 2, 0.10086975999999999",
    "9.3333, -1, 0.10714323979728499",
    "-12.5, 3, -1953.125",
    "-0.5, -5, -32.0",
    "3.0, 0, 1.0",
    "0.0, 3, 0.0",
    "2.0, 1000, 1.0715086071862673e+301",
    "10.0, 400, inf",
    "10.0, -400, 0.0"
  })
  void powersAgreeWithPythonToTheLastBit(double base, int exponent, String expected) {
    assertEquals(expected, PythonFloat.repr(PythonPower.power(base, exponent)));
  }
}
