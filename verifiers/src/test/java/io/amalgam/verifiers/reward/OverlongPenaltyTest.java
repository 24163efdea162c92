package io.amalgam.verifiers.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.verifiers.task.Verdict;
import org.junit.jupiter.api.Test;

class OverlongPenaltyTest {
  private static final OverlongPenalty RULE =
      new OverlongPenalty(RewardRule.standard(), 120, 20, 1);

  @Test
  void growsOverTheLastTokens() {
    assertThat(RULE.penalty(1)).isZero();
    assertThat(RULE.penalty(100)).isZero();
    assertThat(RULE.penalty(110)).isEqualTo(-.5);
    assertThat(RULE.penalty(120)).isEqualTo(-1);
    assertThat(RULE.penalty(130)).isEqualTo(-1.5);
  }

  @Test
  void isAddedToTheRewardAndShownAsAComponent() {
    Reward reward = RULE.reward(Verdict.Scored.of(1), "no form", 115);
    assertThat(reward.total()).isCloseTo(.25, within(1e-12));
    assertThat(reward.components()).containsEntry("overlong", -.75).containsEntry("score", 1.0);
    assertThat(RULE.reward(Verdict.Scored.of(1), "no form").total()).isEqualTo(1);
  }

  @Test
  void refusesABufferThatDoesNotFit() {
    assertThatThrownBy(() -> new OverlongPenalty(RewardRule.standard(), 10, 11, 1))
        .hasMessageContaining("from 1 to the limit of 10");
    assertThatThrownBy(() -> new OverlongPenalty(RewardRule.standard(), 10, 5, -1))
        .hasMessageContaining("at least 0");
  }
}
