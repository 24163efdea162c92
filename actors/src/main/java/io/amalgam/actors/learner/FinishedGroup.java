package io.amalgam.actors.learner;

import io.amalgam.actors.controller.GroupKey;
import java.util.List;

/**
 * A group all of whose members are there.
 *
 * @param members by ascending place in the group
 */
public record FinishedGroup(GroupKey key, List<MemberResult> members) {
  /** Copies the list. */
  public FinishedGroup {
    members = List.copyOf(members);
  }

  /** The members with a score. */
  public List<MemberResult> scored() {
    return members.stream().filter(m -> m.scored().isPresent()).toList();
  }

  /** Whether all rewards are equal, so that no advantage differs from zero. */
  public boolean zeroVariance() {
    return members.stream()
            .flatMap(m -> m.scored().stream())
            .mapToDouble(Judgement.Scored::reward)
            .distinct()
            .count()
        <= 1;
  }

  /** The oldest policy version among all tokens of the scored members. */
  public long oldestVersion() {
    return scored().stream()
        .mapToLong(m -> m.trajectory().oldestVersion())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** The task of the group's problem. */
  public String task() {
    return members.get(0).task();
  }
}
