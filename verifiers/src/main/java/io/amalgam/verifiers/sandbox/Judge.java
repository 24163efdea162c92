package io.amalgam.verifiers.sandbox;

import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Judges answers within a time limit. Safe for use by several threads. */
public interface Judge extends AutoCloseable {
  /**
   * The verdict on an answer, soon after the limit at the latest. Never completes with an error.
   *
   * @param limit longest time of judging; then the verdict is {@link Verdict.TimedOut}
   */
  CompletionStage<Verdict> judge(
      Task task, Problem problem, Optional<String> answer, Duration limit);

  /** Ends what is being judged and frees what judging needs. */
  @Override
  void close();
}
