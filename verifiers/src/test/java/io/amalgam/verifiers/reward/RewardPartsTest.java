package io.amalgam.verifiers.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.verifiers.answer.AnswerExtractor;
import io.amalgam.verifiers.task.Verdict;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values worked out by hand from the rules. */
class RewardPartsTest {
  private static double value(String part, double score, String completion) {
    return RewardParts.named(part).orElseThrow().value(Verdict.Scored.of(score), completion);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a</think> <answer>1</answer>|1",
        "<think>a</think><answer>1</answer> and more|1",
        "a</think>b<answer>1</answer>|0",
        "a<answer>0</answer></think><answer>1</answer>|0",
        "a</think><answer>1</answer><answer>2</answer>|0",
        "a</think><answer>1|0",
        "<think>a</think><think>b</think><answer>1</answer>|0",
      })
  void blocksAreOneThoughtAndOneAnswer(String text, double expected) {
    assertThat(value("blocks", 1, text)).isEqualTo(expected);
  }

  @Test
  void lengthRewardsThinkingOnlyWhileTheAnswerIsWrong() {
    assertThat(value("length", 0.25, "x".repeat(512))).isEqualTo(0.75 * 0.5);
    assertThat(value("length", 0, "x".repeat(5000))).isEqualTo(1);
    assertThat(value("length", 1, "x".repeat(256))).isEqualTo(-0.25);
  }

  @Test
  void cosineFallsForRightAnswersAndRisesForWrongOnes() {
    assertThat(value("cosine", 1, "")).isEqualTo(1);
    assertThat(value("cosine", 1, "x".repeat(500))).isCloseTo(0.75, within(1e-12));
    assertThat(value("cosine", 1, "x".repeat(1000))).isEqualTo(0.5);
    assertThat(value("cosine", 0.5, "")).isEqualTo(-1);
    assertThat(value("cosine", 0.5, "x".repeat(1000))).isEqualTo(-0.5);
  }

  @Test
  void theAuthorsSumHasTheTrapOfTheMissingNewline() {
    String wide = "a".repeat(1244) + "\n</think>\n<answer>\n5\n</answer>";
    assertThat(wide).hasSize(1274);
    assertThat(value("authors-tags", 1, wide)).isCloseTo(0.751 - 1.274, within(1e-12));
    assertThat(value("authors-tags", 1, wide + "\n")).isCloseTo(0.75, within(1e-12));
    assertThat(value("authors-tags", 1, "a\n</think>\n<answer>5</answer>")).isEqualTo(0.5);
    assertThat(value("authors-format", 1, "a</think>\n <answer>5</answer>\n")).isEqualTo(1);
    assertThat(value("authors-format", 1, "a\nb</think><answer>5</answer>")).isEqualTo(0);
    assertThat(value("authors-format", 1, "a</think><answer>5\n</answer>")).isEqualTo(0);
    assertThat(value("authors-format", 1, "a</think><answer>5</answer>.")).isEqualTo(0);
    assertThat(value("authors-words", 1, "w ".repeat(200))).isEqualTo(0);
    assertThat(value("authors-words", 1, "w ".repeat(201))).isEqualTo(1);
    assertThat(value("authors-words", 1, "w ".repeat(400))).isEqualTo(0);
  }

  @Test
  void theAuthorsReadAnAnswerWithoutItsLineBreaks() {
    AnswerExtractor authors = AnswerExtractor.authors();
    assertThat(authors.extract("<answer>1</answer><answer> 2\n3 </answer>")).contains("23");
    assertThat(authors.extract("x<answer>4")).contains("4");
    assertThat(authors.extract("<answer>\n</answer>")).isEmpty();
  }

  @Test
  void aSumOutsideItsBoundsIsNotBelieved() {
    RewardRule rule =
        new WeightedReward(new TreeMap<>(Map.of("score", 2.0, "authors-tags", 1.0)), -1, 3);
    assertThat(rule.reward(Verdict.Scored.of(0.5), "x").total()).isEqualTo(1);
    String trap = "a".repeat(5000) + "\n<answer>\n5</answer>";
    assertThatThrownBy(() -> rule.reward(Verdict.Scored.of(0), trap))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between -1.0 and 3.0");
    assertThatThrownBy(() -> new WeightedReward(new TreeMap<>(Map.of("scor", 1.0)), 0, 1))
        .hasMessageContaining("\"scor\"");
  }
}
