package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One configured dataset of problems: a kind of question with its configuration, seed and size.
 *
 * <p>Implementations are immutable and safe for use by several threads.
 */
public interface Task {
  /** The name in the catalogue, for example {@code chain_sum}. */
  String name();

  /** The family of tasks it belongs to, for example {@code arithmetic}. */
  String category();

  /** A copy of the complete configuration, defaults included. */
  ObjectNode config();

  /**
   * The problem at a position of the sequence; the same for ever for the same configuration and
   * seed. Positions at or beyond the size are not refused.
   *
   * @throws IndexOutOfBoundsException if the index is negative
   * @throws ProblemGenerationException if this configuration has no problem at this position
   */
  Problem problem(int index);

  /**
   * The verdict on an answer; an absent answer is one that could not be found in the completion.
   */
  Verdict score(Problem problem, Optional<String> answer);

  /**
   * As {@link #score}, but a failure of the scorer itself becomes a {@link Verdict.Crashed} instead
   * of an exception.
   */
  default Verdict judge(Problem problem, Optional<String> answer) {
    try {
      return score(problem, answer);
    } catch (RuntimeException | StackOverflowError e) {
      return new Verdict.Crashed(name() + ": " + e);
    }
  }

  /**
   * The steps that lead to the reference answer, written as a policy should think them (the text
   * between {@code <think>} and {@code </think>}); empty for tasks that have no such form.
   */
  Optional<String> workedSolution(Problem problem);
}
