package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A task at a level of its curriculum, under the name {@code task@level}. */
record LevelledTask(TaskName levelled, Task task) implements Task {
  @Override
  public String name() {
    return levelled.toString();
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
    Problem p = task.problem(index);
    return new Problem(name(), p.index(), p.question(), p.answer(), p.metadata());
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return task.score(problem, answer);
  }

  @Override
  public Optional<String> workedSolution(Problem problem) {
    return task.workedSolution(problem);
  }
}
