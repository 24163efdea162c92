package io.amalgam.verifiers.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AnswerExtractorTest {
  /** The definition by a regular expression, which is quadratic on hostile texts. */
  private static final Pattern DEFINITION =
      Pattern.compile("<answer>[ \n]?(.*?)[ \n]?</answer>", Pattern.DOTALL);

  @Provide
  Arbitrary<String> completions() {
    return Arbitraries.of(
            "<answer>", "</answer>", "<answer", ">", " ", "\n", "  ", "4", "<", "</", "x")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  @Property
  void agreesWithItsDefinition(@ForAll("completions") String completion) {
    Optional<String> wanted = Optional.empty();
    Matcher matcher = DEFINITION.matcher(completion);
    while (matcher.find()) {
      wanted = Optional.of(matcher.group(1));
    }
    assertThat(AnswerExtractor.standard().extractUnstripped(completion)).isEqualTo(wanted);
    assertThat(AnswerExtractor.standard().extract(completion)).isEqualTo(wanted.map(String::strip));
  }

  @Property
  void findsWhatWasWritten(@ForAll String thinking, @ForAll String answer) {
    String completion =
        thinking.replace("<", "") + "</think><answer>" + answer.replace("<", "") + "</answer>";
    assertThat(AnswerExtractor.standard().extract(completion))
        .hasValue(io.amalgam.verifiers.python.PythonText.strip(answer.replace("<", "")));
    assertThat(CompletionFormat.holds(completion)).isTrue();
  }

  @Test
  void theFormatIsOneEndOfThinkingThenOneAnswerToTheEnd() {
    for (String good :
        List.of(
            "8+7=15</think><answer>15</answer>",
            "</think><answer></answer>",
            "a</think>\n<answer>b\nc</answer>\n")) {
      assertThat(CompletionFormat.holds(good)).as(good).isTrue();
    }
    for (String bad :
        List.of(
            "",
            "15",
            "<answer>15</answer>",
            "</think>15",
            "</think></think><answer>15</answer>",
            "</think><answer>15</answer> so",
            "</think>so <answer>15</answer>",
            "</think><answer>15",
            "</think><answer>1</answer><answer>2</answer>",
            "</think><answer>1<answer>2</answer>",
            "</think><answer>1</answer></answer>",
            "</think><answer>1</think></answer>",
            "</think><answer></answe",
            "</think></answer>")) {
      assertThat(CompletionFormat.holds(bad)).as(bad).isFalse();
    }
  }
}
