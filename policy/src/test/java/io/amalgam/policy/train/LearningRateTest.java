package io.amalgam.policy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {
  @Test
  void risesThenStays() {
    LearningRate rate = new LearningRate(1e-3, 10, 0, 0);
    assertThat(rate.at(1)).isEqualTo(1e-4, within(1e-18));
    assertThat(rate.at(10)).isEqualTo(1e-3);
    assertThat(rate.at(1_000_000)).isEqualTo(1e-3);
  }

  @Test
  void fallsToItsFinalShareAndStaysThere() {
    LearningRate rate = new LearningRate(1e-3, 0, 100, 0.1);
    assertThat(rate.at(50)).isEqualTo(5.5e-4, within(1e-15));
    assertThat(rate.at(100)).isEqualTo(1e-4, within(1e-15));
    assertThat(rate.at(500)).isEqualTo(1e-4, within(1e-15));
  }

  @Test
  void refusesAFallThatEndsBeforeTheWarmUp() {
    assertThatThrownBy(() -> new LearningRate(1e-3, 100, 50, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step 50");
  }
}
