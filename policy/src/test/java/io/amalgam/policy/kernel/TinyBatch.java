package io.amalgam.policy.kernel;

import java.util.Arrays;
import java.util.Random;

/** Three short random texts for a model of 90 tokens, and a loss on some of their positions. */
final class TinyBatch {
  private TinyBatch() {}

  static PackedBatch batch(boolean recompute) {
    int[] lengths = {7, 12, 1};
    int tokens = 20;
    Random random = new Random(5);
    float[] weights = new float[tokens];
    Arrays.fill(weights, 1);
    int[] scored = {2, 3, 4, 9, 10, 11, 12, 17, 19};
    return new PackedBatch(
        lengths,
        1,
        random.ints(tokens, 0, 90).toArray(),
        weights,
        scored,
        1,
        random.ints(scored.length, 0, 90).toArray(),
        new float[scored.length],
        new float[scored.length],
        1,
        recompute);
  }

  /** Adds the gradient of {@code factor} times the mean negative log-prob; that mean. */
  static double accumulate(TrainableModel model, float factor) {
    PackedBatch b = batch(true);
    try (ForwardPass pass = model.forward(b)) {
      FeatureGradient g = new FeatureGradient(b.scored(), 1);
      Arrays.fill(g.logProbs(), -factor / b.scored());
      model.backward(pass, g);
      double sum = 0;
      for (float p : pass.features().logProbs()) {
        sum -= p / b.scored();
      }
      return sum;
    }
  }
}
