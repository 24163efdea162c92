package io.amalgam.policy.train.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AdvantageTest {
  private static final RewardGroup GROUP = RewardGroup.of(2.5, .5, 0, 2);

  @Test
  void knownVectorsHold() {
    expect(new GroupStd(), 1.05012184, -.63007310, -1.05012184, .63007310);
    expect(new GroupMean(), 1.25, -.75, -1.25, .75);
    expect(new LeaveOneOut(), 1.66666667, -1, -1.66666667, 1);
  }

  private static void expect(AdvantageEstimator estimator, double... expected) {
    double[] got = estimator.estimate(List.of(GROUP)).values().get(0);
    assertThat(got).containsExactly(expected, within(5e-9));
  }

  @Test
  void equalRewardsGiveNoSignalAndZeroAdvantages() {
    List<RewardGroup> groups =
        List.of(RewardGroup.of(1, 1, 1), RewardGroup.of(0, 1, 0), RewardGroup.of(Double.NaN, 1));
    for (AdvantageEstimator e :
        List.of(new GroupMean(), new GroupStd(), new BatchStd(), new LeaveOneOut())) {
      Advantages a = e.estimate(groups);
      assertThat(a.signals())
          .containsExactly(
              GroupSignal.ZERO_VARIANCE, GroupSignal.PRESENT, GroupSignal.TOO_FEW_SCORED);
      assertThat(a.values().get(0)).containsOnly(0);
      assertThat(a.values().get(1)[1]).isPositive();
      assertThat(a.values().get(2)).containsOnly(0);
      assertThat(a.metrics().get("frac_reward_zero_std")).isCloseTo(2 / 3.0, within(1e-12));
    }
  }

  @Test
  void sumsOfTheSamePartsInAnotherOrderCountAsEqual() {
    assertThat(GroupSignal.of(0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1))
        .isEqualTo(GroupSignal.ZERO_VARIANCE);
    assertThat(GroupSignal.of()).isEqualTo(GroupSignal.TOO_FEW_SCORED);
  }

  @Test
  void weightsMustFitTheFunctions() {
    assertThatThrownBy(() -> new GroupMean(1, 2).estimate(List.of(GROUP)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 reward weights for 1");
  }

  @Test
  void theCatalogueKnowsEveryEstimator() {
    for (String type : AdvantageCatalog.types()) {
      assertThat(AdvantageCatalog.create(type).estimate(List.of(GROUP)).values().get(0)).hasSize(4);
    }
    assertThatThrownBy(() -> AdvantageCatalog.create("gae"))
        .hasMessageContaining("gae")
        .hasMessageContaining("group_mean");
  }
}
