package io.amalgam.actors.cluster;

import io.amalgam.policy.rollout.ClosedBy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * Something that happened in a run and that a person, a file or a dashboard may want to know.
 *
 * <p>Events of one run arrive in order, one at a time. {@code time} is the training time since the
 * run began, the time before an interruption included.
 */
public sealed interface RunEvent {

  /** Training time since the run began. */
  Duration time();

  /**
   * The actors are up and the first work is about to be given out.
   *
   * @param run identifier of the run
   * @param version policy version it starts from; above 0 after {@code resume}
   * @param resumed whether it goes on from a checkpoint
   * @param note what a person should know about the start, for example that the newest checkpoint
   *     was damaged and the one before is used; empty when there is nothing to say
   */
  record RunStarted(Duration time, String run, long version, boolean resumed, String note)
      implements RunEvent {}

  /**
   * Behaviour log-probs were compared with replayed ones at equal weights, once per start.
   *
   * @param terms number of log-prob terms compared
   * @param maxDifference largest |behaviour − replay|, nats
   * @param p99Difference 99th percentile of |behaviour − replay|, nats
   * @param format number format of the products, {@code f32} or {@code bf16}
   * @param tolerance what the format allows
   */
  record ParityChecked(
      Duration time,
      long terms,
      double maxDifference,
      double p99Difference,
      String format,
      double tolerance)
      implements RunEvent {
    /** Whether the largest difference is within the tolerance. */
    public boolean passed() {
      return maxDifference <= tolerance;
    }
  }

  /**
   * One optimiser step, with everything that a {@code step} row of {@code metrics.jsonl} needs.
   *
   * @param step number of optimiser steps taken, this one included
   * @param version policy version that the step made
   * @param batch what the batch was made of
   * @param loss value of the loss and of its diagnostics
   * @param staleness how old the trained tokens were
   * @param timing where the time went
   * @param tasks the same figures per task, by task name
   * @param outcomes groups by ledger outcome since the run began
   */
  record StepCompleted(
      Duration time,
      int step,
      long version,
      BatchFigures batch,
      LossFigures loss,
      StalenessFigures staleness,
      TimingFigures timing,
      SortedMap<String, TaskFigures> tasks,
      GroupCounts outcomes)
      implements RunEvent {}

  /**
   * What a batch was made of.
   *
   * @param groups groups consumed, zero-variance ones included
   * @param zeroVariance groups whose rewards were all equal
   * @param trajectories members with a score
   * @param masked members without one (verification failed)
   * @param failedVerifications members by what their verification ended with instead of a score:
   *     Invalid, TimedOut, Crashed; Zero for those that count as wrong, as configured
   * @param tokensGenerated tokens sampled by all generators since the step before
   * @param tokensTrained positions of the batch with a likelihood and a non-zero advantage
   * @param rewardMean mean reward of the scored members
   * @param accuracy share of the scored members with a full score
   * @param lengthMean mean number of generated positions
   * @param mixtureLengthMean mean number of mixture positions
   * @param entropyMean mean entropy of the sampling distribution over positions, nats
   * @param closedBy share of members by how their thinking phase ended; all ways are there
   * @param lengthRatio mean length of trained members / mean length of all generated ones: below 1
   *     when staleness drops long ones
   */
  record BatchFigures(
      int groups,
      int zeroVariance,
      int trajectories,
      int masked,
      SortedMap<String, Integer> failedVerifications,
      long tokensGenerated,
      long tokensTrained,
      double rewardMean,
      double accuracy,
      double lengthMean,
      double mixtureLengthMean,
      double entropyMean,
      SortedMap<ClosedBy, Double> closedBy,
      double lengthRatio) {}

  /**
   * The loss of a step and its diagnostics.
   *
   * @param loss value of the loss
   * @param gradNorm gradient norm before clipping
   * @param learningRate learning rate of the step
   * @param skipped whether the step was left out because the gradient was not finite or no group
   *     carried any
   * @param klBehaviour mean of r − 1 − ln r over trained positions, r = proximal / behaviour
   *     probability
   * @param ratioP99 99th percentile of r
   * @param clipFraction share of trained positions whose gradient was clipped away
   * @param kl KL to the reference policy as configured, unweighted; empty without a KL term
   * @param metrics what the loss reports by name
   */
  record LossFigures(
      double loss,
      double gradNorm,
      double learningRate,
      boolean skipped,
      double klBehaviour,
      double ratioP99,
      double clipFraction,
      OptionalDouble kl,
      SortedMap<String, Double> metrics) {}

