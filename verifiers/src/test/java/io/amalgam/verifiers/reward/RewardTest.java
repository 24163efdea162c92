package io.amalgam.verifiers.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.verifiers.task.Verdict;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RewardTest {
  @Test
  void theDefaultIsScorePlusATenthForTheForm() {
    RewardRule rule = RewardRule.standard();
    Reward both = rule.reward(Verdict.Scored.of(1), "1</think><answer>1</answer>");
    assertThat(both.total()).isEqualTo(1.1);
    assertThat(both.components()).containsEntry("score", 1.0).containsEntry("format", 1.0);
    assertThat(rule.reward(Verdict.Scored.of(0.5), "1").total()).isEqualTo(0.5);
    assertThat(rule.reward(Verdict.Scored.of(0), "1</think><answer>1</answer>").total())
        .isEqualTo(0.1);
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() {
    assertThatThrownBy(() -> RewardRule.standard().reward(Verdict.Scored.of(Double.NaN), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be finite");
    assertThatThrownBy(
            () ->
                new WeightedReward(new TreeMap<>(Map.of("score", Double.POSITIVE_INFINITY)), 0, 1))
        .hasMessageContaining("must be finite");
  }
}
