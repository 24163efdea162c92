package io.amalgam.actors.learner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemberCheckTest {
  /** Ids 0 … 3, prompt ids 1 … 3, version 0. */
  private final MemberResult member = Samples.scored(0, 0, 0, 1);

  @Test
  void aMemberOfThisRunAndModelIsTakenIn() {
    assertThat(MemberCheck.refusal(member, "run/0", 4, 0)).isEmpty();
  }

  @Test
  void othersAreRefusedWithTheReason() {
    assertThat(MemberCheck.refusal(member, "run/1", 4, 0)).hasValue("another run");
    assertThat(MemberCheck.refusal(member, "run/0", 3, 0)).hasValue("ids of another model");
    assertThat(MemberCheck.refusal(Samples.scored(4, 0, 0, 1), "run/0", 99, 1))
        .as("sampled by version 2 of a learner at version 1")
        .hasValue("a version that does not exist");
  }
}
