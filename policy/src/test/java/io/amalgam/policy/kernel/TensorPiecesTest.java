package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.RandomInit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tensors that do not fit one buffer reach the device like any other. */
class TensorPiecesTest {
  private static final ModelConfig CONFIG =
      ModelConfig.of(Family.QWEN2, 90, 24, 40, 2, 4, 2, false, 64);

  /** The same values, three rows to a piece. */
  private static ModelWeights cut(ModelWeights weights) {
    SortedMap<String, HostTensor> out = new TreeMap<>();
    weights
        .tensors()
        .forEach(
            (name, t) -> {
              int rowBytes = (int) (t.size() / t.shape()[0]);
              List<ByteBuffer> pieces = new ArrayList<>();
              for (int at = 0; at < t.size(); at += 3 * rowBytes) {
                int end = (int) Math.min(t.size(), at + 3L * rowBytes);
                pieces.add(t.bytes().limit(end).position(at).slice());
              }
              out.put(name, new HostTensor(t.dtype(), t.shape(), pieces, false));
            });
    return new ModelWeights(out);
  }

  @Test
  void piecesChangeNothing() {
    ModelWeights whole = Scaled.times(RandomInit.weights(CONFIG, 3), 10);
    ModelWeights pieces = cut(whole);
    assertThat(pieces.get("model.norm.weight").pieces()).hasSize(8);
    int[] ids = {3, 1, 4, 1, 5, 9, 2, 6};
    for (KernelForm form : List.of(KernelForm.PLAIN, new KernelForm(Packing.FUSED, true))) {
      try (GenerationModel a = load(whole, form);
          GenerationModel b = load(pieces, form)) {
        assertThat(b.logits(ids, new float[0], 1)).isEqualTo(a.logits(ids, new float[0], 1));
      }
    }
    try (TrainableModel model = TrainableModel.load(CONFIG, pieces, GoldenForwardTest.F32, false)) {
      model
          .masters()
          .tensors()
          .forEach((name, t) -> assertThat(t.bytes()).isEqualTo(whole.get(name).bytes()));
    }
  }

  private static GenerationModel load(ModelWeights weights, KernelForm form) {
    return GenerationModel.load(CONFIG, weights, KernelModule.on("cpu"), 1, KernelModule.F32, form);
  }
}
