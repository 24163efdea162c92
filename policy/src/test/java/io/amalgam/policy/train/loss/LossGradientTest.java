package io.amalgam.policy.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of every loss, on ragged mixtures, against central differences. */
final class LossGradientTest {
  private static final double STEP = 1e-6;

  static List<LossFixtures.Case> cases() {
    return LossFixtures.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientIsTheSlope(LossFixtures.Case c) {
    PolicyLoss loss = c.loss();
    LossBatch batch = LossFixtures.mixtures();
    if (LossFixtures.DETACHED.contains(c.type())) {
      // Weights without gradient have a slope all the same; where they are constant it is 0.
      Map<String, String> calm = new HashMap<>(c.parameters());
      calm.put("kl-estimator", "k3");
      calm.keySet().removeIf(k -> k.startsWith("correction"));
      loss = LossCatalog.create(c.type(), calm);
      double[] unknown = new double[batch.terms()];
      Arrays.fill(unknown, Double.NaN);
      batch = batch.withOld(new double[0]).withBehaviour(unknown);
    }
    checkSlopes(loss, batch);
  }

  private static void checkSlopes(PolicyLoss loss, LossBatch batch) {
    BatchTotals totals = new BatchTotals(7, 31, 2);
    LossResult r = loss.evaluate(batch, totals);
    for (int q = 0; q < batch.terms(); q++) {
      double up = loss.evaluate(batch.withNew(moved(batch.newLogProbs(), q, STEP)), totals).loss();
      double down =
          loss.evaluate(batch.withNew(moved(batch.newLogProbs(), q, -STEP)), totals).loss();
      assertThat(r.gradient()[q]).as("term " + q).isCloseTo((up - down) / (2 * STEP), within(1e-8));
    }
    for (int p = 0; p < batch.positions(); p++) {
      double h = 1e-9;
      double up = loss.evaluate(batch.withEntropies(moved(batch.entropies(), p, h)), totals).loss();
      double down =
          loss.evaluate(batch.withEntropies(moved(batch.entropies(), p, -h)), totals).loss();
      assertThat(r.entropyGradient()[p])
          .as("entropy " + p)
          .isCloseTo((up - down) / (2 * h), within(1e-5));
    }
  }

  private static double[] moved(double[] values, int at, double by) {
    double[] out = values.clone();
    out[at] += by;
    return out;
  }
}
