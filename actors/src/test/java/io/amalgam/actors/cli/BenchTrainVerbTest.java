package io.amalgam.actors.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code bench train} on the embedded model. */
class BenchTrainVerbTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyStepIsReported() throws Exception {
    for (String rank : List.of("0", "4")) {
      Cli bench =
          Cli.run(
              "bench",
              "train",
              "--tokens",
              "40",
              "--length",
              "16",
              "--steps",
              "2",
              "--lora-rank",
              rank,
              "--gradients",
              "bf16",
              "--moments",
              "bf16",
              "--json");
      assertThat(bench.code()).as(bench.err()).isZero();
      List<String> lines = bench.out().lines().toList();
      assertThat(lines).hasSize(2);
      JsonNode last = JSON.readTree(lines.get(1));
      assertThat(last.get("tokens").asInt()).isEqualTo(40);
      assertThat(last.get("step").asInt()).isEqualTo(2);
      assertThat(last.get("lora_rank").asText()).isEqualTo(rank);
      assertThat(last.get("loss").asDouble()).isPositive();
      assertThat(last.get("tokens_per_s").asDouble()).isPositive();
    }
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    Cli format = Cli.run("bench", "train", "--moments", "f16");
    assertThat(format.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(format.err()).contains("--moments f16 is unknown", "give f32 or bf16");
    Cli tooFew = Cli.run("bench", "train", "--tokens", "8", "--length", "16");
    assertThat(tooFew.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(tooFew.err()).contains("--tokens 8 --length 16");
  }
}
