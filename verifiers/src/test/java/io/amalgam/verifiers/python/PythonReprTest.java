package io.amalgam.verifiers.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks written texts against what Python writes. */
class PythonReprTest {
  @Test
  void listsAreWrittenWithQuotedElements() {
    assertEquals("['-95.00', '7']", PythonRepr.ofStrings(List.of("-95.00", "7")));
    assertEquals("[]", PythonRepr.ofStrings(List.of()));
  }

  @Test
  void quotesDependOnThoseInside() {
    assertEquals("\"a'b\"", PythonRepr.ofString("a'b"));
    assertEquals("'a\"b'", PythonRepr.ofString("a\"b"));
    assertEquals("'a\\'b\"'", PythonRepr.ofString("a'b\""));
  }

  @Test
  void whatCannotBePrintedIsEscaped() {
    assertEquals(
        "'\\n\\\\\\x7f\\xa0\\xad\\u200b\uD83D\uDE00\\u0378é'",
        PythonRepr.ofString("\n\\\u007f\u00a0\u00ad\u200b\uD83D\uDE00\u0378é"));
    assertEquals("'\\U000e0001'", PythonRepr.ofString(Character.toString(0xe0001)));
  }
}
