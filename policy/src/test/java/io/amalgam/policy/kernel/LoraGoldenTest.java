package io.amalgam.policy.kernel;

import static io.amalgam.policy.kernel.GoldenModel.ints;
import static io.amalgam.policy.kernel.GoldenModel.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.lora.AdapterMerge;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.PeftDirectory;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logits with an adapter of peft, merged on the host, against those of peft. */
class LoraGoldenTest {
  private static int adapters;
  private static int rows;

  static List<GoldenModel> models() {
    return GoldenModel.all().stream()
        .filter(g -> Files.isDirectory(g.directory().resolve("lora")))
        .toList();
  }

  @AfterAll
  static void report() {
    System.out.printf("golden adapters: %d adapters, %d rows of logits%n", adapters, rows);
  }

  @ParameterizedTest
  @MethodSource("models")
  void logitsWithAnAdapter(GoldenModel golden) {
    HuggingFaceDirectory d = golden.model();
    LoraAdapter adapter = PeftDirectory.open(golden.directory().resolve("lora"), d.config());
    Map<String, HostTensor> x = golden.tensors("forward.safetensors");
    int[] ids = ints(x.get("train.input_ids"));
    int[] mask = ints(x.get("train.attention_mask"));
    adapters++;
    try (GenerationModel model =
        GenerationModel.load(
            d.config(), AdapterMerge.merge(d.weights(), adapter), GoldenForwardTest.F32)) {
      int vocab = d.config().vocabSize();
      for (int b = 0; b < 3; b++) {
        int row = b * 16;
        int[] real = IntStream.range(row, row + 16).filter(i -> mask[i] == 1).toArray();
        float[] got = model.logits(Arrays.stream(real).map(i -> ids[i]).toArray(), new float[0], 1);
        for (String kind : List.of("lora.logits", "lora.merged_logits")) {
          float[] want =
              Arrays.copyOfRange(
                  x.get(kind).toFloats(), real[0] * vocab, (real[real.length - 1] + 1) * vocab);
          assertThat(largestDifference(got, want)).as(kind).isLessThan(1e-4);
          rows += real.length;
        }
      }
    }
  }
}
