package io.amalgam.actors.generator;

import io.amalgam.actors.weights.Announcement;
import io.amalgam.actors.weights.WeightReceiver;
import io.amalgam.policy.weights.WeightVersion;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Which life of a run a generator takes part in, and which of its versions it samples with.
 *
 * <p>Weights belong to a life: a version of an earlier life says nothing about the present one, so
 * until the first weights of a new life are in use there is no version. Not thread-safe.
 */
final class RunWeights implements AutoCloseable {
  private final WeightReceiver receiver;
  private String run = "";
  private long incarnation = -1;
  private long version = -1;

  /** Takes ownership of the receiver. */
  RunWeights(WeightReceiver receiver) {
    this.receiver = receiver;
  }

  /** The run and its life; empty before any was announced. */
  String run() {
    return run;
  }

  /** The version in use; −1 when there is none of this life. */
  long version() {
    return version;
  }

  /** Whether the announcement begins another life; one of an earlier life counts for nothing. */
  boolean begins(Announcement a) {
    if (a.incarnation() < incarnation || a.run().equals(run)) {
      return false;
    }
    run = a.run();
    incarnation = a.incarnation();
    version = -1;
    return true;
  }

  /** Notes an announcement; a fetch when one is begun by it. */
  Optional<CompletionStage<WeightReceiver.Fetch>> announced(Announcement a) {
    return receiver.announced(a);
  }

  /** Whether a fetched version is of this life, so that it may be used. */
  boolean fits(WeightVersion fetched) {
    return fetched.incarnation() == incarnation;
  }

  /**
   * A fetch came back; the next one when there is something newer. Weights of a life that is not
   * announced yet are fetched again when it is.
   */
  Optional<CompletionStage<WeightReceiver.Fetch>> fetched(WeightVersion version) {
    if (version.incarnation() <= incarnation) {
      return receiver.finished(version);
    }
    receiver.failed();
    return Optional.empty();
  }

  void fetchFailed() {
    receiver.failed();
  }

  /** A fetch if something newer is known, none is under way, and the last failure is long ago. */
  Optional<CompletionStage<WeightReceiver.Fetch>> retry() {
    return receiver.retry();
  }

  /** The device uses these weights; whether they are of this life. */
  boolean inUse(DeviceThread.NewWeights weights) {
    if (!weights.run().equals(run)) {
      return false;
    }
    version = weights.version();
    return true;
  }

  @Override
  public void close() {
    receiver.close();
  }
}
