package io.amalgam.actors.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.amalgam.actors.pretraining.SeedlingTokenizer;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.policy.mixture.PhaseSettings;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.RandomInit;
import io.amalgam.policy.text.Tokenizer;
import io.amalgam.verifiers.reward.Reward;
import io.amalgam.verifiers.reward.RewardRule;
import io.amalgam.verifiers.task.WorkedExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A real model with random weights, small enough for tests, and settings of runs with it. */
final class TinyModel {
  private static final int VOCABULARY = 300;

  private TinyModel() {}

  /** Writes the model into a new directory. */
  static Path write(Path directory) throws IOException {
    Path tokenizer = Files.createDirectories(directory.resolve("tokenizer"));
    SeedlingTokenizer.write(
        new WorkedExamples(settings(directory, 1, 0).taskMix()).take(0, 50), VOCABULARY, tokenizer);
    int vocabulary;
    List<Integer> ends;
    try (Tokenizer read = Tokenizer.open(tokenizer)) {
      vocabulary = read.vocabularySize();
      ends = List.of(read.idOf("<|im_end|>").orElseThrow());
    }
    ModelConfig config = ModelConfig.of(Family.QWEN2, vocabulary, 32, 64, 2, 4, 2, true, 256);
    Path model = directory.resolve("model");
    HuggingFaceDirectory.save(
        model, config, RandomInit.weights(config, 3), ends, Optional.of(tokenizer));
    return model;
  }

  static RunSettings settings(Path model, int steps, int maxStaleness) {
    return new RunSettings(
        new RunSettings.Run(5, Duration.ofMinutes(5), steps, "runs"),
        new RunSettings.Model(model.toString(), 0, "auto", "none", 0),
        new RunSettings.Tasks(
            List.of(new RunSettings.TaskWeight("gcd", 1, JsonNodeFactory.instance.objectNode()))),
        new RunSettings.Mixture("multiplex", 2, "default", PhaseSettings.usual(), new TreeMap<>()),
        new RunSettings.Generator(List.of("cpu"), 1.0, 12, 16, true, 2),
        new RunSettings.Verifier(2, Duration.ofSeconds(20), 1),
        ToySettings.learner(),
        new RunSettings.Controller(
            maxStaleness, Duration.ofSeconds(60), Duration.ofSeconds(120), 5),
        new RunSettings.Weights("auto", "127.0.0.1", 0, 20, 20, Duration.ofSeconds(60)),
        new RunSettings.Checkpoint(2, 3),
        new RunSettings.Eval(0, 1, List.of()),
        new RunSettings.Compute(1, "f32"),
        new RunSettings.Metrics("127.0.0.1", -1),
        true,
        new RunSettings.Cluster("127.0.0.1", 0, List.of(), Duration.ofSeconds(3)));
  }

  /** The same settings with a KL term. */
  static RunSettings with(RunSettings s, RunSettings.Kl kl) {
    return with(s, s.model(), s.learner().lora(), kl);
  }

  /** The same settings for another model, with an adapter. */
  static RunSettings with(
      RunSettings s, RunSettings.Model model, RunSettings.Lora lora, RunSettings.Kl kl) {
    RunSettings.Learner l = s.learner();
    return new RunSettings(
        s.run(),
        model,
        s.tasks(),
        s.mixture(),
        s.generator(),
        s.verifier(),
        new RunSettings.Learner(
            l.groupSize(),
            l.groupsPerStep(),
            l.minGroupSize(),
            l.advantage(),
            l.loss(),
            l.optim(),
            lora,
            l.tokensPerMicroBatch(),
            l.recompute(),
            kl),
        s.controller(),
        s.weights(),
        s.checkpoint(),
        s.eval(),
        s.compute(),
        s.metrics(),
        s.keepRollouts(),
        s.cluster());
  }

  /** The real parts, but random text is rewarded by its length, so that there is a gradient. */
  static RunParts parts(RunSettings settings) {
    return new ForwardedParts(ModelParts.open(settings)) {
      @Override
      public RewardRule reward() {
        return (verdict, completion) -> new Reward(completion.length() % 5, new TreeMap<>());
      }
    };
  }
}
