package io.amalgam.actors.learner;

import io.amalgam.actors.weights.WeightStore;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.verifiers.curriculum.ProblemSchedule;
import java.util.Optional;

/**
 * What a learner is made of.
 *
 * @param trainer the policy; restored already when a run goes on
 * @param method the mixture method whose trajectories it trains, complete
 * @param store where versions are published
 * @param checkpoints where checkpoints go
 * @param rollouts where trajectories are kept; empty: they are not
 * @param start where the run stands
 * @param schedule what is learnt from how problems went
 * @param groupSize members of a group
 * @param minScored fewest scored members for which a group is used
 * @param maxStaleness the staleness bound
 * @param checkpointEvery steps between checkpoints; 0 = only at the end
 * @param run identifier of the run's present life, as trajectories carry it
 * @param host where weights are fetched; empty inside one JVM
 * @param port port of the weights; 0 inside one JVM
 */
public record LearnerSetup(
    PolicyTrainer trainer,
    MethodSpec method,
    WeightStore store,
    Checkpoints checkpoints,
    Optional<RolloutDirectory> rollouts,
    Checkpoint.Position start,
    ProblemSchedule schedule,
    int groupSize,
    int minScored,
    int maxStaleness,
    int checkpointEvery,
    String run,
    String host,
    int port) {

  /** A run directory whose trajectories are kept. */
  public record RolloutDirectory(java.nio.file.Path runDir) {}
}
