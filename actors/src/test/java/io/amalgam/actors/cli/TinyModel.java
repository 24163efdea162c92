package io.amalgam.actors.cli;

import io.amalgam.actors.pretraining.SeedlingTokenizer;
import io.amalgam.actors.settings.SettingsLoader;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.PublishedValues;
import io.amalgam.policy.model.RandomInit;
import io.amalgam.policy.text.Tokenizer;
import io.amalgam.verifiers.task.WorkedExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A whole model directory of 30,000 fresh weights: knows nothing, but works. */
final class TinyModel {
  private TinyModel() {}

  /** Writes the directory {@code parent/tiny} and returns it. */
  static Path write(Path parent) throws IOException {
    Path tokens = Files.createDirectories(parent.resolve("tiny-tokens"));
    WorkedExamples examples =
        new WorkedExamples(SettingsLoader.load(List.of(), List.of()).settings().taskMix());
    SeedlingTokenizer.write(examples.take(0, 200), 320, tokens);
    int vocabulary;
    int end;
    try (Tokenizer tokenizer = Tokenizer.open(tokens)) {
      vocabulary = tokenizer.vocabularySize();
      end = tokenizer.idOf("<|im_end|>").orElseThrow();
    }
    ModelConfig config = ModelConfig.of(Family.QWEN2, vocabulary, 32, 64, 2, 4, 2, true, 256);
    Path out = parent.resolve("tiny");
    HuggingFaceDirectory.save(
        out,
        config,
        PublishedValues.of(RandomInit.weights(config, 7)),
        List.of(end),
        Optional.of(tokens));
    return out;
  }
}
