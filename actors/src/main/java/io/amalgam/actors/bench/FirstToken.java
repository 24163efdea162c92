package io.amalgam.actors.bench;

import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.FormatProbe;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.model.HuggingFaceDirectory;
import java.nio.file.Path;
import java.time.Duration;

/**
 * From the path of a model to its first token.
 *
 * @param took reading, checking and loading the model, the prompt, and one token
 * @param format in which it was computed
 */
public record FirstToken(Duration took, String format) {
  private static final int PROMPT = 8;

  /**
   * Opens the model and generates one token; the native library is loaded before the clock runs.
   */
  public static FirstToken of(Path path, ComputeSettings compute) {
    FormatProbe.gigaflops(compute, ComputeFormat.F32, 1);
    long start = System.nanoTime();
    HuggingFaceDirectory directory = HuggingFaceDirectory.open(path);
    Workload work = new Workload(directory, compute);
    try (GenerationModel model =
            GenerationModel.load(directory.config(), directory.weights(), compute);
        DecodeBatch batch =
            new DecodeBatch(model, Workload.settings(Workload.discrete(), 1, PROMPT + 1), 0)) {
      batch.admit(work.group(0, 1, PROMPT, 1));
      batch.stepToEnd();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new FirstToken(took, Workload.name(model.format()));
    }
  }
}
