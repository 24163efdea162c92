package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.amalgam.verifiers.sandbox.ChildJudge;
import io.amalgam.verifiers.sandbox.Judge;
import io.amalgam.verifiers.sandbox.ThreadJudge;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever an answer is, the outcome is a verdict, within the limit. */
class CandidateFuzzTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int PROBLEMS = 8;

  private final Map<String, Integer> verdicts = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyTaskJudgesStrangeAnswers() throws Exception {
    run(150, 1);
  }

  @Test
  @Tag("slow")
  void aMillionStrangeAnswers() throws Exception {
    run(1_000_000 / TaskCatalog.standard().names().size() + 1, 10);
  }

  private void run(int each, int huge) throws Exception {
    long judged = 0;
    try (Judge thread = new ThreadJudge();
        Judge child =
            new ChildJudge(new ChildJudge.Settings(1, 256, false, Optional.empty())).warmedUp()) {
      for (String name : TaskCatalog.standard().names()) {
        boolean isolated = TaskCatalog.standard().describe(name).isolated();
        judged += judge(name, isolated ? child : thread, each, huge);
      }
    }
    System.out.println(
        "fuzz: "
            + judged
            + " candidates over "
            + TaskCatalog.standard().names().size()
            + " tasks: "
            + verdicts
            + ", "
            + wrong.size()
            + " wrong");
    assertThat(wrong).isEmpty();
  }

  private long judge(String name, Judge judge, int each, int huge) throws Exception {
    Task task =
        TaskCatalog.standard()
            .create(name, JsonNodeFactory.instance.objectNode(), BigInteger.valueOf(7), 50);
    List<Problem> problems = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < PROBLEMS; i++) {
      problems.add(task.problem(i));
      problems.get(i).answer().ifPresent(answers::add);
    }
    CandidateFuzz fuzz = new CandidateFuzz(name.hashCode());
    for (int i = 0; i < each; i++) {
      Problem problem = problems.get(i % PROBLEMS);
      Optional<String> candidate =
          i < huge ? Optional.of(fuzz.huge(problem)) : fuzz.candidate(problem, answers);
      // most in this thread: a thread for each would measure threads
      Verdict verdict =
          i % 16 == 0 || judge instanceof ChildJudge
              ? judge
                  .judge(task, problem, candidate, LIMIT)
                  .toCompletableFuture()
                  .get(10, TimeUnit.MINUTES)
              : task.judge(problem, candidate);
      check(name, candidate, verdict);
    }
    return each;
  }

  private void check(String name, Optional<String> candidate, Verdict verdict) {
    verdicts.merge(verdict.getClass().getSimpleName(), 1, Integer::sum);
    boolean fine =
        verdict instanceof Verdict.Invalid
            || verdict instanceof Verdict.Scored s && s.score() >= 0 && s.score() <= 1;
    if (!fine) {
      String shown = candidate.map(c -> c.substring(0, Math.min(c.length(), 100))).orElse("none");
      wrong.add(name + ": " + verdict + " for " + shown);
    }
  }
}
