package io.amalgam.actors.learner;

import io.amalgam.actors.controller.GroupKey;
import io.amalgam.policy.rollout.Trajectory;
import java.time.Duration;
import java.util.Optional;

/**
 * One finished and verified member of a group.
 *
 * @param task the problem's task
 * @param question the problem's question
 * @param completion what was written after the prompt, without the end token
 * @param verification time that verification took
 */
public record MemberResult(
    String task,
    String question,
    Trajectory trajectory,
    String completion,
    Judgement judgement,
    Duration verification) {

  /** The group and attempt it belongs to. */
  public GroupKey group() {
    return new GroupKey(trajectory.key().ordinal(), trajectory.key().attempt());
  }

  /** Its place in the group, from 0. */
  public int member() {
    return trajectory.key().member();
  }

  /** The score, when there is one. */
  public Optional<Judgement.Scored> scored() {
    return judgement instanceof Judgement.Scored s ? Optional.of(s) : Optional.empty();
  }
}
