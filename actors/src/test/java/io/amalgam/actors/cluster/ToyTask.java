package io.amalgam.actors.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.MixEntry;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProblemGenerationException;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.TaskData;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskMix;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks for a large number: the score is the share of digits from 4 on. */
final class ToyTask extends ProceduralTask {
  private final AtomicInteger left;

  private ToyTask(TaskSetup setup, int problems) {
    super(setup);
    left = new AtomicInteger(problems);
  }

  /** A mix that gives out so many problems and then fails. */
  static TaskMix mix(long seed, int problems) {
    TaskFamily family =
        TaskFamily.named("large_digits", "toys").madeBy(setup -> new ToyTask(setup, problems));
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    return TaskMix.of(
        List.of(new MixEntry("large_digits", 1, none)),
        seed,
        new TaskCatalog(List.of(family), TaskData.bundled()));
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    if (left.decrementAndGet() < 0) {
      throw new ProblemGenerationException("out of problems");
    }
    return problem(
        index, "Large digits for " + index + "?", "7", JsonNodeFactory.instance.objectNode());
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    String digits = answer.orElse("");
    double large = digits.chars().filter(c -> c >= '4').count();
    return Verdict.Scored.of(digits.isEmpty() ? 0 : large / digits.length());
  }

  @Override
  public Optional<String> workedSolution(Problem problem) {
    return Optional.empty();
  }
}
