package io.amalgam.actors.learner;

import io.amalgam.actors.cluster.RunEvent.BatchFigures;
import io.amalgam.actors.cluster.RunEvent.StalenessFigures;
import io.amalgam.actors.cluster.RunEvent.TaskFigures;
import io.amalgam.actors.controller.GroupKey;
import io.amalgam.verifiers.curriculum.CurriculumState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a step did, for the ledger and for the run's listeners.
 *
 * @param step optimiser steps taken, this one included
 * @param version the version the step made
 * @param trained groups whose gradient is in it
 * @param zeroVariance groups of the batch whose rewards are all equal
 * @param unusable groups with variance of a step that was skipped, since its gradient was not
 *     finite
 * @param batch figures of the batch; those of generators are filled in by the controller
 * @param figures the trainer's figures
 * @param staleness age of the tokens
 * @param tasks figures per task
 * @param waited how long the learner waited for the batch
 * @param training time of replay, loss, backward and optimiser
 * @param publishing encoding and publishing of the version that the step began from
 * @param verification time the batch spent in verification
 * @param curriculum how every task went so far
 * @param rollouts where its trajectories were stored
 */
public record StepReport(
    int step,
    long version,
    List<GroupKey> trained,
    List<GroupKey> zeroVariance,
    List<GroupKey> unusable,
    BatchFigures batch,
    PolicyTrainer.TrainFigures figures,
    StalenessFigures staleness,
    SortedMap<String, TaskFigures> tasks,
    Duration waited,
    Duration training,
    Publishing publishing,
    Duration verification,
    CurriculumState curriculum,
    Optional<Path> rollouts) {

  /**
   * What it took to publish a version.
   *
   * @param took time for encoding and publishing
   * @param bytes size of the update from the version before, encoded
   */
  public record Publishing(Duration took, long bytes) {
    /** Nothing published yet. */
    public static Publishing none() {
      return new Publishing(Duration.ZERO, 0);
    }
  }
}
