package io.amalgam.policy.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of every loss, on ragged mixtures, against central differences. */
final class LossGradientTest {
  private static final double STEP = 1e-6;

  record Case(String type, Map<String, String> parameters) {}

  static List<Case> cases() {
    List<Case> out = new ArrayList<>();
    Map<String, String> all =
        Map.of(
            "kl",
            "0.1",
            "entropy",
            "0.05",
            "entropy-quantile",
            "0.7",
            "off-policy-threshold",
            "0.05");
    for (String type : LossCatalog.types()) {
      out.add(new Case(type, Map.of()));
      if (type.equals("rloo")) {
        out.add(new Case(type, Map.of("correction", "sequence_mask", "correction-max", "3")));
        continue;
      }
      for (String level : new String[] {"term", "position", "sequence"}) {
        for (String reduce : new String[] {"sum", "mean"}) {
          Map<String, String> p = new HashMap<>(all);
          p.put("level", level);
          p.put("slot-reduce", reduce);
          if (!type.equals("async")) {
            p.put("correction", type.equals("gmpo") ? "sequence_truncate" : "token_truncate");
            p.put("correction-max", "1.1");
          }
          out.add(new Case(type, p));
        }
      }
    }
    out.add(new Case("grpo", Map.of("delta", "1.1")));
    return out;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientIsTheSlope(Case c) {
    PolicyLoss loss = LossCatalog.create(c.type(), c.parameters());
    // Weights without gradient make cispo's and vespo's slope meaningless but where they are
    // constant.
    boolean detached = c.type().equals("cispo") || c.type().equals("vespo");
    Map<String, String> calm = new HashMap<>(c.parameters());
    if (detached) {
      calm.put("kl-estimator", "k3");
      calm.remove("correction");
      loss = LossCatalog.create(c.type(), calm);
    }
    LossBatch batch = batch(detached);
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

  private static LossBatch batch(boolean onPolicy) {
    Random random = new Random(3);
    int n = 5;
    int[] sequences = {0, 4, 5, 5, 12, 15};
    boolean[] mask = new boolean[15];
    int[] terms = new int[16];
    for (int p = 0; p < 15; p++) {
      mask[p] = p != 2 && p != 13;
      terms[p + 1] = terms[p] + (p == 13 ? 0 : 1 + random.nextInt(3));
    }
    int q = terms[15];
    double[] now = new double[q];
    double[] old = new double[q];
    double[] behaviour = new double[q];
    double[] reference = new double[q];
    for (int i = 0; i < q; i++) {
      now[i] = -2 * random.nextDouble();
      old[i] = now[i] + 0.2 * random.nextGaussian();
      behaviour[i] = old[i] + 0.2 * random.nextGaussian();
      reference[i] = now[i] + 0.2 * random.nextGaussian();
    }
    double[] entropies = random.doubles(15).toArray();
    double[] advantages = random.doubles(n, -1, 1).toArray();
    LossBatch b =
        LossBatch.of(sequences, terms, advantages, mask, now)
            .withBehaviour(behaviour)
            .withReference(reference)
            .withEntropies(entropies);
    return onPolicy ? b : b.withOld(old);
  }
}
