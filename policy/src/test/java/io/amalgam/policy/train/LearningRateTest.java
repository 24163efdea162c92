package io.amalgam.policy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
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

  /** The values of torch's warm-up followed by {@code CosineAnnealingLR}, by its closed form. */
  @Test
  void fallsAlongACosine() {
    LearningRate rate = new LearningRate(1e-3, 20, 120, 0.1, LearningRate.Fall.COSINE);
    assertThat(rate.at(10)).isEqualTo(5e-4, within(1e-18));
    assertThat(rate.at(20)).isEqualTo(1e-3, within(1e-15));
    assertThat(rate.at(45)).isEqualTo(1e-4 + 9e-4 * (1 + Math.sqrt(0.5)) / 2, within(1e-15));
    assertThat(rate.at(70)).isEqualTo(5.5e-4, within(1e-15));
    assertThat(rate.at(120)).isEqualTo(1e-4, within(1e-15));
    assertThat(rate.at(500)).isEqualTo(1e-4, within(1e-15));
  }

  @Property
  void staysBetweenItsEnds(
      @ForAll @IntRange(max = 50) int warmup,
      @ForAll @IntRange(min = 51, max = 200) int decay,
      @ForAll @DoubleRange(max = 1) double share,
      @ForAll LearningRate.Fall fall) {
    LearningRate rate = new LearningRate(1, warmup, decay, share, fall);
    for (int step = Math.max(1, warmup); step < 220; step++) {
      assertThat(rate.at(step + 1)).isLessThanOrEqualTo(rate.at(step));
      assertThat(rate.at(step)).isBetween(share - 1e-12, 1.0);
    }
  }

  @Test
  void refusesAFallThatEndsBeforeTheWarmUp() {
    assertThatThrownBy(() -> new LearningRate(1e-3, 100, 50, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step 50");
  }
}
