package io.amalgam.actors.cli;

import io.amalgam.actors.learner.CheckpointException;
import io.amalgam.actors.learner.Checkpoints;
import io.amalgam.actors.settings.ResolvedSettings;
import io.amalgam.actors.settings.SettingsLoader;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.PublishedValues;
import io.amalgam.policy.model.lora.LoraAdapter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Settings, tokenizer and weights that a verb looks at: of a run's newest checkpoint, or of a model
 * directory.
 *
 * @param resolved the configuration, the run's own when there is a run
 * @param policy model directory with tokenizer and configuration
 * @param weights the published weights
 * @param adapter the adapter of the run; empty when it trained the whole model
 * @param version their version; 0 for a model directory
 */
record TrainedPolicy(
    ResolvedSettings resolved,
    LoadedPolicy policy,
    ModelWeights weights,
    Optional<LoraAdapter> adapter,
    long version)
    implements AutoCloseable {

  /**
   * Of the run in {@code runDir} when there is one, else of the configuration's model.
   *
   * @param err where the progress of a download is shown
   */
  static TrainedPolicy open(Optional<Path> runDir, ConfigOptions config, PrintWriter err) {
    if (runDir.isEmpty()) {
      ResolvedSettings resolved = config.load();
      LoadedPolicy policy = open(resolved, err);
      return new TrainedPolicy(
          resolved, policy, PublishedValues.of(policy.weights()), policy.adapter(), 0);
    }
    if (!config.files().isEmpty()) {
      throw UserError.usage(
          "a run directory and --config exclude each other", "change single keys with --set");
    }
    Path dir = RunDirectory.requireRun(runDir.get());
    ResolvedSettings resolved =
        SettingsLoader.load(
            List.of(dir.resolve(RunDirectory.CONFIG).toString()), config.assignments());
    Checkpoints.Found found = newest(dir);
    LoadedPolicy policy = open(resolved, err);
    return new TrainedPolicy(
        resolved,
        policy,
        found.checkpoint().published(policy),
        found.checkpoint().adapter(),
        found.checkpoint().position().version());
  }

  private static LoadedPolicy open(ResolvedSettings resolved, PrintWriter err) {
    return LoadedPolicy.open(
            ModelPath.require(resolved.settings().model().path(), err),
            resolved.settings().preamble(),
            resolved.settings().model().adapter())
        .forContext(resolved.settings().model().maxContext());
  }

  /** The newest whole checkpoint, or exit code 3. */
  static Checkpoints.Found newest(Path runDir) {
    try {
      return new Checkpoints(runDir, 1)
          .newest()
          .orElseThrow(
              () -> UserError.missing(runDir + " has no checkpoint", "wait for its first one"));
    } catch (CheckpointException e) {
      throw UserError.missing(runDir + ": " + ErrorLine.oneLine(e), "restore a checkpoint");
    }
  }

  @Override
  public void close() {
    policy.close();
  }
}
