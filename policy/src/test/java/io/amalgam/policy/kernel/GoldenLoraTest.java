package io.amalgam.policy.kernel;

import static io.amalgam.policy.kernel.GoldenModel.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.Safetensors;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loss, log-probs and gradients of adapters against the numbers of peft. */
class GoldenLoraTest {
  private static int models;
  private static int gradients;

  static List<GoldenModel> adapted() {
    return GoldenModel.all().stream().filter(g -> g.has("lora_grads.safetensors")).toList();
  }

  @AfterAll
  static void report() {
    System.out.printf("golden lora: %d models, %d gradient tensors%n", models, gradients);
  }

  /** Rank 4, alpha 8, every linear layer, as the adapter_config.json of the goldens say. */
  private static LoraAdapter adapter(GoldenModel golden) {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    Safetensors.read(golden.directory().resolve("lora/adapter_model.safetensors"))
        .forEach((name, t) -> tensors.put(name.substring("base_model.model.".length()), t));
    return new LoraAdapter(LoraSpec.ofAllLinears(4, 8), new ModelWeights(tensors));
  }

  @ParameterizedTest
  @MethodSource("adapted")
  void lossAndGradients(GoldenModel golden) {
    Map<String, HostTensor> x = golden.tensors("forward.safetensors");
    Map<String, HostTensor> expected = golden.tensors("lora_grads.safetensors");
    HuggingFaceDirectory d = golden.model();
    TrainableSettings settings = TrainableSettings.lora(false, adapter(golden));
    for (boolean recompute : new boolean[] {false, true}) {
      GoldenTrainingTest.TrainCase train = GoldenTrainingTest.TrainCase.of(x, recompute);
      try (TrainableModel model =
          TrainableModel.load(d.config(), d.weights(), GoldenForwardTest.F32, settings)) {
        assertThat(train.accumulate(model))
            .isCloseTo(x.get("lora.loss").toFloats()[0], within(1e-5));
        ModelWeights got = model.gradients();
        assertThat(got.tensors().keySet()).isEqualTo(expected.keySet());
        for (Map.Entry<String, HostTensor> e : expected.entrySet()) {
          assertThat(largestDifference(got.get(e.getKey()).toFloats(), e.getValue().toFloats()))
              .as(e.getKey())
              .isLessThan(2e-5);
          gradients++;
        }
      }
    }
    models++;
  }

  /** The merged model, decoded from as generators do, gives the merged logits of peft. */
  @ParameterizedTest
  @MethodSource("adapted")
  void logitsOfTheMergedModel(GoldenModel golden) {
    Map<String, HostTensor> x = golden.tensors("forward.safetensors");
    HuggingFaceDirectory d = golden.model();
    GoldenTrainingTest.TrainCase train = GoldenTrainingTest.TrainCase.of(x, false);
    TrainableSettings settings = TrainableSettings.lora(false, adapter(golden));
    int vocabulary = d.config().vocabSize();
    float[] logits = x.get("lora.merged_logits").toFloats();
    int[] mask = GoldenModel.ints(x.get("train.attention_mask"));
    float[] loss = x.get("train.loss_mask").toFloats();
    int[] targets = GoldenModel.ints(x.get("train.targets"));
    float[] expected = new float[train.batch().scored()];
    int row = 0;
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] == 1 && loss[i] != 0) {
        double sum = 0;
        for (int v = 0; v < vocabulary; v++) {
          sum += Math.exp(logits[i * vocabulary + v]);
        }
        expected[row++] = (float) (logits[i * vocabulary + targets[i]] - Math.log(sum));
      }
    }
    try (TrainableModel model =
            TrainableModel.load(d.config(), d.weights(), GoldenForwardTest.F32, settings);
        ForwardPass pass = model.forward(train.batch())) {
      assertThat(largestDifference(pass.features().logProbs(), expected)).isLessThan(1e-4);
    }
  }
}
