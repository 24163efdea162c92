package io.amalgam.actors.pretraining;

import com.typesafe.config.Config;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.ModelConfig;

/**
 * The {@code pretrain} section of the configuration: shape of the model, size of its tokenizer, and
 * how it is trained.
 *
 * <p>Every key is explained in {@code reference.conf}.
 */
public record PretrainSettings(
    Architecture architecture,
    int textsPerTask,
    int examplesPerTask,
    int batchSequences,
    AdamWSettings optim,
    int warmupSteps,
    int evalEverySteps,
    int evalProblems,
    double stopAccuracy) {

  /** The shape of the model: a Qwen2 transformer with a tied head. */
  public record Architecture(
      int vocabulary,
      int hidden,
      int intermediate,
      int layers,
      int heads,
      int keyValueHeads,
      int maxPositions) {
    /** The model configuration of this shape. */
    public ModelConfig config(int vocabularySize) {
      return ModelConfig.of(
          Family.QWEN2,
          vocabularySize,
          hidden,
          intermediate,
          layers,
          heads,
          keyValueHeads,
          true,
          maxPositions);
    }
  }

  /** Reads the section from the resolved configuration. */
  public static PretrainSettings of(Config pretrain) {
    Config a = pretrain.getConfig("architecture");
    Config o = pretrain.getConfig("optim");
    return new PretrainSettings(
        new Architecture(
            a.getInt("vocabulary"),
            a.getInt("hidden"),
            a.getInt("intermediate"),
            a.getInt("layers"),
            a.getInt("heads"),
            a.getInt("key-value-heads"),
            a.getInt("max-positions")),
        pretrain.getInt("texts-per-task"),
        pretrain.getInt("examples-per-task"),
        pretrain.getInt("batch-sequences"),
        new AdamWSettings(
            o.getDouble("lr"),
            o.getDouble("beta1"),
            o.getDouble("beta2"),
            o.getDouble("eps"),
            o.getDouble("weight-decay"),
            o.getDouble("max-grad-norm")),
        o.getInt("warmup-steps"),
        pretrain.getInt("eval-every-steps"),
        pretrain.getInt("eval-problems"),
        pretrain.getDouble("stop-accuracy"));
  }
}
