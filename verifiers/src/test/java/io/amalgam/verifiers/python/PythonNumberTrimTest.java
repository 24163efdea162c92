package io.amalgam.verifiers.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PythonNumberTrimTest {
  @Test
  void spacesOfAllScriptsAreTrimmed() {
    assertEquals(Optional.of(BigInteger.TEN), PythonInteger.parse("\u2003 10\u00a0\n"));
    assertEquals(OptionalDouble.of(1.5), PythonFloat.parse("\t1.5\u3000"));
  }

  @Test
  void asciiSeparatorsMakeTheTextNoNumber() {
    assertTrue(PythonInteger.parse("\u001c10").isEmpty());
    assertTrue(PythonFloat.parse("1.5\u001f").isEmpty());
    assertTrue(PythonIntegerLiteral.parse("\u001d0x10").isEmpty());
  }
}
