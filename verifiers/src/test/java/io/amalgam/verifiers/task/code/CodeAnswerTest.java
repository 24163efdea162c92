package io.amalgam.verifiers.task.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.verifiers.task.Verdict;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeAnswerTest {
  private static final String REFERENCE = "{\"max_value\": 89}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"max_value\":89}|1.0",
        "{\"max_value\":89.0}|1.0",
        "Result: {\"max_value\": 89}|0.8095238095238095",
        "{'max_value': 89}|0.0",
        "{\"max_value\": \"zzz\"}|0.01",
        "{}|0.01",
        "{\"max_value_\": 89}|0.7222222222222222",
        "{\"max_value\": 90}|0.9933906146728354",
        "{\"max_value\": 89.89}|0.9875",
        "\\boxed{{\"max_value\": 89}}|0.68",
      })
  void creditsAreTheRecordedOnes(String answer, double score) {
    Verdict verdict = CodeAnswer.score(Optional.of(answer), REFERENCE);
    assertThat(((Verdict.Scored) verdict).score()).isCloseTo(score, within(1e-12));
  }

  @Test
  void whatThePythonReaderCannotReadIsInvalid() {
    String deep = "{\"a\":".repeat(1200) + "1" + "}".repeat(1200);
    String longNumber = "{\"a\":" + "1".repeat(4301) + "}";
    assertThat(CodeAnswer.score(Optional.of(deep), REFERENCE)).isInstanceOf(Verdict.Invalid.class);
    assertThat(CodeAnswer.score(Optional.of(longNumber), REFERENCE))
        .isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void longAndShortTextsHaveTheSameDistance() {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      int[] left = random.ints(1 + random.nextInt(300), 0, 3).toArray();
      int[] right = random.ints(1 + random.nextInt(300), 0, 3).toArray();
      assertThat(EditDistance.between(left, right)).isEqualTo(byTable(left, right));
    }
  }

  private static int byTable(int[] left, int[] right) {
    int[][] table = new int[left.length + 1][right.length + 1];
    for (int i = 0; i <= left.length; i++) {
      for (int j = 0; j <= right.length; j++) {
        if (i == 0 || j == 0) {
          table[i][j] = i + j;
        } else {
          int change = left[i - 1] == right[j - 1] ? 0 : 1;
          int gap = 1 + Math.min(table[i - 1][j], table[i][j - 1]);
          table[i][j] = Math.min(table[i - 1][j - 1] + change, gap);
        }
      }
    }
    return table[left.length][right.length];
  }
}
