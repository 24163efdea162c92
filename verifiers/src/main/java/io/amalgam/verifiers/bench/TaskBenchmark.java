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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Measures how many problems a task generates and how many answers it scores per second, in the
 * calling thread, after a warm-up that lets the just-in-time compiler finish: a second or as long
 * as the measurement before the first figure of a task, as long as the measurement before the next.
 * A second is one of the thread's processor time, so that other work on the machine is no part of
 * the figure. The script for the original measures the same problems and answers; what it runs
 * needs no compiling, so its warm-up is as long as its measurement.
 */
public final class TaskBenchmark {
  private static final BigInteger SEED = BigInteger.valueOf(42);
  private static final int SIZE = 500;
  private static final double COMPILING_SECONDS = 1;
  private static final int SCORED_PROBLEMS = 8;

  /** The clock is read after so many steps that reading it costs next to nothing. */
  private static final int LEAST_BATCHES = 20;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String WRONG = "no answer of this task";

  private final TaskCatalog catalog;
  private final double seconds;
  private final Set<String> compiled = new HashSet<>();

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
    double warmUp = compiled.add(name) ? Math.max(seconds, COMPILING_SECONDS) : seconds;
    int[] index = {0};
    double problems = perSecond(() -> generate(task, index[0]++ % SIZE), warmUp);
    List<Answered> answered = answered(task);
    int[] turn = {0};
    double answers =
        perSecond(
            () -> answered.isEmpty() ? 0 : score(task, answered.get(turn[0]++ % answered.size())),
            warmUp);
    return new TaskSpeed(problems, answers);
  }

  private double perSecond(Step step, double warmUp) {
    run(step, warmUp);
    return run(step, seconds);
  }

  private static double run(Step step, double seconds) {
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
