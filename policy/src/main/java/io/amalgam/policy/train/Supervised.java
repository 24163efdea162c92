package io.amalgam.policy.train;

import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.FeatureBatch;
import io.amalgam.policy.kernel.FeatureGradient;
import io.amalgam.policy.kernel.ForwardPass;
import io.amalgam.policy.kernel.OptimiserStep;
import io.amalgam.policy.kernel.PackedBatch;
import io.amalgam.policy.kernel.TrainableModel;
import java.util.Arrays;
import java.util.List;

/**
 * Learning to imitate: cross-entropy on responses, through the same model and kernels as {@link
 * Replay}. One owner thread at a time.
 */
public final class Supervised {
  private final TrainableModel model;
  private final int tokensPerMicroBatch;
  private final boolean recompute;

  /**
   * @param tokensPerMicroBatch most input positions per forward pass
   * @param recompute whether layers are computed again in the backward pass to save memory
   */
  public Supervised(TrainableModel model, int tokensPerMicroBatch, boolean recompute) {
    if (tokensPerMicroBatch < 1) {
      throw new IllegalArgumentException(
          "tokens per micro-batch is " + tokensPerMicroBatch + ", must be at least 1");
    }
    this.model = model;
    this.tokensPerMicroBatch = tokensPerMicroBatch;
    this.recompute = recompute;
  }

  /** One optimiser step on the mean over all response ids of the examples. */
  public SupervisedReport train(List<SupervisedExample> examples, AdamWSettings optimiser) {
    long responses = responses(examples);
    double sum = 0;
    long tokens = 0;
    for (List<SupervisedExample> part : divide(examples)) {
      PackedBatch packed = pack(part, recompute);
      tokens += packed.tokens();
      try (ForwardPass pass = model.forward(packed)) {
        FeatureBatch features = pass.features();
        sum -= sum(features);
        FeatureGradient gradient = new FeatureGradient(features.rows(), 1);
        Arrays.fill(gradient.logProbs(), (float) (-1.0 / responses));
        model.backward(pass, gradient);
      }
    }
    OptimiserStep step = model.step(optimiser);
    return new SupervisedReport(
        sum / responses, tokens, responses, step.gradNorm(), step.skipped());
  }

  /** Mean cross-entropy per response id, nats, without learning. */
  public double loss(List<SupervisedExample> examples) {
    double sum = 0;
    for (List<SupervisedExample> part : divide(examples)) {
      try (ForwardPass pass = model.forward(pack(part, true))) {
        sum -= sum(pass.features());
      }
    }
    return sum / responses(examples);
  }

  private List<List<SupervisedExample>> divide(List<SupervisedExample> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("a supervised step needs an example");
    }
    return ReplayPacker.divide(examples, SupervisedExample::inputs, tokensPerMicroBatch);
  }

  private static double sum(FeatureBatch features) {
    double sum = 0;
    for (float logProb : features.logProbs()) {
      sum += logProb;
    }
    return sum;
  }

  private static long responses(List<SupervisedExample> examples) {
    return examples.stream().mapToLong(e -> e.responseIds().length).sum();
  }

  private static PackedBatch pack(List<SupervisedExample> examples, boolean recompute) {
    int total = examples.stream().mapToInt(SupervisedExample::inputs).sum();
    int scored = (int) responses(examples);
    int[] lengths = new int[examples.size()];
    int[] ids = new int[total];
    float[] weights = new float[total];
    Arrays.fill(weights, 1);
    int[] features = new int[scored];
    int[] targets = new int[scored];
    int start = 0;
    int row = 0;
    for (int i = 0; i < lengths.length; i++) {
      int[] prompt = examples.get(i).promptIds();
      int[] response = examples.get(i).responseIds();
      lengths[i] = examples.get(i).inputs();
      System.arraycopy(prompt, 0, ids, start, prompt.length);
      System.arraycopy(response, 0, ids, start + prompt.length, response.length - 1);
      for (int t = 0; t < response.length; t++) {
        features[row] = start + prompt.length - 1 + t;
        targets[row++] = response[t];
      }
      start += lengths[i];
    }
    return new PackedBatch(
        lengths,
        1,
        ids,
        weights,
        features,
        1,
        targets,
        new float[scored],
        new float[scored],
        1f,
        recompute);
  }
}
