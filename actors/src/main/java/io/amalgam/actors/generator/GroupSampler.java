package io.amalgam.actors.generator;

import io.amalgam.policy.decode.CacheUse;
import io.amalgam.policy.decode.DecodeStatistics;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sequences that advance together on one device, one position per {@link #step}. One owner thread.
 *
 * <p>{@link BatchSampler} decodes with a model.
 */
public interface GroupSampler extends AutoCloseable {
  /** Number of sequences that can still be admitted. */
  int freeSlots();

  /** Number of running sequences. */
  int running();

  /** How many members of a group can be admitted now. */
  default int room(GroupRequest request) {
    return freeSlots();
  }

  /** The key-value memory in use; empty for a sampler without any. */
  default Optional<CacheUse> memory() {
    return Optional.empty();
  }

  /** Starts all members of a group. */
  void admit(GroupRequest request);

  /** Advances every running sequence by one position; the trajectories that ended with it. */
  List<Trajectory> step();

  /** Replaces the weights; running sequences go on under the new version. */
  void swapWeights(ModelWeights weights, long version);

  /** Drops the running sequences that match; how many there were. */
  int cancel(Predicate<TrajectoryKey> which);

  /** Counts since the sampler was made. */
  DecodeStatistics statistics();

  @Override
  void close();
}
