package io.amalgam.policy.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.policy.train.loss.GoldenLines;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The oracle of the sampling filters against what transformers keeps. */
class SamplingGoldenTest {
  private static final double TOLERANCE = 2e-6;

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
      checkCase(line);
      String ties = line.get("splits_ties").asBoolean() ? ", ties cut" : "";
      counts.merge(line.get("kind").asText() + ties, 1, Integer::sum);
    }
    assertThat(lines).isNotEmpty();
    System.out.println("golden sampling (" + label + "): " + lines.size() + " cases " + counts);
  }

  private static void checkCase(JsonNode line) {
    TokenFilters.Kept kept =
        filters(line.get("settings")).keep(logits(line), integers(line.get("previous_ids")));
    double[] expected = GoldenLines.array(line.get("probs"));
    double[] got = kept.probabilities();
    if (line.get("splits_ties").asBoolean()) {
      Arrays.sort(expected);
      Arrays.sort(got);
      assertThat(got).as("case %s", line.get("id")).hasSameSizeAs(expected);
    } else {
      assertThat(kept.ids())
          .as("case %s", line.get("id"))
          .containsExactly(integers(line.get("kept")));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(got[i]).as("case %s", line.get("id")).isCloseTo(expected[i], within(TOLERANCE));
    }
  }

  private static TokenFilters filters(JsonNode settings) {
    return new TokenFilters(
        settings.path("repetition_penalty").asDouble(1),
        settings.path("temperature").asDouble(1),
        settings.path("top_k").asInt(0),
        settings.path("top_p").asDouble(1),
        settings.path("min_p").asDouble(0),
        settings.path("min_tokens_to_keep").asInt(1));
  }

  private static double[] logits(JsonNode line) {
    if (line.has("logits")) {
      return GoldenLines.array(line.get("logits"));
    }
    double a = line.get("a").asDouble();
    double b = line.get("b").asDouble();
    double c = line.get("c").asDouble();
    return IntStream.range(0, line.get("vocab").asInt())
        .mapToDouble(i -> (float) (Math.sin(i * a + b) * c))
        .toArray();
  }

  private static int[] integers(JsonNode node) {
    return Arrays.stream(GoldenLines.array(node)).mapToInt(x -> (int) x).toArray();
  }
}
