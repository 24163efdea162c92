package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.RandomInit;
import org.junit.jupiter.api.Test;

/** Giving back free pages leaves alone what is in use. */
class NativeHeapTest {
  @Test
  void whatIsInUseStays() {
    ModelConfig config = ModelConfig.of(Family.QWEN2, 90, 24, 40, 2, 4, 2, false, 64);
    int[] ids = {3, 1, 4, 1, 5};
    try (GenerationModel model =
        GenerationModel.load(config, RandomInit.weights(config, 3), GoldenForwardTest.F32)) {
      float[] before = model.logits(ids, new float[0], 1);
      assertThatCode(NativeHeap::trim).doesNotThrowAnyException();
      assertThat(model.logits(ids, new float[0], 1)).isEqualTo(before);
    }
  }
}
