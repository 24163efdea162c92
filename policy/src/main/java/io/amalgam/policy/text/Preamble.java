package io.amalgam.policy.text;

import java.util.List;
import java.util.Optional;

/**
 * What stands above every question: instructions, and solved questions as earlier turns of the
 * conversation, from which a model that was not trained for it learns the form of an answer.
 *
 * @param systemPrompt the system message
 * @param demonstrations earlier turns, in order
 */
public record Preamble(Optional<String> systemPrompt, List<Demonstration> demonstrations) {
  /** Copies the turns. */
  public Preamble {
    demonstrations = List.copyOf(demonstrations);
  }

  /** A question and what a policy should write for it, after {@code <think>}. */
  public record Demonstration(String question, String completion) {}

  /** Nothing above the question. */
  public static Preamble none() {
    return new Preamble(Optional.empty(), List.of());
  }

  /** Instructions alone. */
  public static Preamble system(String text) {
    return new Preamble(Optional.of(text), List.of());
  }
}
