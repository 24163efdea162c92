package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.policy.mixture.CandidateFilter;
import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.mixture.Candidates;
import io.amalgam.policy.train.loss.GoldenLines;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the decode step's kernels keep of a row, repetition penalty included, against transformers.
 * The kernels cut between probabilities, never between equal ones, and keep at least one token;
 * cases that cut otherwise are counted apart.
 */
class SamplingKernelGoldenTest {
  private static final KernelModule MODULE = KernelModule.on("cpu");

  @Test
  void sampleHolds() {
    check("sample", GoldenLines.sample("helpers", "sampling.jsonl"));
  }

  @Test
  void allHold() {
    check("full", GoldenLines.full("helpers", "sampling.jsonl"));
  }

  private static void check(String label, List<JsonNode> lines) {
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonNode line : lines) {
      JsonNode settings = line.get("settings");
      String kind;
      if (line.get("splits_ties").asBoolean()) {
        kind = "ties cut, not checked";
      } else if (settings.path("min_tokens_to_keep").asInt(1) > 1) {
        kind = "more than one to keep, not checked";
      } else {
        checkCase(line, settings);
        kind = settings.has("repetition_penalty") ? "equal, with penalty" : "equal";
      }
      counts.merge(kind, 1, Integer::sum);
    }
    assertThat(counts.get("equal")).isPositive();
    System.out.println("sampling kernel goldens (" + label + "): " + counts);
  }

  private static void checkCase(JsonNode line, JsonNode settings) {
    float[] logits = logits(line);
    int[] previous =
        Arrays.stream(GoldenLines.array(line.get("previous_ids"))).mapToInt(x -> (int) x).toArray();
    CandidateFilter filter =
        new CandidateFilter(
            settings.path("top_k").asInt(0),
            // 0 keeps the most probable alone, and so does every small number
            Math.max(1e-6, settings.path("top_p").asDouble(1)),
            settings.path("min_p").asDouble(0));
    float penalty = (float) settings.path("repetition_penalty").asDouble(1);
    if (penalty != 1 && previous.length > 0) {
      logits = penalised(logits, new SeenIds(penalty, new int[][] {previous}));
    }
    Candidates c =
        CandidateKernelTest.candidates(
                logits,
                1,
                new CandidateRequest(1, true, logits.length, 0).filtered(filter),
                (float) settings.path("temperature").asDouble(1),
                new double[] {0.5})
            .row(0);
    double[] got = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      got[c.topIds()[i]] = Math.exp(c.topLogProbs()[i]);
    }
    double[] probabilities = GoldenLines.array(line.get("probs"));
    double[] kept = GoldenLines.array(line.get("kept"));
    double[] expected = new double[logits.length];
    for (int i = 0; i < kept.length; i++) {
      expected[(int) kept[i]] = probabilities[i];
    }
    for (int v = 0; v < expected.length; v++) {
      assertThat(got[v])
          .as("case %s, id %d", line.get("id"), v)
          .isCloseTo(expected[v], within(2e-6));
      // exponents are floored at -80: no token of finite logits is impossible, nor is -infinity
      assertThat(got[v] > 1e-30).as("case %s, id %d", line.get("id"), v).isEqualTo(expected[v] > 0);
    }
  }

  private static float[] penalised(float[] logits, SeenIds seen) {
    try (CallScope scope = new CallScope(MODULE)) {
      return scope
          .keep(
              MODULE.tensor(
                  1,
                  "penalised",
                  scope.of(scope.tensor(logits, 1, logits.length)),
                  scope.of(seen.padded(scope, 1, logits.length)),
                  scope.real(seen.penalty())))
          .toFloatArray();
    }
  }

  private static float[] logits(JsonNode line) {
    if (line.has("logits")) {
      double[] values = GoldenLines.array(line.get("logits"));
      float[] out = new float[values.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) values[i];
      }
      return out;
    }
    double a = line.get("a").asDouble();
    double b = line.get("b").asDouble();
    double c = line.get("c").asDouble();
    float[] out = new float[line.get("vocab").asInt()];
    IntStream.range(0, out.length).forEach(i -> out[i] = (float) (Math.sin(i * a + b) * c));
    return out;
  }
}
