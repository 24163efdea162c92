package io.amalgam.verifiers.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProblemGenerationException;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures how many problems a task generates and how many answers it scores per second, in the
 * calling thread, each after a warm-up as long as the measurement. A second is one of the thread's
 * processor time, so that other work on the machine is no part of the figure. The script for the
 * original measures the same problems and answers in the same way.
 */
public final class TaskBenchmark {
  private static final BigInteger SEED = BigInteger.valueOf(42);
  private static final int SIZE = 500;
  private static final int SCORED_PROBLEMS = 8;

  /** The clock is read after so many steps that reading it costs next to nothing. */
  private static final int LEAST_BATCHES = 20;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String WRONG = "no answer of this task";

  private final TaskCatalog catalog;
  private final double seconds;

  /** What came out of the measured calls, so that no compiler can leave them out. */
  private double seen;

  /**
   * A benchmark.
   *
   * @param seconds how long each figure is measured
   */
  public TaskBenchmark(TaskCatalog catalog, double seconds) {
    this.catalog = catalog;
    this.seconds = seconds;
  }

  /** A step of a measurement; it returns how much it did. */
  private interface Step {
    int run();
  }

  /** A problem with the answers that are scored. */
  private record Answered(Problem problem, List<Optional<String>> answers) {}

  /** Measures a task of the catalogue in its default configuration. */
  public TaskSpeed measure(String name) {
    Task task = catalog.create(name, JsonNodeFactory.instance.objectNode(), SEED, SIZE);
    int[] index = {0};
    double problems = perSecond(() -> generate(task, index[0]++ % SIZE));
    List<Answered> answered = answered(task);
    int[] turn = {0};
    double answers =
        perSecond(
            () -> answered.isEmpty() ? 0 : score(task, answered.get(turn[0]++ % answered.size())));
    return new TaskSpeed(problems, answers);
  }

  private double perSecond(Step step) {
    run(step);
    return run(step);
  }

  private double run(Step step) {
    long done = 0;
    long batch = 1;
    double elapsed = 0;
    double start = processorSeconds();
    while (elapsed < seconds) {
      for (long i = 0; i < batch; i++) {
        done += step.run();
      }
      elapsed = processorSeconds() - start;
      batch = elapsed < seconds / LEAST_BATCHES ? 2 * batch : batch;
    }
    return done / elapsed;
  }

  private static double processorSeconds() {
    long used =
        THREADS.isCurrentThreadCpuTimeSupported()
            ? THREADS.getCurrentThreadCpuTime()
            : System.nanoTime();
    return used / 1e9;
  }

  private int generate(Task task, int index) {
    try {
      seen += task.problem(index).question().length();
      return 1;
    } catch (ProblemGenerationException e) {
      return 0;
    }
  }

  private int score(Task task, Answered answered) {
    for (Optional<String> answer : answered.answers()) {
      seen += task.judge(answered.problem(), answer) instanceof Verdict.Scored ? 1 : 0;
    }
    return answered.answers().size();
  }

  /** The first problems, each with its reference answer, one of another problem and none. */
  private static List<Answered> answered(Task task) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < SCORED_PROBLEMS; i++) {
      try {
        problems.add(task.problem(i));
      } catch (ProblemGenerationException e) {
        // as the measurement of problems: this index has none
      }
    }
    List<Answered> answered = new ArrayList<>();
    for (int i = 0; i < problems.size(); i++) {
      Optional<String> right = problems.get(i).answer();
      Optional<String> wrong = Optional.empty();
      for (int k = 1; k < problems.size() && wrong.isEmpty(); k++) {
        wrong =
            problems
                .get((i + k) % problems.size())
                .answer()
                .filter(a -> !right.equals(Optional.of(a)));
      }
      answered.add(
          new Answered(
              problems.get(i),
              List.of(
                  Optional.of(right.orElse(WRONG)),
                  Optional.of(wrong.orElse(WRONG)),
                  Optional.of(""))));
    }
    return answered;
  }
}