  /**
   * Age of the trained tokens, in versions behind the weights they trained.
   *
   * @param mean over tokens
   * @param max over tokens
   * @param bound {@code controller.max-staleness}
   * @param violations trained groups with a token older than the bound since the run began; always
   *     0
   */
  record StalenessFigures(double mean, long max, int bound, long violations) {}

  /**
   * Where the time between the previous step and this one went, in seconds.
   *
   * @param generateS time in which generators computed, summed over generators
   * @param trainS time of replay, loss, backward and optimiser
   * @param waitBatchS time the learner waited for a full batch
   * @param verifyS time spent in verification, summed over threads
   * @param publishS time for encoding and publishing the version that the step began from
   * @param publishBytes size of that version's update from the one before, encoded
   * @param stepS wall time since the previous step
   * @param bottleneck the role that the others waited for: {@code generator}, {@code verifier} or
   *     {@code learner}
   * @param generatedPerSecond tokens sampled per second of wall time
   * @param trainedPerSecond tokens trained per second of wall time
   */
  record TimingFigures(
      double generateS,
      double trainS,
      double waitBatchS,
      double verifyS,
      double publishS,
      long publishBytes,
      double stepS,
      String bottleneck,
      double generatedPerSecond,
      double trainedPerSecond) {}

  /**
   * One task's part in a batch.
   *
   * @param groups groups of the task
   * @param trajectories members with a score
   * @param rewardMean mean reward of those
   * @param accuracy share of those with a full score
   */
  record TaskFigures(int groups, int trajectories, double rewardMean, double accuracy) {}

  /**
   * Groups by ledger outcome since the run began.
   *
   * @param pending opened and not finished
   */
  record GroupCounts(
      long pending, long trained, long zeroVariance, long stale, long failed, long requeued) {}

  /**
   * A generator took a new policy version between two decode steps.
   *
   * @param generator its name
   * @param bytes bytes fetched for it
   * @param anchor whether a full copy was fetched instead of deltas
   * @param fetch time to fetch and decode, in the background
   * @param pause time in which the generator did not decode
   * @param inFlight sequences that went on with the new weights
   */
  record Swapped(
      Duration time,
      String generator,
      long version,
      long bytes,
      boolean anchor,
      Duration fetch,
      Duration pause,
      int inFlight)
      implements RunEvent {}

  /**
   * A group ended otherwise than by being trained.
   *
   * @param outcome {@code stale}, {@code failed} or {@code requeued}
   */
  record GroupSetback(Duration time, long ordinal, int attempt, String outcome, String reason)
      implements RunEvent {}

  /**
   * Sampled members were not taken in; nobody trains them.
   *
   * @param reason why, one of a few fixed words
   */
  record MembersRefused(Duration time, int count, String reason) implements RunEvent {}

  /** A generator or verifier came. */
  record MemberJoined(Duration time, String role, String address) implements RunEvent {}

  /** A generator or verifier went; its work is given to others. */
  record MemberLost(Duration time, String role, String address) implements RunEvent {}

  /**
   * A checkpoint is on disk.
   *
   * @param directory the checkpoint's directory
   * @param bytes its size
   * @param took time to write it
   */
  record CheckpointWritten(Duration time, long version, Path directory, long bytes, Duration took)
      implements RunEvent {}

  /**
   * The weights and trajectories of trained groups, for listeners that want to look at them.
   *
   * @param file where the trajectories of the step were stored, when they are kept
   * @param facts further named numbers of the step
   */
  record RolloutsStored(Duration time, int step, Optional<Path> file, Map<String, Double> facts)
      implements RunEvent {}

  /** The run is over; no event follows. */
  record RunFinished(Duration time, RunOutcome outcome) implements RunEvent {}
}
