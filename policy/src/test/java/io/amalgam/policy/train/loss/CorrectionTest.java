package io.amalgam.policy.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** ρ of every sampler–trainer correction on two sequences small enough to check by hand. */
final class CorrectionTest {
  private static final LossBatch BATCH =
      LossBatch.of(
              new int[] {0, 3, 5},
              new int[] {0, 1, 2, 3, 4, 5},
              new double[] {1, -.5},
              new boolean[] {true, true, true, true, true},
              new double[] {-.6, -.55, -2.5, -.4, -1.9})
          .withOld(new double[] {-1, -.5, -2, -.7, -1.2})
          .withBehaviour(new double[] {-1.1, -.45, -1.2, -.75, -1});

  private static final double[] RHO = {1.10517092, .95122942, .44932896, 1.05127110, .81873075};

  private static void expect(Map<String, String> parameters, double... rho) {
    PolicyLoss loss = LossCatalog.create("grpo", parameters);
    assertThat(SamplerWeights.of(BATCH, loss.settings())).containsExactly(rho, within(5e-9));
  }

  private static double metric(Map<String, String> parameters, String name) {
    return LossCatalog.create("grpo", parameters)
        .evaluate(BATCH)
        .metrics()
        .getOrDefault("sampling/" + name, Double.NaN);
  }

  @Test
  void tokenWeightsAreCappedOrMasked() {
    expect(Map.of("correction", "tis"), RHO);
    expect(
        Map.of("correction", "tis", "correction-max", "1"), 1, .95122942, .44932896, 1, .81873075);
    expect(Map.of("correction", "icepop"), 1.10517092, .95122942, 0, 1.05127110, .81873075);
    expect(Map.of("correction", "areal"), RHO);
    expect(
        Map.of("correction", "areal", "correction-max", "1.1"),
        0,
        .95122942,
        .44932896,
        1.05127110,
        .81873075);
    assertThat(metric(Map.of("correction", "icepop"), "kept_fraction")).isEqualTo(.8);
    assertThat(metric(Map.of("correction", "icepop"), "bounded_fraction")).isEqualTo(.2);
  }

  @Test
  void sequenceWeightsAreProducts() {
    double[] products = {.4723665527, .4723665527, .4723665527, .8607079764, .8607079764};
    expect(Map.of("correction", "sequence-tis"), products);
    expect(Map.of("correction", "mis"), products);
    expect(
        Map.of("correction", "mis", "correction-max", "0.5"),
        .4723665527,
        .4723665527,
        .4723665527,
        0,
        0);
  }

  @Test
  void rejectionLeavesOutWholeSequencesAndWeighsNothingElse() {
    expect(Map.of("correction", "geometric"), 0, 0, 0, 0, 0);
    Map<String, String> wide = Map.of("correction", "geometric", "correction-reject-min", "0.8");
    expect(wide, 0, 0, 0, 1, 1);
    assertThat(metric(wide, "rejected_fraction")).isEqualTo(.5);
    assertThat(metric(wide, "kept_fraction")).isEqualTo(.4);
    // Mean of ρ − 1 − log ρ: (.00517092 + .00122942 + .24932896) / 3 and (.00127110 + .01873075) /
    // 2.
    expect(Map.of("correction", "k3", "correction-reject-max", "0.05"), 0, 0, 0, 1, 1);
    expect(Map.of("correction", "k3", "correction-reject-max", "0.0852"), 0, 0, 0, 1, 1);
    expect(Map.of("correction", "k3", "correction-reject-max", "0.0853"), 1, 1, 1, 1, 1);
    expect(Map.of("correction", "k3", "correction-reject-max", "0.01"), 0, 0, 0, 0, 0);
  }

  @Test
  void rejectionAndWeightsCombine() {
    expect(
        Map.of(
            "correction", "tis", "correction-reject", "geometric", "correction-reject-min", "0.8"),
        0,
        0,
        0,
        1.05127110,
        .81873075);
  }

  @Test
  void oneAbsurdTermVetoesItsSequence() {
    Map<String, String> veto = Map.of("correction-veto", "0.5");
    expect(veto, 0, 0, 0, 1, 1);
    assertThat(metric(veto, "vetoed_fraction")).isEqualTo(.5);
    expect(Map.of("correction-veto", "1e-4"), 1, 1, 1, 1, 1);
  }

  @Test
  void normalisedWeightsHaveMeanOne() {
    PolicyLoss loss =
        LossCatalog.create(
            "grpo", Map.of("correction", "tis", "correction-batch-normalise", "true"));
    double[] rho = SamplerWeights.of(BATCH, loss.settings());
    double mean = (RHO[0] + RHO[1] + RHO[2] + RHO[3] + RHO[4]) / 5;
    for (int q = 0; q < 5; q++) {
      assertThat(rho[q]).isCloseTo(RHO[q] / mean, within(1e-8));
    }
    assertThat(loss.settings().usesZeroAdvantages()).isTrue();
  }

  @Test
  void droppedSequencesPassNoPolicyGradientInAnyLoss() {
    for (String type : LossCatalog.types()) {
      if (LossFixtures.BEHAVIOUR.contains(type) || type.equals("vespo")) {
        continue;
      }
      LossResult r =
          LossCatalog.create(type, Map.of("correction", "none", "correction-veto", "0.5"))
              .evaluate(BATCH);
      assertThat(r.gradient()[0]).as(type).isZero();
      assertThat(r.gradient()[2]).as(type).isZero();
    }
  }
}
