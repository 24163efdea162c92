package io.amalgam.policy.train.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.train.advantage.GroupRelative.Scale;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AdvantageTest {
  private static final RewardGroup GROUP = RewardGroup.of(2.5, .5, 0, 2);

  @Test
  void knownVectorsHold() {
    expect(new GroupRelative(Scale.GROUP), 1.05012184, -.63007310, -1.05012184, .63007310);
    expect(new GroupRelative(Scale.NONE), 1.25, -.75, -1.25, .75);
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
        List.of(
            new GroupRelative(Scale.NONE),
            new GroupRelative(Scale.GROUP),
            new GroupRelative(Scale.BATCH),
            new LeaveOneOut())) {
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
    assertThatThrownBy(() -> new GroupRelative(Scale.NONE, 1, 2).estimate(List.of(GROUP)))
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
        .hasMessageContaining("group-mean");
  }

  @Test
  void passAtKPaysMembershipInASetWithARightOne() {
    // One of four right, sets of two: R = 1 − C(3,2)/C(4,2) = 1/2, σ = 1/2; wrong: (1/2 − 2/3)/σ.
    Advantages a = new PassAtK(2, .5).estimate(List.of(RewardGroup.of(1, 0, 0.1, 0)));
    assertThat(a.values().get(0))
        .containsExactly(new double[] {1, -1 / 3., -1 / 3., -1 / 3.}, within(1e-12));
    assertThat(a.signals()).containsExactly(GroupSignal.PRESENT);
    // Three of four right: every set of two has a right one.
    assertSilent(RewardGroup.of(1, 1, 0, 1));
    assertSilent(RewardGroup.of(0, 0, 0, 0.1));
    assertSilent(RewardGroup.of(1, Double.NaN, Double.NaN));
    Advantages masked =
        new PassAtK(2, .5).estimate(List.of(RewardGroup.of(1, 0, 0, 0, Double.NaN)));
    assertThat(masked.values().get(0)[0]).isCloseTo(1, within(1e-12));
    assertThat(masked.values().get(0)[4]).isZero();
  }

  private static void assertSilent(RewardGroup group) {
    Advantages a = new PassAtK(2, .5).estimate(List.of(group));
    assertThat(a.values().get(0)).containsOnly(0);
    assertThat(a.signals().get(0).present()).isFalse();
  }

  @Test
  void passAtKAgreesWithAllSetsOneByOne() {
    double[] rewards = {1, 0, 0, 1, 0, 0};
    for (int k = 1; k <= 4; k++) {
      double[] got = new PassAtK(k, .5).estimate(List.of(RewardGroup.of(rewards))).values().get(0);
      double[] mean = new double[6];
      double sum = 0;
      double squares = 0;
      int sets = 0;
      int[] of = new int[6];
      for (int set = 0; set < 64; set++) {
        if (Integer.bitCount(set) != k) {
          continue;
        }
        double reward = (set & 0b1001) != 0 ? 1 : 0;
        sets++;
        sum += reward;
        squares += reward * reward;
        for (int i = 0; i < 6; i++) {
          of[i] += set >> i & 1;
          mean[i] += (set >> i & 1) * reward;
        }
      }
      double average = sum / sets;
      double deviation = Math.sqrt(squares / sets - average * average);
      double total = 0;
      for (int i = 0; i < 6; i++) {
        assertThat(got[i]).isCloseTo((mean[i] / of[i] - average) / deviation, within(1e-12));
        total += got[i];
      }
      assertThat(total).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void aConstantAddedToAllRewardsChangesNothing() {
    RewardGroup group = RewardGroup.of(2.5, .5, 0, 2, 0.75);
    RewardGroup other = RewardGroup.of(1, 1, 0);
    double c = 3.5;
    RewardGroup groupUp = RewardGroup.of(2.5 + c, .5 + c, c, 2 + c, 0.75 + c);
    RewardGroup otherUp = RewardGroup.of(1 + c, 1 + c, c);
    for (String type : AdvantageCatalog.types()) {
      boolean absolute = type.equals("pass-at-k");
      AdvantageEstimator low = AdvantageCatalog.create(type);
      AdvantageEstimator high =
          absolute ? AdvantageCatalog.create(type, Map.of("threshold", "4.0")) : low;
      List<double[]> before = low.estimate(List.of(group, other)).values();
      List<double[]> after = high.estimate(List.of(groupUp, otherUp)).values();
      for (int g = 0; g < 2; g++) {
        assertThat(after.get(g)).as(type).containsExactly(before.get(g), within(1e-12));
      }
    }
  }

  @Test
  void parametersBelongToTheirType() {
    AdvantageEstimator two = AdvantageCatalog.create("pass_at_k", Map.of("k", "2"));
    assertThat(two.estimate(List.of(RewardGroup.of(1, 0, 0, 0))).values().get(0)[0])
        .isCloseTo(1, within(1e-12));
    assertThat(AdvantageCatalog.create("normalise_then_sum")).isInstanceOf(NormaliseThenSum.class);
    assertThatThrownBy(() -> AdvantageCatalog.create("rloo", Map.of("k", "2")))
        .hasMessageContaining("no parameter k")
        .hasMessageContaining("normalise");
    assertThatThrownBy(() -> AdvantageCatalog.create("pass-at-k", Map.of("k", "two")))
        .hasMessageContaining("must be a number");
  }
}
