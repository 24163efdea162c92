package io.amalgam.actors.cluster;

import io.amalgam.actors.learner.AdapterStart;
import io.amalgam.actors.learner.Checkpoint;
import io.amalgam.actors.learner.CheckpointException;
import io.amalgam.actors.learner.Checkpoints;
import io.amalgam.actors.learner.FinishedGroup;
import io.amalgam.actors.learner.PolicyTrainer;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.actors.settings.SettingsException;
import io.amalgam.policy.model.lora.LoraSpec;
import io.amalgam.verifiers.curriculum.CurriculumState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a learner begins: at version 0, or at the newest whole checkpoint.
 *
 * @param position where the run stands, with the number of its present life
 * @param finished groups that were finished and not trained
 * @param note what a person should know about it; empty when there is nothing to say
 */
record LearnerStart(Checkpoint.Position position, List<FinishedGroup> finished, String note) {
  private static final String LIFE = "life";

  /** A new run; its version 0 becomes the first checkpoint, so that it can always be resumed. */
  static LearnerStart fresh(
      RunSettings settings, Path runDir, Checkpoints checkpoints, PolicyTrainer trainer) {
    Checkpoint.Position position =
        new Checkpoint.Position(
            runDir.toAbsolutePath().normalize().getFileName().toString(),
            0,
            0,
            0,
            settings.run().seed(),
            0,
            Duration.ZERO,
            CurriculumState.initial(),
            0);
    checkpoints.write(new Checkpoint(position, trainer, trainer.lossState(), List.of()));
    saveLife(runDir, 0);
    return new LearnerStart(position, List.of(), "");
  }

  /**
   * Goes on from the newest whole checkpoint.
   *
   * @throws CheckpointException when there is none
   * @throws SettingsException when it holds an adapter of another shape than is to be trained
   */
  static LearnerStart resumed(Path runDir, Checkpoints checkpoints, PolicyTrainer trainer) {
    Optional<Checkpoints.Found> found = checkpoints.newest();
    if (found.isEmpty()) {
      throw new CheckpointException(runDir + " has no checkpoint to go on from");
    }
    Checkpoint checkpoint = found.get().checkpoint();
    Checkpoint.Position p = checkpoint.position();
    requireSameShape(found.get(), trainer);
    trainer.restore(checkpoint.masters(), checkpoint.optimiser());
    trainer.restoreLoss(checkpoint.lossState());
    checkpoints.removeAbove(p.version());
    int life = Math.max(p.life(), savedLife(runDir)) + 1;
    saveLife(runDir, life);
    String note =
        found.get().damaged().isEmpty()
            ? ""
            : "damaged and passed over: "
                + String.join("; ", found.get().damaged())
                + "; going on from "
                + found.get().directory().getFileName();
    return new LearnerStart(
        new Checkpoint.Position(
            p.run(),
            life,
            p.version(),
            p.step(),
            p.seed(),
            p.ledgerSequence(),
            p.elapsed(),
            p.curriculum(),
            p.violations()),
        checkpoint.finished(),
        note);
  }

  private static void requireSameShape(Checkpoints.Found found, PolicyTrainer trainer) {
    Optional<LoraSpec> stored = found.checkpoint().trained().lora();
    if (!stored.equals(trainer.lora())) {
      throw new SettingsException(
          found.directory()
              + " holds "
              + AdapterStart.text(stored)
              + ", learner.lora asks for "
              + AdapterStart.text(trainer.lora()),
          "leave learner.lora as the run began");
    }
  }

  /** The name that trajectories of this life carry. */
  String run() {
    return position.run() + "/" + position.life();
  }

  private static int savedLife(Path runDir) {
    Path file = runDir.resolve("checkpoints").resolve(LIFE);
    try {
      return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
    } catch (IOException | NumberFormatException e) {
      throw new CheckpointException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Kept beside the checkpoints: a life that was killed before its first one counts too. */
  private static void saveLife(Path runDir, int life) {
    Path file = runDir.resolve("checkpoints").resolve(LIFE);
    Path temporary = file.resolveSibling("." + LIFE);
    try {
      Files.writeString(temporary, life + "\n");
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CheckpointException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
