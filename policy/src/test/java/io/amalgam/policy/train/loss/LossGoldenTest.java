package io.amalgam.policy.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.policy.train.advantage.Advantages;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Losses, gradients, advantages and metrics against numbers computed by TRL's trainers in f64. */
final class LossGoldenTest {
  private static final double RELATIVE = 1e-9;
  // Part of the reference's metrics went through f32.
  private static final double METRIC = 3e-7;

  @Test
  void sampleHolds() {
    check("sample", GoldenLines.sample("losses.jsonl"));
  }

  @Test
  void allHold() {
    check("full", GoldenLines.full("losses.jsonl"));
  }

  private static void check(String label, List<JsonNode> lines) {
    Map<String, Integer> counts = new TreeMap<>();
    SoftAssertions softly = new SoftAssertions();
    for (JsonNode line : lines) {
      LossGoldenCase c = new LossGoldenCase(line);
      checkCase(c, softly);
      counts.merge(c.kind(), 1, Integer::sum);
    }
    softly.assertAll();
    assertThat(lines).isNotEmpty();
    System.out.println("golden losses (" + label + "): " + lines.size() + " cases " + counts);
  }

  private static void checkCase(LossGoldenCase c, SoftAssertions softly) {
    c.advantages().ifPresent(a -> checkAdvantages(c, a, softly));
    PolicyLoss loss = c.loss();
    List<LossBatch> batches = c.batches();
    double[][] gradients = GoldenLines.matrix(c.expected().get("grad_per_token_logps"));
    double total = 0;
    int row = 0;
    for (int m = 0; m < batches.size(); m++) {
      LossBatch b = batches.get(m);
      LossResult r = loss.evaluate(b, c.totals(b));
      total += r.loss();
      if (c.expected().hasNonNull("micro_losses")) {
        close(
            softly,
            c.name() + " micro",
            r.loss(),
            c.expected().get("micro_losses").get(m).asDouble());
      }
      for (int p = 0; p < b.positions(); p++) {
        int length = gradients[row].length;
        close(
            softly,
            c.name() + " gradient " + (row + p / length) + "," + p % length,
            r.gradient()[p],
            gradients[row + p / length][p % length]);
        if (c.expected().hasNonNull("grad_entropies")) {
          close(
              softly,
              c.name() + " entropy gradient",
              r.entropyGradient()[p],
              c.expected().get("grad_entropies").get(row + p / length).get(p % length).asDouble());
        }
      }
      checkMetrics(c, c.metrics(m), r, softly);
      checkWeights(c, b, loss, row, softly);
      row += b.sequences();
    }
    close(softly, c.name() + " loss", total, c.expected().get("loss").asDouble());
  }

  private static void checkMetrics(
      LossGoldenCase c, Map<String, Double> expected, LossResult actual, SoftAssertions softly) {
    boolean async = c.kind().equals("async");
    expected.forEach(
        (name, value) -> {
          boolean ofRewards = name.startsWith("reward") || name.startsWith("frac_reward");
          // The KL of leave-one-out is a penalty of the reward, which the caller computes.
          boolean penalty = c.kind().equals("rloo") && name.equals("kl");
          if (ofRewards || penalty || Double.isNaN(value)) {
            return;
          }
          String ours =
              async && name.equals("kl")
                  ? "kl_behaviour"
                  : async && name.equals("ratio") ? "ratio/mean" : name;
          Double got = actual.metrics().get(ours);
          softly
              .assertThat(got)
              .as(c.name() + " metric " + name)
              .isNotNull()
              .isCloseTo(value, within(METRIC * (1 + Math.abs(value))));
        });
  }

  private static void checkAdvantages(LossGoldenCase c, Advantages a, SoftAssertions softly) {
    double[] expected = GoldenLines.array(c.expected().get("advantages"));
    double[] got = a.values().stream().flatMapToDouble(java.util.stream.DoubleStream::of).toArray();
    softly.assertThat(got).as(c.name()).hasSize(expected.length);
    for (int i = 0; i < got.length; i++) {
      close(softly, c.name() + " advantage " + i, got[i], expected[i]);
    }
    c.metrics(0)
        .forEach(
            (name, value) -> {
              // The reference asks whether the batch's deviation is 0 when it scales by that.
              boolean silent = name.startsWith("frac_reward") && !c.scalesByBatch();
              if (name.startsWith("reward") || silent) {
                softly
                    .assertThat(a.metrics().get(name))
                    .as(c.name() + " metric " + name)
                    .isNotNull()
                    .isCloseTo(value, within(METRIC * (1 + Math.abs(value))));
              }
            });
  }

  private static void checkWeights(
      LossGoldenCase c, LossBatch b, PolicyLoss loss, int row, SoftAssertions softly) {
    if (!c.expected().hasNonNull("importance_sampling_ratio")) {
      return;
    }
    double[] rho = SamplerWeights.of(b, loss.settings());
    JsonNode expected = c.expected().get("importance_sampling_ratio");
    int length = b.positions() / b.sequences();
    for (int p = 0; p < rho.length; p++) {
      JsonNode cells = expected.get(row + p / length);
      if (b.mask()[p]) {
        close(
            softly,
            c.name() + " rho",
            rho[p],
            GoldenLines.number(cells.get(cells.size() == 1 ? 0 : p % length)));
      }
    }
  }

  private static void close(SoftAssertions softly, String what, double actual, double expected) {
    softly
        .assertThat(actual)
        .as(what)
        .isCloseTo(expected, within(RELATIVE * Math.abs(expected) + 1e-15));
  }
}
