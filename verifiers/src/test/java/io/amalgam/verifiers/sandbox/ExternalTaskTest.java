package io.amalgam.verifiers.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProblemGenerationException;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.Verdict;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that a command makes and scores. */
@Timeout(120)
class ExternalTaskTest {
  private static Task task(Duration timeout, String... command) {
    ExternalTask.Settings settings = new ExternalTask.Settings("mine", List.of(command), timeout);
    return TaskCatalog.standard()
        .with(List.of(ExternalTask.family(settings)))
        .create("mine", JsonNodeFactory.instance.objectNode(), BigInteger.valueOf(42), 10);
  }

  private static Task shell(String script) {
    return task(Duration.ofSeconds(2), "sh", "-c", script);
  }

  private static Problem any() {
    return new Problem("mine", 0, "?", Optional.of("x"), JsonNodeFactory.instance.objectNode());
  }

  @Test
  void theExampleOfTheDocumentationWorks() throws Exception {
    assumeTrue(hasPython(), "no python3 here");
    String script =
        Path.of(System.getProperty("amalgam.repository", ".."), "docs/examples/reverse_text.py")
            .toString();
    Task task = task(Duration.ofSeconds(30), "python3", script);
    Problem problem = task.problem(3);
    assertThat(problem).isEqualTo(task.problem(3)).isNotEqualTo(task.problem(4));
    assertThat(problem.question()).startsWith("Write this word backwards: ");
    assertThat(task.judge(problem, problem.answer())).isEqualTo(Verdict.Scored.of(1));
    assertThat(task.judge(problem, Optional.empty())).isEqualTo(Verdict.Scored.of(0));
    assertThat(task.judge(problem, Optional.of("é\n\"" + "x".repeat(2000))))
        .isEqualTo(new Verdict.Invalid("longer than any word"));
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aCommandThatIsLateEndsOrTalksNonsenseGivesAVerdict() {
    assertThat(task(Duration.ofMillis(300), "sleep", "60").judge(any(), Optional.of("x")))
        .isEqualTo(new Verdict.TimedOut(Duration.ofMillis(300)));
    // Whether it ends before, while or after it is asked: its last words are the reason.
    for (String pause : List.of("", "sleep 0.01; ", "read x; ")) {
      for (int i = 0; i < 10; i++) {
        assertThat(shell(pause + "echo broken >&2; exit 4").judge(any(), Optional.of("x")))
            .isEqualTo(new Verdict.Crashed("mine: the process ended with code 4: broken"));
      }
    }
    assertThat(shell("read x; echo nonsense").judge(any(), Optional.of("x")))
        .isInstanceOf(Verdict.Crashed.class);
    assertThat(shell("read x; echo '{\"score\": 7}'").judge(any(), Optional.of("x")))
        .isEqualTo(new Verdict.Crashed("mine: score 7.0 is not from 0 to 1"));
    assertThat(task(Duration.ofSeconds(1), "no-such-command").judge(any(), Optional.of("x")))
        .isInstanceOf(Verdict.Crashed.class);
    assertThatThrownBy(() -> shell("exit 0").problem(0))
        .isInstanceOf(ProblemGenerationException.class)
        .hasMessageContaining("code 0");
  }

  @Test
  void aCommandThatEndedIsStartedAgain() {
    Task once = shell("read x; echo '{\"score\": 0.5}'; exit 0");
    assertThat(once.judge(any(), Optional.of("x"))).isEqualTo(Verdict.Scored.of(0.5));
    for (int i = 0; i < 5; i++) {
      Verdict next = once.judge(any(), Optional.of("x"));
      // the end of the command is noticed with the next question, at the latest
      assertThat(next).isNotEqualTo(Verdict.Scored.of(0));
    }
  }
}
