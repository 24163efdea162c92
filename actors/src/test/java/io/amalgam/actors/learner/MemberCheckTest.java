package io.amalgam.actors.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.rollout.Trajectory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MemberCheckTest {
  /** Ids 0 … 3, prompt ids 1 … 3, version 0. */
  private final MemberResult member = Samples.scored(0, 0, 0, 1);

  private static MemberCheck check(String run, int vocabulary) {
    return new MemberCheck(run, vocabulary, Samples.METHOD);
  }

  @Test
  void aMemberOfThisRunAndModelIsTakenIn() {
    assertThat(check("run/0", 4).refusal(member, 0)).isEmpty();
  }

  @Test
  void othersAreRefusedWithTheReason() {
    refused(check("run/1", 4), member, 0, "another run", "run is run/0", false);
    refused(check("run/0", 3), member, 0, "invalid prompt_ids", "contain 3", true);
    refused(
        check("run/0", 99),
        Samples.scored(4, 0, 0, 1),
        1,
        "a version that does not exist",
        "from 0 to 1",
        false);
  }

  private static void refused(
      MemberCheck check, MemberResult m, long version, String reason, String detail, boolean ours) {
    assertThat(check.refusal(m, version))
        .hasValueSatisfying(
            r -> {
              assertThat(r.reason()).isEqualTo(reason);
              assertThat(r.detail()).contains(detail);
              assertThat(r.ofThisRun()).isEqualTo(ours);
            });
  }

  private void damaged(UnaryOperator<Trajectory> how, String reason, String detail) {
    MemberResult damaged =
        new MemberResult(
            member.task(),
            member.question(),
            how.apply(member.trajectory()),
            member.completion(),
            member.judgement(),
            member.verification());
    refused(check("run/0", 4), damaged, 0, reason, detail, true);
  }

  @Test
  void whatNoGeneratorOfThisRunSampledIsRefusedByField() {
    damaged(Damage::weights, "invalid weights", "weights at position 3 sum to 0.5, not 1");
    damaged(Damage::ids, "invalid ids", "ids contain 1048576 at index 3");
    damaged(Damage::sizes, "invalid weights", "weights has size 0, expected 4");
    damaged(Damage::method, "another method", "temperature is 0.5, not 1.0");
    damaged(
        t ->
            Damage.with(
                t,
                new MethodSpec("discrete", 1, 1.0, new TreeMap<>(Map.of("top-k", "5"))),
                t.ids(),
                t.weights()),
        "another method",
        "is ");
  }
}
