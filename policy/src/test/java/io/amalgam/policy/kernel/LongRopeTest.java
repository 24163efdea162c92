package io.amalgam.policy.kernel;

import static io.amalgam.policy.kernel.GoldenModel.ints;
import static io.amalgam.policy.kernel.GoldenModel.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rotary positions of the type longrope against transformers, which chooses among the factors by
 * the length of the sequence at hand: here 16 is the original context, 64 the extended one.
 */
class LongRopeTest {
  private static final GoldenModel GOLDEN =
      new GoldenModel("qwen3-longrope", GoldenModel.sample().resolveSibling("qwen3-longrope"));

  @TempDir Path directory;

  private static float[] logits(ModelConfig config, int[] ids) {
    try (GenerationModel model =
        GenerationModel.load(config, GOLDEN.model().weights(), GoldenForwardTest.F32)) {
      return model.logits(ids, new float[0], 1);
    }
  }

  @Test
  void factorsForTheLengthOfASequenceGiveTheLogitsOfTransformers() {
    Map<String, HostTensor> x = GOLDEN.tensors("forward.safetensors");
    ModelConfig config = GOLDEN.model().config();
    for (int length : new int[] {1, 7, 16, 17, 40}) {
      int[] ids = ints(x.get("length" + length + ".input_ids"));
      float[] got = logits(config.forContext(length), ids);
      assertThat(largestDifference(got, x.get("length" + length + ".logits").toFloats()))
          .isLessThan(1e-4);
    }
    System.out.println("golden longrope: 5 cases (sequences)");
  }

  @Test
  void aPolicyKeepsToTheFactorsOfItsContext() {
    Map<String, HostTensor> x = GOLDEN.tensors("forward.safetensors");
    ModelConfig config = GOLDEN.model().config();
    int[] start = Arrays.copyOf(ints(x.get("length40.input_ids")), 7);
    float[] expected = x.get("length40.logits").toFloats();
    float[] got = logits(config, start);
    assertThat(largestDifference(got, Arrays.copyOf(expected, got.length))).isLessThan(1e-4);
    assertThat(config.forContext(0)).isEqualTo(config).isEqualTo(config.forContext(17));
    assertThat(config.forContext(1000)).isEqualTo(config);
    assertThat(config.forContext(16)).isNotEqualTo(config);
  }

  /** Beyond the context the base of the type dynamic grows, for all positions of the sequence. */
  @Test
  void aBaseThatGrowsIsRefusedBeyondTheContext() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root =
        (ObjectNode) json.readTree(GOLDEN.model().path().resolve("config.json").toFile());
    root.remove("rope_scaling");
    root.putObject("rope_parameters")
        .put("rope_type", "dynamic")
        .put("rope_theta", 1e4)
        .put("factor", 2);
    Path file = Files.write(directory.resolve("config.json"), json.writeValueAsBytes(root));
    ModelConfig config = HuggingFaceDirectory.readConfig(file);
    assertThat(logits(config, new int[64])).hasSize(64 * config.vocabSize());
    assertThatThrownBy(() -> logits(config, new int[65]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("65 positions, must be 1 to 64");
  }

  @Test
  void whatIsSavedDoesNotDependOnTheChoice() {
    HuggingFaceDirectory d = GOLDEN.model();
    Path saved = directory.resolve("saved");
    HuggingFaceDirectory.save(
        saved, d.config().forContext(8), d.weights(), d.endTokens(), Optional.empty());
    assertThat(HuggingFaceDirectory.open(saved).config()).isEqualTo(d.config());
  }
}
