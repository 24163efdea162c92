package io.amalgam.policy.train.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.policy.train.advantage.GroupRelative.Scale;
import io.amalgam.policy.train.loss.GoldenLines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Advantages against numbers computed by TRL's trainers in f64. */
final class AdvantageGoldenTest {
  @Test
  void sampleHolds() {
    check("sample", GoldenLines.sample("advantages.jsonl"));
  }

  @Test
  void allHold() {
    check("full", GoldenLines.full("advantages.jsonl"));
  }

  private static void check(String label, List<JsonNode> lines) {
    for (JsonNode line : lines) {
      checkCase(line);
    }
    assertThat(lines).isNotEmpty();
    System.out.println("golden advantages (" + label + "): " + lines.size() + " cases");
  }

  private static void checkCase(JsonNode line) {
    String name = line.get("name").asText();
    double[][] rewards = GoldenLines.matrix(line.get("rewards"));
    int size = line.get("num_generations").asInt();
    List<RewardGroup> groups = new ArrayList<>();
    for (int g = 0; g < rewards.length / size; g++) {
      double[][] rows = Arrays.copyOfRange(rewards, g * size, (g + 1) * size);
      groups.add(new RewardGroup(rows, new double[0]));
    }
    Advantages got = estimator(line).estimate(groups);
    double[] values = got.values().stream().flatMapToDouble(DoubleStream::of).toArray();
    double[] expected = GoldenLines.array(line.get("advantages"));
    assertThat(values).as(name).hasSize(expected.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i])
          .as(name + " " + i)
          .isCloseTo(expected[i], within(1e-9 * Math.abs(expected[i]) + 1e-15));
    }
    // The reference looks at the batch's deviation, not the groups', where it scales by that.
    boolean ofGroups =
        !line.get("scale_rewards").asText().equals("batch")
            && line.get("aggregation").asText().equals("sum_then_normalize");
    line.get("metrics")
        .fields()
        .forEachRemaining(
            e -> {
              if (ofGroups || !e.getKey().startsWith("frac")) {
                assertThat(got.metrics().get(e.getKey()))
                    .as(name + " " + e.getKey())
                    .isCloseTo(GoldenLines.number(e.getValue()), within(1e-6));
              }
            });
  }

  private static AdvantageEstimator estimator(JsonNode line) {
    double[] weights = GoldenLines.array(line.get("reward_weights"));
    if (line.get("aggregation").asText().equals("normalize_then_sum")) {
      return new NormaliseThenSum(weights);
    }
    return switch (line.get("scale_rewards").asText()) {
      case "group" -> new GroupRelative(Scale.GROUP, weights);
      case "batch" -> new GroupRelative(Scale.BATCH, weights);
      default -> new GroupRelative(Scale.NONE, weights);
    };
  }
}
