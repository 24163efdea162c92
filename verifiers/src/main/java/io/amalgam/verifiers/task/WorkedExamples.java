package io.amalgam.verifiers.task;

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
  /** Where the search for demonstrations begins: no run gets so far. */
  private static final long DEMONSTRATIONS = 1L << 40;

  /**
   * Between thinking and answer of a demonstration. A tokenizer that was not made for the markers
   * would merge the end of one with the start of the next, and a model that has to go on after a
   * forced end marker would meet it in tokens it has not seen.
   */
  private static final String LINE = "\n";

  /** Ordinals looked through for a problem of one task of the mix. */
  private static final int SEARCHED = 10_000;

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

  /**
   * Examples to show above a question, one task of the mix after the other in the order of its
   * entries. A task without worked solutions is shown with the answer alone; one without a single
   * answer is an error.
   */
  public List<Example> demonstrations(int count) {
    List<Example> examples = new ArrayList<>(count);
    long ordinal = DEMONSTRATIONS;
    for (int i = 0; i < count; i++) {
      String task = mix.entries().get(i % mix.entries().size()).task();
      Problem problem = mix.trainingProblem(ordinal++);
      for (int s = 0; s < SEARCHED && !problem.task().equals(task); s++) {
        problem = mix.trainingProblem(ordinal++);
      }
      String answer =
          problem
              .answer()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          task + " has no answer to show; set model.demonstrations to 0"));
      examples.add(
          new Example(
              problem, completion(mix.task(problem.task()).workedSolution(problem), LINE, answer)));
    }
    return examples;
  }

  private Example example(Problem problem) {
    Optional<String> solution = mix.task(problem.task()).workedSolution(problem);
    if (solution.isEmpty() || problem.answer().isEmpty()) {
      throw new IllegalArgumentException(
          problem.task() + " has no worked solutions to learn from; take it out of tasks.mix");
    }
    return new Example(problem, completion(solution, "", problem.answer().get()));
  }

  private static String completion(Optional<String> solution, String between, String answer) {
    return solution.orElse("") + "</think>" + between + "<answer>" + answer + "</answer>";
  }
}
