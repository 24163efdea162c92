package io.amalgam.actors.generator;

import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.verifiers.task.Problem;

/** Turns problems into prompts and what was generated into text. Thread-safe. */
public interface PromptCodec {
  /** The prompt's ids, at least one. */
  int[] prompt(Problem problem);

  /** The text after the prompt, without the end token. */
  String completion(Trajectory trajectory);
}
