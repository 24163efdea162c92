package io.amalgam.actors.pretraining;

import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.TaskMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Problems of a task mix with the completion that a policy should write: worked solution, end of
 * thinking, answer.
 *
 * <p>Held-out problems never appear: the mix hands out training problems only.
 */
public final class WorkedExamples {
  private final TaskMix mix;

  /** Examples of the training problems of {@code mix}. */
  public WorkedExamples(TaskMix mix) {
    this.mix = mix;
  }

  /**
   * A problem and its completion.
   *
   * @param completion what follows the prefilled {@code <think>}, without the end token
   */
  public record Example(Problem problem, String completion) {}

  /**
   * The examples of the ordinals {@code first} to {@code first + count − 1}; a task without worked
   * solutions is an error.
   */
  public List<Example> take(long first, int count) {
    List<Example> examples = new ArrayList<>(count);
    for (long ordinal = first; ordinal < first + count; ordinal++) {
      examples.add(example(mix.trainingProblem(ordinal)));
    }
    return examples;
  }

  private Example example(Problem problem) {
    Optional<String> solution = mix.task(problem.task()).workedSolution(problem);
    if (solution.isEmpty() || problem.answer().isEmpty()) {
      throw new IllegalArgumentException(
          problem.task() + " has no worked solutions to learn from; take it out of tasks.mix");
    }
    return new Example(
        problem, solution.get() + "</think><answer>" + problem.answer().get() + "</answer>");
  }
}
