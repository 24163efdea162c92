package io.amalgam.verifiers.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.verifiers.sandbox.FailureRule.Action;
import io.amalgam.verifiers.sandbox.FailureRule.Decision;
import io.amalgam.verifiers.task.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FailureRuleTest {
  private static final Verdict INVALID = new Verdict.Invalid("no number");
  private static final Verdict LATE = new Verdict.TimedOut(Duration.ofSeconds(1));
  private static final Verdict CRASHED = new Verdict.Crashed("gone");

  @Test
  void nothingCountsAsZeroUnlessConfigured() {
    FailureRule rule = FailureRule.masking(2, Duration.ofSeconds(5));
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(rule.decide(LATE, attempt)).isEqualTo(Decision.RETRY);
      assertThat(rule.decide(CRASHED, attempt)).isEqualTo(Decision.RETRY);
      assertThat(rule.decide(INVALID, attempt)).isEqualTo(Decision.MASK);
    }
    assertThat(rule.decide(LATE, 2)).isEqualTo(Decision.MASK);
    assertThat(rule.decide(CRASHED, 2)).isEqualTo(Decision.MASK);
    assertThat(rule.decide(Verdict.Scored.of(0), 0)).isEqualTo(Decision.SCORE);
  }

  @Test
  void eachVerdictAndTaskHasItsOwnRule() {
    FailureRule own =
        new FailureRule(Action.ZERO, Action.RESAMPLE, Action.MASK, 0, Duration.ofSeconds(9));
    FailureRules rules =
        new FailureRules(
            FailureRule.masking(1, Duration.ofSeconds(2)), new TreeMap<>(Map.of("bf", own)));
    assertThat(rules.of("bf").decide(INVALID, 0)).isEqualTo(Decision.ZERO);
    assertThat(rules.of("bf").decide(LATE, 0)).isEqualTo(Decision.RESAMPLE);
    assertThat(rules.of("bf").decide(CRASHED, 0)).isEqualTo(Decision.MASK);
    assertThat(rules.of("gcd").decide(INVALID, 0)).isEqualTo(Decision.MASK);
    assertThat(rules.longest()).isEqualTo(Duration.ofSeconds(9));
  }
}
