package io.amalgam.actors.learner;

import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryChecks;
import io.amalgam.policy.rollout.TrajectoryRejected;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether a member that arrives can have come from this run and its model: the last look at a
 * trajectory before it is trained on, whichever way it came.
 *
 * @param run identifier of the run's present life
 * @param vocabulary number of ids of the model
 * @param method method and parameters whose likelihood is used, complete
 */
record MemberCheck(String run, int vocabulary, MethodSpec method) {

  /**
   * Why a member is not taken in.
   *
   * @param reason one of a few fixed words, under which it is counted
   * @param detail the field at fault and what is wrong with it
   * @param ofThisRun whether the group that it names is one of this run, which now misses a member
   */
  record Refusal(String reason, String detail, boolean ofThisRun) {}

  /**
   * Why the member cannot have come from here; empty when it can.
   *
   * @param version the learner's version: none above it was ever given out
   */
  Optional<Refusal> refusal(MemberResult member, long version) {
    Trajectory t = member.trajectory();
    if (!t.key().run().equals(run)) {
      return Optional.of(
          new Refusal("another run", "run is " + t.key().run() + ", not " + run, false));
    }
    if (Arrays.stream(t.versions()).anyMatch(v -> v < 0 || v > version)) {
      return Optional.of(
          new Refusal(
              "a version that does not exist",
              "run_versions are not all from 0 to " + version,
              false));
    }
    return unusable(t);
  }

  /** Why nobody can train on a trajectory, whatever run it is from; empty when the learner can. */
  Optional<Refusal> unusable(Trajectory t) {
    try {
      TrajectoryChecks.check(t, vocabulary);
    } catch (TrajectoryRejected e) {
      return Optional.of(new Refusal(e.reason(), String.valueOf(e.getMessage()), true));
    }
    try {
      TrajectoryChecks.sameMethod(t, method);
    } catch (TrajectoryRejected e) {
      return Optional.of(new Refusal("another method", String.valueOf(e.getMessage()), true));
    }
    return Optional.empty();
  }
}
