package io.amalgam.verifiers.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLiteralTest {
  private static String shown(String text) {
    return PythonLiteral.parse(text).map(PythonLiteralTest::show).orElse("-");
  }

  private static String show(PythonLiteral v) {
    if (v instanceof PythonLiteral.Items items) {
      return items.kind()
          + items.elements().stream().map(PythonLiteralTest::show).toList().toString();
    }
    if (v instanceof PythonLiteral.Pairs pairs) {
      return pairs.keys().stream().map(PythonLiteralTest::show).toList()
          + "→"
          + pairs.values().stream().map(PythonLiteralTest::show).toList();
    }
    return v.getClass().getSimpleName() + ":" + PythonLiteral.plainText(v).orElseThrow();
  }

  @Test
  void readsWhatPythonReads() {
    assertThat(shown("  [1, -2,\n 0x1f, 1_000]"))
        .isEqualTo("LIST[Whole:1, Whole:-2, Whole:31, Whole:1000]");
    assertThat(shown("(1)")).isEqualTo("Whole:1");
    assertThat(shown("(1,)")).isEqualTo("TUPLE[Whole:1]");
    assertThat(shown("()")).isEqualTo("TUPLE[]");
    assertThat(shown("1, 'a', 2.50,")).isEqualTo("TUPLE[Whole:1, Text:a, Real:2.5]");
    assertThat(shown("'a' \"b\" r'\\n'")).isEqualTo("Text:ab\\n");
    assertThat(shown("'\\x41\\u00e9\\101\\q\\n'")).isEqualTo("Text:AéA\\q\n");
    assertThat(shown("{1: 'x', 'k': [True, None]}"))
        .isEqualTo("[Whole:1, Text:k]→[Text:x, LIST[Truth:True, Nothing:None]]");
    assertThat(shown("{1, 2}")).isEqualTo("SET[Whole:1, Whole:2]");
    assertThat(shown("{}")).isEqualTo("[]→[]");
    assertThat(shown("1e3")).isEqualTo("Real:1000.0");
    assertThat(shown("-.5 # half")).isEqualTo("Real:-0.5");
    assertThat(shown("--+True")).isEqualTo("Whole:1");
    assertThat(shown("00")).isEqualTo("Whole:0");
    assertThat(shown("\"\"\"a\nb\"\"\"")).isEqualTo("Text:a\nb");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[1, 2",
        "[1 2]",
        "abc",
        "__import__('os')",
        "1+1",
        "[1,,2]",
        "[,]",
        "01",
        "1__0",
        "0x",
        "'a",
        "'a\nb'",
        "{[1]: 2}",
        "{1: 2, 3}",
        "[1] [0]",
        "-'a'",
        "Truest",
        "1e",
        "'\\x4'",
        "0 1\n1 0",
        "\0",
        "f'{1}'",
        "1j"
      })
  void refusesTheRest(String text) {
    assertThat(shown(text)).isEqualTo("-");
  }

  @Test
  void nestingIsBounded() {
    assertThat(shown("[".repeat(200) + "]".repeat(200))).startsWith("LIST");
    assertThat(shown("[".repeat(201) + "]".repeat(201))).isEqualTo("-");
    assertThat(shown("[".repeat(1 << 20))).isEqualTo("-");
    assertThat(shown("-".repeat(1 << 20) + "1")).isEqualTo("Whole:1");
  }
}
