package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Answers made to exhaust a scorer are judged like others; a scorer that is not bounded would never
 * end here.
 */
class HostileAnswerTest {
  private static final int MEGABYTE = 1 << 20;

  private static final List<String> ANSWERS =
      List.of(
          "9".repeat(MEGABYTE),
          "9".repeat(4300),
          "1e" + "9".repeat(MEGABYTE),
          "1e999999999999999999",
          "0." + "0".repeat(MEGABYTE) + "1",
          "2×".repeat(MEGABYTE / 2) + "2",
          ("9".repeat(4000) + "×").repeat(MEGABYTE / 4001),
          "9**9**9",
          "9**9**9**9**9",
          "(9**9**9) % 7",
          "(2**100000)*(2**100000)",
          "1<<9**9",
          "99999!!",
          "9999999999!",
          "binomial(10**9, 10**8)",
          "2**(1/3)**9**9",
          "(".repeat(MEGABYTE),
          "(".repeat(MEGABYTE / 2) + "1" + ")".repeat(MEGABYTE / 2),
          "-".repeat(MEGABYTE) + "1",
          "1+".repeat(MEGABYTE / 2) + "1",
          "2**".repeat(MEGABYTE / 3) + "1",
          "not ".repeat(MEGABYTE / 4) + "1",
          "1<".repeat(MEGABYTE / 2) + "1",
          "sqrt(".repeat(MEGABYTE / 5),
          "1_".repeat(MEGABYTE / 2) + "x",
          " ".repeat(MEGABYTE),
          "[".repeat(MEGABYTE),
          "{\"0\":".repeat(MEGABYTE / 5),
          "[" + "0,".repeat(MEGABYTE / 2) + "0]",
          "\"" + "a".repeat(MEGABYTE) + "\"",
          "<answer>".repeat(MEGABYTE / 8),
          "\u03a3".repeat(MEGABYTE),
          "\u0130".repeat(MEGABYTE),
          "\0\ud800\udfff\ufffe");

  /** Tasks that take any answer for right, as the original does. */
  private static final List<String> TAKE_ANYTHING = List.of("game_of_life_halting");

  @Test
  void allTasksJudgeThem() {
    for (String name : TaskCatalog.standard().names()) {
      Task task =
          TaskCatalog.standard()
              .create(name, new ObjectMapper().createObjectNode(), BigInteger.ONE, 1);
      Problem problem = task.problem(0);
      for (String answer : ANSWERS) {
        Verdict verdict = task.judge(problem, Optional.of(answer));
        assertThat(verdict).isNotInstanceOf(Verdict.Crashed.class);
        if (verdict instanceof Verdict.Scored scored) {
          double most = TAKE_ANYTHING.contains(name) ? 1.0 : 0.5;
          assertThat(scored.score()).as("%s on %.20s", name, answer).isBetween(0.0, most);
        }
      }
    }
  }
}
