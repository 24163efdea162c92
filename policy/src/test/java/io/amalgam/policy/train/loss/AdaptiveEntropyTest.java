package io.amalgam.policy.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class AdaptiveEntropyTest {
  private static final AdaptiveEntropy RULE = new AdaptiveEntropy(0.2, 0.005, 0.012, 0);

  @Test
  void weightFollowsTheEntropyAndIsAppliedOnlyBelowTheTarget() {
    AdaptiveEntropy.State s = RULE.start();
    assertThat(RULE.applied(s)).isZero();
    s = RULE.after(s, 0.1);
    assertThat(RULE.applied(s)).isCloseTo(0.005, within(1e-15));
    s = RULE.after(s, 0.15);
    s = RULE.after(s, 0.15);
    assertThat(s.weight()).isEqualTo(0.012);
    s = RULE.after(s, 0.2);
    assertThat(RULE.applied(s)).isEqualTo(0.012);
    s = RULE.after(s, 0.3);
    assertThat(s.weight()).isCloseTo(0.007, within(1e-15));
    assertThat(RULE.applied(s)).isZero();
    s = RULE.after(RULE.after(s, 0.3), 0.3);
    assertThat(s.weight()).isZero();
  }

  @Test
  void refusesAWeightBeyondTheLargest() {
    assertThatThrownBy(() -> new AdaptiveEntropy(0.2, 0.005, 0.1, 0.2))
        .hasMessageContaining("from 0 to 0.1");
  }
}
