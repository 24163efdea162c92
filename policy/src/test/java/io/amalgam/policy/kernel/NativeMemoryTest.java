package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.amalgam.policy.ResidentMemory;
import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.RandomInit;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A thousand decode and training calls leave the process no larger. */
class NativeMemoryTest {
  private static final ModelConfig CONFIG =
      ModelConfig.of(Family.LLAMA, 2000, 32, 48, 2, 4, 2, true, 128);

  @Test
  void callsReleaseWhatTheyMade() throws IOException {
    assumeTrue(ResidentMemory.isKnown(), "resident memory can be read on Linux only");
    try (GenerationModel model =
            GenerationModel.load(CONFIG, RandomInit.weights(CONFIG, 1), GoldenForwardTest.F32);
        TrainableModel trained =
            TrainableModel.load(
                CONFIG, RandomInit.weights(CONFIG, 1), GoldenForwardTest.F32, true);
        TrainableModel adapted =
            TrainableModel.load(
                CONFIG,
                RandomInit.weights(CONFIG, 1),
                GoldenForwardTest.F32,
                TrainableSettings.lora(
                        true, LoraAdapter.initial(CONFIG, LoraSpec.ofAllLinears(4, 8), 1))
                    .withFormats(StateFormat.BF16, StateFormat.BF16));
        ReferenceModel reference =
            ReferenceModel.load(CONFIG, RandomInit.weights(CONFIG, 2), GoldenForwardTest.F32);
        KvCache cache = model.newCache(16, 64)) {
      steps(model, List.of(trained, adapted), reference, cache, 300);
      long before = ResidentMemory.bytes();
      steps(model, List.of(trained, adapted), reference, cache, 1000);
      long grown = ResidentMemory.bytes() - before;
      // a single leaked [16, 2000] row of logits per step would be 128 MB
      assertThat(grown).as("bytes").isLessThan(48L << 20);
    }
  }

  private static void steps(
      GenerationModel model,
      List<TrainableModel> trained,
      ReferenceModel reference,
      KvCache cache,
      int count) {
    int[] ids = IntStream.range(0, 16).toArray();
    float[] weights = new float[16];
    Arrays.fill(weights, 1);
    double[] uniforms = new double[32];
    Arrays.fill(uniforms, 0.4);
    CandidateRequest request = new CandidateRequest(2, false, 2, 0.1);
    for (int i = 0; i < count; i++) {
      int[] positions = new int[16];
      Arrays.fill(positions, i % 60);
      if (i % 60 == 0) {
        model.prefill(cache, List.of(PrefillSequence.ofTokens(new int[] {0, 3}, ids)));
      }
      model
          .decode(cache, new StepInput(16, 1, ids, weights, positions, 1, request, uniforms))
          .row(15);
      if (i % 10 == 0) {
        PackedBatch b =
            new PackedBatch(
                new int[] {10, 6},
                1,
                ids,
                weights,
                ids,
                1,
                ids,
                new float[16],
                new float[16],
                1,
                false);
        boolean alone = i % 20 == 0;
        for (TrainableModel t : trained) {
          try (ForwardPass pass = alone ? t.forward(b) : t.forward(b, reference, i % 30 == 0)) {
            FeatureGradient g = new FeatureGradient(16, 1);
            Arrays.fill(g.logProbs(), 1);
            Arrays.fill(g.kl(), pass.features().kl().length == 0 ? 0 : 1);
            if (!alone) {
              pass.referenceFeatures();
            }
            t.backward(pass, g);
          }
          t.step(new AdamWSettings(1e-4, 0.9, 0.95, 1e-8, 0, 1));
        }
      }
    }
  }
}
