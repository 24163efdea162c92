package io.amalgam.actors.learner;

import io.amalgam.policy.rollout.Trajectory;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Whether a member that arrives can have come from this run and its model. */
final class MemberCheck {
  private MemberCheck() {}

  /**
   * Why it cannot; empty when it can.
   *
   * @param version the learner's version: none above it was ever given out
   */
  static Optional<String> refusal(MemberResult member, LearnerSetup setup, long version) {
    Trajectory t = member.trajectory();
    if (!t.key().run().equals(setup.run())) {
      return Optional.of("another run");
    }
    int vocabulary = setup.trainer().vocabulary();
    if (IntStream.concat(Arrays.stream(t.promptIds()), Arrays.stream(t.ids()))
        .anyMatch(id -> id < 0 || id >= vocabulary)) {
      return Optional.of("ids of another model");
    }
    if (Arrays.stream(t.versions()).anyMatch(v -> v < 0 || v > version)) {
      return Optional.of("a version that does not exist");
    }
    return Optional.empty();
  }
}
