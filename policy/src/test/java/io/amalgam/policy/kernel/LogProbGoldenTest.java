package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDArray;
import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.mixture.Candidates;
import io.amalgam.policy.train.loss.GoldenLines;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Log-probs, entropies and their gradients of rows of logits, by the training kernel and by the
 * decode kernel, against the reference's numbers.
 *
 * <p>Both kernels floor logits at {@value #FLOOR} below the largest: no such token can be drawn,
 * but its log-prob is that of the floor.
 */
class LogProbGoldenTest {
  private static final double FLOOR = 80;
  private static final KernelModule MODULE = KernelModule.on("cpu");

  @Test
  void sampleHolds() {
    values("sample", GoldenLines.sample("helpers", "logprob_entropy.jsonl"));
    gradients("sample", GoldenLines.sample("helpers", "logprob_entropy_grad.jsonl"));
    bf16("sample", GoldenLines.sample("helpers", "logprob_bf16.jsonl"));
  }

  @Test
  void allValuesHold() {
    values("full", GoldenLines.full("helpers", "logprob_entropy.jsonl"));
  }

  @Test
  void allGradientsHold() {
    gradients("full", GoldenLines.full("helpers", "logprob_entropy_grad.jsonl"));
  }

  @Test
  void allBf16Hold() {
    bf16("full", GoldenLines.full("helpers", "logprob_bf16.jsonl"));
  }

  private static void values(String label, List<JsonNode> lines) {
    int floored = 0;
    int targets = 0;
    for (JsonNode line : lines) {
      float[] logits = wave(line, line.get("d").asDouble());
      double[] first = GoldenLines.array(line.get("first_logits"));
      for (int i = 0; i < first.length; i++) {
        assertThat((double) logits[i]).isEqualTo(first[i]);
      }
      double t = line.get("temperature").asDouble();
      int[] index = integers(line.get("index"));
      double[] want = GoldenLines.array(line.get("log_prob"));
      double most = max(logits) / t;
      double size = Math.max(most, -min(logits) / t);
      double least = most - FLOOR - line.get("logsumexp").asDouble();
      for (int i = 0; i < want.length; i++) {
        targets++;
        if (want[i] < least) {
          want[i] = least;
          floored++;
        }
      }
      double near = 1e-5 + 2e-7 * size;
      double entropyNear = logits.length <= 512 ? 1e-5 : 3e-4;
      double[] got = features(logits, index, t);
      Candidates decoded = decoded(logits, index[0], t, Math.min(64, logits.length));
      close(got[2 * index.length + 2], line.get("entropy").asDouble(), entropyNear, line);
      close(decoded.entropy(), line.get("entropy").asDouble(), entropyNear, line);
      close(decoded.fullEntropy(), line.get("entropy").asDouble(), entropyNear, line);
      assertThat(logits[decoded.mostProbable()])
          .as("case %s", line.get("id"))
          .isEqualTo(logits[line.get("argmax").asInt()]);
      for (int i = 0; i < index.length; i++) {
        close(got[i], want[i], near, line);
        close(decoded(logits, index[i], t, 0).watchedLogProb(), want[i], near, line);
        int rank = Arrays.stream(decoded.topIds()).boxed().toList().indexOf(index[i]);
        if (rank >= 0) {
          close(decoded.topLogProbs()[rank], want[i], near, line);
        }
      }
      int drawn = decoded.drawIds()[0];
      close(decoded.drawLogProbs()[0], features(logits, new int[] {drawn}, t)[0], near, line);
    }
    assertThat(targets).isPositive();
    report("logprob-entropy", label, lines.size(), targets + " targets, floored " + floored);
  }

  private static void gradients(String label, List<JsonNode> lines) {
    int entropies = 0;
    for (JsonNode line : lines) {
      float[] logits = narrow(GoldenLines.array(line.get("logits")));
      double t = line.get("temperature").asDouble();
      int[] target = {line.get("index").asInt()};
      double[] got = features(logits, target, t);
      close(got[0], line.get("log_prob").asDouble(), 1e-5, line);
      compare(gradient(logits, target, t, 0), line, "grad_log_prob");
      double entropy = GoldenLines.number(line.get("entropy"));
      if (Double.isFinite(entropy)) {
        close(got[4], entropy, 1e-5, line);
        compare(gradient(logits, target, t, 4), line, "grad_entropy");
        entropies++;
      } else {
        // A token without probability adds nothing to the entropy.
        assertThat(got[4]).isFinite();
        assertThat(gradient(logits, target, t, 4)).doesNotContain(Float.NaN);
      }
    }
    report("logprob-entropy-gradients", label, lines.size(), entropies + " with an entropy");
  }

  private static void compare(float[] got, JsonNode line, String name) {
    double[] want = GoldenLines.array(line.get(name));
    for (int v = 0; v < want.length; v++) {
      close(got[v], want[v], 2e-6, line);
    }
  }

  private static void bf16(String label, List<JsonNode> lines) {
    for (JsonNode line : lines) {
      float[] logits = wave(line, 0);
      int[] index = integers(line.get("index"));
      double[] want = GoldenLines.array(line.get("log_prob_after_cast_to_f32"));
      double[] coarse = GoldenLines.array(line.get("log_prob_computed_in_bf16"));
      try (CallScope scope = new CallScope(MODULE)) {
        PtNDArray rounded =
            scope.keep(
                MODULE.tensor(
                    1,
                    "cast",
                    scope.of(scope.tensor(logits, 1, logits.length)),
                    scope.integer(KernelModule.BF16)));
        double[] got = features(scope, rounded, index, 1);
        for (int i = 0; i < index.length; i++) {
          close(got[i], want[i], 1e-5 + 2e-7 * max(logits), line);
          assertThat(got[i]).isCloseTo(coarse[i], within(0.05));
        }
        double entropy = line.get("entropy_after_cast_to_f32").asDouble();
        close(got[2 * index.length + 2], entropy, logits.length <= 512 ? 1e-5 : 3e-4, line);
      }
    }
    report("logprob-bf16", label, lines.size(), "widened before the softmax");
  }

  private static void report(String what, String label, int cases, String detail) {
    assertThat(cases).isPositive();
    System.out.println("golden " + what + " (" + label + "): " + cases + " cases, " + detail);
  }

  private static double[] features(float[] logits, int[] targets, double temperature) {
    try (CallScope scope = new CallScope(MODULE)) {
      return features(scope, scope.tensor(logits, 1, logits.length), targets, temperature);
    }
  }

  /** [2k + 3] as the kernel lays them out. */
  private static double[] features(
      CallScope scope, PtNDArray logits, int[] targets, double temperature) {
    float[] out =
        scope
            .keep(
                MODULE.tensor(
                    1,
                    "features",
                    scope.of(logits),
                    scope.of(targets(scope, targets)),
                    scope.of(scope.tensor(new float[2], 1, 2)),
                    scope.real(temperature),
                    scope.flag(false),
                    scope.flag(false)))
            .toFloatArray();
    return IntStream.range(0, out.length).mapToDouble(i -> out[i]).toArray();
  }

  /** The gradient of one feature of a row with one target, with respect to the logits. */
  private static float[] gradient(float[] logits, int[] target, double temperature, int feature) {
    float[] upstream = new float[5];
    upstream[feature] = (float) (1 / temperature);
    try (CallScope scope = new CallScope(MODULE)) {
      return scope
          .keep(
              MODULE.tensor(
                  1,
                  "feature_gradient",
                  scope.of(scope.tensor(logits, 1, logits.length)),
                  scope.of(targets(scope, target)),
                  scope.of(scope.tensor(new float[2], 1, 2)),
                  scope.of(scope.tensor(upstream, 1, 5)),
                  scope.real(temperature),
                  scope.integers(0, 0, feature == 4 ? 1 : 0, 0)))
          .toFloatArray();
    }
  }

  private static PtNDArray targets(CallScope scope, int[] targets) {
    return scope.tensor(Arrays.stream(targets).asLongStream().toArray(), 1, targets.length);
  }

  private static Candidates decoded(float[] logits, int watched, double temperature, int top) {
    return CandidateKernelTest.candidates(
            logits,
            1,
            new CandidateRequest(1, true, top, 0).watching(watched),
            (float) temperature,
            new double[] {0.4})
        .row(0);
  }

  private static float[] wave(JsonNode line, double d) {
    double a = line.get("a").asDouble();
    double b = line.get("b").asDouble();
    double c = line.get("c").asDouble();
    float[] out = new float[line.get("vocab").asInt()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (Math.sin(i * a + b) * c + d);
    }
    return out;
  }

  private static void close(double got, double want, double within, JsonNode line) {
    assertThat(got).as("case %s", line.get("id")).isCloseTo(want, within(within));
  }

  private static float[] narrow(double[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return out;
  }

  private static double max(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).max().orElseThrow();
  }

  private static double min(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).min().orElseThrow();
  }

  private static int[] integers(JsonNode node) {
    return Arrays.stream(GoldenLines.array(node)).mapToInt(x -> (int) x).toArray();
  }
}
