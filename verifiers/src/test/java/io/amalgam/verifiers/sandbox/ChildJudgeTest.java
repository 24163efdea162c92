package io.amalgam.verifiers.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scorers that loop, eat memory, end their process or are killed: always a verdict, never a 0. */
@Timeout(180)
class ChildJudgeTest {
  private static final ChildJudge JUDGE =
      new ChildJudge(new ChildJudge.Settings(1, 64, false, Optional.empty()));
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Task TASK = task("{\"points\":1}");

  private static Task task(String config) {
    try {
      return TaskCatalog.installed()
          .create("unruly", (ObjectNode) new ObjectMapper().readTree(config), BigInteger.ONE, 1);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<Verdict> begin(String answer, Duration limit) {
    return JUDGE.judge(TASK, TASK.problem(0), Optional.of(answer), limit).toCompletableFuture();
  }

  private static Verdict judge(String answer) throws Exception {
    return begin(answer, LIMIT).get(120, TimeUnit.SECONDS);
  }

  @AfterAll
  static void close() {
    JUDGE.close();
  }

  @Test
  void answersAreScoredAsInTheThread() throws Exception {
    assertThat(judge("peace")).isEqualTo(Verdict.Scored.of(1));
    assertThat(judge("war\n\"\\ \ud800 x")).isEqualTo(Verdict.Scored.of(0));
    assertThat(judge("throw")).isEqualTo(TASK.judge(TASK.problem(0), Optional.of("throw")));
    assertThat(judge("x".repeat(1 << 20))).isEqualTo(Verdict.Scored.of(0));
  }

  @Test
  void aScorerThatLoopsForEverTimesOut() throws Exception {
    judge("warm");
    Duration limit = Duration.ofMillis(500);
    assertThat(begin("loop", limit).get(60, TimeUnit.SECONDS))
        .isEqualTo(new Verdict.TimedOut(limit));
    assertThat(judge("peace")).isEqualTo(Verdict.Scored.of(1));
  }

  @Test
  void aProcessKilledWhileItScoresIsACrashAndIsReplaced() throws Exception {
    judge("warm");
    long pid = JUDGE.pids().get(0);
    CompletableFuture<Verdict> looping = begin("loop", LIMIT);
    Thread.sleep(300);
    assertThat(looping).isNotDone();
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    Verdict verdict = looping.get(60, TimeUnit.SECONDS);
    assertThat(verdict).isInstanceOf(Verdict.Crashed.class);
    assertThat(((Verdict.Crashed) verdict).reason()).contains("137");
    assertThat(judge("peace")).isEqualTo(Verdict.Scored.of(1));
    assertThat(JUDGE.pids()).isNotEmpty().doesNotContain(pid);
  }

  @Test
  void memoryExitRecursionAndNonsenseAreCrashes() throws Exception {
    for (String answer : new String[] {"memory", "exit", "recursion", "infinite"}) {
      assertThat(judge(answer)).as(answer).isInstanceOf(Verdict.Crashed.class);
      assertThat(judge("peace")).isEqualTo(Verdict.Scored.of(1));
    }
  }

  @Test
  void whatAScorerPrintsIsNoVerdict() throws Exception {
    assertThat(judge("print")).isEqualTo(Verdict.Scored.of(0.25));
    assertThat(judge("peace")).isEqualTo(Verdict.Scored.of(1));
  }
}
