package io.amalgam.verifiers.sandbox;

import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskProvider;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A task found on the class path whose scorer does what the answer says, good or bad. */
public final class UnrulyTasks implements TaskProvider {
  static final TaskFamily FAMILY =
      TaskFamily.named("unruly", "test").integer("points", 1).isolated().madeBy(Unruly::new);

  @Override
  public List<TaskFamily> families() {
    return List.of(FAMILY);
  }

  private static final class Unruly extends ProceduralTask {
    private final double points;

    Unruly(TaskSetup setup) {
      super(setup);
      points = setup.values().number("points");
    }

    @Override
    protected Problem generate(PythonRandom random, int index) {
      return problem(index, "What do you want?", "peace", metadata(index));
    }

    @Override
    @SuppressWarnings({"InfiniteLoop", "SystemExitOutsideMain"})
    public Verdict score(Problem problem, Optional<String> answer) {
      switch (answer.orElse("")) {
        case "loop":
          for (long i = 0; ; i++) {
            if (i == Long.MIN_VALUE) {
              return Verdict.Scored.of(0.5);
            }
          }
        case "memory":
          List<long[]> kept = new ArrayList<>();
          while (true) {
            kept.add(new long[1 << 20]);
          }
        case "exit":
          Runtime.getRuntime().halt(3);
          return Verdict.Scored.of(0);
        case "recursion":
          return score(problem, Optional.of(deep(0) + ""));
        case "print":
          System.out.println("{\"score\":1}");
          return Verdict.Scored.of(0.25);
        case "throw":
          throw new IllegalStateException("no");
        case "infinite":
          return Verdict.Scored.of(Double.POSITIVE_INFINITY);
        default:
          return Verdict.Scored.of(answer.equals(problem.answer()) ? points : 0);
      }
    }

    private static long deep(long i) {
      return i < 0 ? i : deep(i + 1) + 1;
    }
  }
}
