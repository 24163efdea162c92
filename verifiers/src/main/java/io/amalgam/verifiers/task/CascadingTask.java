package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.answer.AnswerCascade;
import java.util.Optional;

/**
 * A task whose wrong answers get further chances: once more without LaTeX, then by comparisons that
 * forgive notation. The best of them counts; an answer that cannot be judged stays so unless one of
 * them accepts it.
 */
record CascadingTask(Task task) implements Task {
  /** A score from here on is final. */
  private static final double GOOD = 0.99;

  @Override
  public String name() {
    return task.name();
  }

  @Override
  public String category() {
    return task.category();
  }

  @Override
  public ObjectNode config() {
    return task.config();
  }

  @Override
  public Problem problem(int index) {
    return task.problem(index);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    Verdict plain = task.judge(problem, answer);
    if (isGood(plain)) {
      return plain;
    }
    Verdict bare = task.judge(problem, answer.map(AnswerCascade::withoutLatex));
    if (isGood(bare)) {
      return bare;
    }
    if (problem.answer().isPresent()
        && AnswerCascade.matches(answer.get(), problem.answer().get())) {
      return Verdict.Scored.of(1);
    }
    return score(bare) > score(plain) ? bare : plain;
  }

  private static boolean isGood(Verdict verdict) {
    return score(verdict) >= GOOD;
  }

  /** −1 for what has no score. */
  private static double score(Verdict verdict) {
    return verdict instanceof Verdict.Scored scored ? scored.score() : -1;
  }

  @Override
  public Optional<String> workedSolution(Problem problem) {
    return task.workedSolution(problem);
  }
}
