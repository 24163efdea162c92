package io.amalgam.verifiers.sandbox;

import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.TaskName;
import io.amalgam.verifiers.task.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Sends the answers of some tasks to one judge and those of the others to another.
 *
 * @param apart tasks whose scorers may run away
 * @param child who judges them
 * @param thread who judges the others
 */
public record RoutedJudge(Set<String> apart, Judge child, Judge thread) implements Judge {
  /** Copies the set. */
  public RoutedJudge {
    apart = Set.copyOf(apart);
  }

  @Override
  public CompletionStage<Verdict> judge(
      Task task, Problem problem, Optional<String> answer, Duration limit) {
    return (apart.contains(TaskName.base(task.name())) ? child : thread)
        .judge(task, problem, answer, limit);
  }

  @Override
  public void close() {
    child.close();
    thread.close();
  }
}
