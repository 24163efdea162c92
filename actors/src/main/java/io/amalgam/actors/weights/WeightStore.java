package io.amalgam.actors.weights;

import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.weights.CatchUp;
import io.amalgam.policy.weights.DeltaChain;
import io.amalgam.policy.weights.EncodedWeights;
import io.amalgam.policy.weights.PublishedWeights;
import io.amalgam.policy.weights.WeightVersion;
import java.util.Optional;

/** The published versions of this JVM's learner, for the local and the network channel alike. */
public final class WeightStore implements WeightSource {
  private final DeltaChain chain;
  private final long incarnation;

  /**
   * A store that begins with these weights.
   *
   * @param incarnation number of the run's present life
   * @param keepDeltas deltas kept for receivers that are behind
   * @param anchorEvery versions after which a full copy is encoded anew
   */
  public WeightStore(
      long incarnation, long version, ModelWeights weights, int keepDeltas, int anchorEvery) {
    this.incarnation = incarnation;
    this.chain =
        new DeltaChain(
            PublishedWeights.of(new WeightVersion(incarnation, version), weights),
            keepDeltas,
            anchorEvery);
  }

  /** Adds the next version. */
  public synchronized EncodedWeights publish(long version, ModelWeights weights) {
    return chain.publish(PublishedWeights.of(new WeightVersion(incarnation, version), weights));
  }

  /** The newest version's number. */
  public synchronized long newest() {
    return chain.newest().version().number();
  }

  @Override
  public synchronized CatchUp catchUp(Optional<WeightVersion> have) {
    return chain.catchUp(have);
  }
}
