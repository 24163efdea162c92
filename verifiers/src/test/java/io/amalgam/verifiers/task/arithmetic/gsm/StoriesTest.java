package io.amalgam.verifiers.task.arithmetic.gsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stories' texts and formulas. */
class StoriesTest {
  private static final Map<String, JsonNode> VALUES =
      Map.of("a", IntNode.valueOf(7), "b", IntNode.valueOf(2), "x", DoubleNode.valueOf(2.5));

  @ParameterizedTest
  @CsvSource({
    "a + b * 3, 13",
    "a / b, 3.5",
    "a // b, 3",
    "(b - a) // b, -3",
    "a * x, 17.5",
    "int(a / b), 3",
    "round(x), 2",
    "'round(x / 3, 2)', 0.83",
    "4 / b, 2.0"
  })
  void aFormulaComputesAsPythonDoes(String formula, String value) {
    assertThat(TextPattern.text(FormulaParser.parse(formula).value(VALUES::get))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"a +", "a b", "(a", "sqrt(a)", "$"})
  void whatIsNoFormulaIsRefused(String text) {
    assertThatThrownBy(() -> FormulaParser.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Test
  void placesTakePythonFormats() {
    TextPattern pattern = TextPattern.parse("{a}|{x}|{x:.2f}|{x:.0%}|{a * 1000000:,}|{b * 50:,}");
    assertThat(pattern.filled(VALUES::get)).isEqualTo("7|2.5|2.50|250%|7,000,000|100");
  }

  @Test
  void everyStoryIsToldToTheEnd() {
    assertThat(Plots.ids()).hasSize(85);
    for (int id : Plots.ids()) {
      Story story = Stories.story(id);
      for (int seed = 0; seed < 20; seed++) {
        Scene scene = Scene.of(story, Plots.plot(id), new PythonRandom(seed));
        assertThat(story.question().filled(scene::value)).isNotBlank().doesNotContain("{", "}");
        String answer = TextPattern.text(story.answer().value(scene::value));
        assertThat(story.solution().filled(scene::value)).endsWith("#### " + answer);
        assertThat(story.shown(scene::value)).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "so 12 is it, 12",
    "$3.50!, 3.50",
    "x3-5, -5",
    "at -5 degrees, 5",
    "5.x, 5",
    "5.3x, 5",
    "1_000 or 7, 7",
    "'1,234', 1"
  })
  void theFirstNumberThatStandsForItselfCounts(String text, String number) {
    assertThat(FirstNumber.in(text)).contains(number);
  }

  @ParameterizedTest
  @CsvSource({"none", "x5", "5x", "5_"})
  void gluedDigitsAreNoNumber(String text) {
    assertThat(FirstNumber.in(text)).isEmpty();
  }
}
