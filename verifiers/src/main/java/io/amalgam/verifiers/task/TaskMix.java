package io.amalgam.verifiers.task;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/**
 * A weighted mix of tasks, split into problems to train on and problems held out.
 *
 * <p>A problem is held out when the CRC-32 of its question in UTF-8 is divisible by 5, whatever
 * seed it came from: in a small problem space another seed alone repeats problems. Training
 * problems are a function of the mix's seed and an ordinal alone, so that a run can be resumed, or
 * its problems spread over machines, without any shared state. Immutable and thread-safe.
 */
public final class TaskMix {
  /** One in so many questions is held out. */
  private static final int HELD_OUT_MODULUS = 5;

  /**
   * Draws for one training problem; a fair space of questions needs more than 200 once in 10^140
   * problems.
   */
  private static final int MAX_REDRAWS = 200;

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final List<MixEntry> entries;
  private final SortedMap<String, Task> tasks;
  private final Map<String, Task> levelled = new ConcurrentHashMap<>();
  private final long seed;
  private final TaskCatalog catalog;

  private TaskMix(
      List<MixEntry> entries, SortedMap<String, Task> tasks, long seed, TaskCatalog catalog) {
    this.entries = entries;
    this.tasks = tasks;
    this.seed = seed;
    this.catalog = catalog;
  }

  /**
   * A mix of tasks of the standard catalogue.
   *
   * @throws TaskConfigurationException if there is no entry, a task occurs twice, or an entry is
   *     configured wrongly
   */
  public static TaskMix of(List<MixEntry> entries, long seed) {
    return of(entries, seed, TaskCatalog.standard());
  }

  /** A mix of tasks of a given catalogue. */
  public static TaskMix of(List<MixEntry> entries, long seed, TaskCatalog catalog) {
    if (entries.isEmpty()) {
      throw new TaskConfigurationException("task mix: there must be at least one task");
    }
    SortedMap<String, Task> tasks = new TreeMap<>();
    for (MixEntry entry : entries) {
      Task task =
          ChunkedTask.endless(catalog, entry.task(), entry.config(), taskSeed(seed, entry.task()));
      if (tasks.put(entry.task(), task) != null) {
        throw new TaskConfigurationException(
            "task mix: " + entry.task() + " is listed twice; give it one entry");
      }
    }
    return new TaskMix(
        List.copyOf(entries), Collections.unmodifiableSortedMap(tasks), seed, catalog);
  }

  /** Whether a question belongs to the held-out problems. */
  public static boolean isHeldOut(String question) {
    CRC32 crc = new CRC32();
    crc.update(question.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() % HELD_OUT_MODULUS == 0;
  }

  /** The names of the tasks in the mix. */
  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(tasks.keySet()));
  }

  /** The entries in the order given. */
  public List<MixEntry> entries() {
    return entries;
  }

  /**
   * A task of the mix as configured, or at a level; it scores the mix's problems.
   *
   * @throws TaskConfigurationException if the mix has no such task or the task no such level
   */
  public Task task(String name) {
    Task task = tasks.get(name);
    if (task != null) {
      return task;
    }
    return levelled.computeIfAbsent(name, this::atLevel);
  }

  private Task atLevel(String name) {
    String base = TaskName.base(name);
    MixEntry entry =
        entries.stream()
            .filter(e -> e.task().equals(base))
            .findFirst()
            .orElseThrow(
                () ->
                    new TaskConfigurationException(
                        "task mix: no task \""
                            + name
                            + "\"; "
                            + NearestName.suggestion(name, tasks.keySet())));
    return ChunkedTask.endless(catalog, name, entry.config(), taskSeed(seed, base));
  }

  /**
   * The training problem of an ordinal: the same for ever for the same mix and seed, and never a
   * held-out one.
   *
   * @throws ProblemGenerationException if 200 draws gave only held-out or impossible problems
   */
  public Problem trainingProblem(long ordinal) {
    return trainingProblem(
        ordinal, entries.stream().mapToDouble(MixEntry::weight).toArray(), n -> n);
  }

  /**
   * The training problem of an ordinal with other weights and levels.
   *
   * @param weights of the entries, at least 0, one above 0
   * @param variant the name to use for a task of the mix: its own, or one with a level
   */
  public Problem trainingProblem(long ordinal, double[] weights, UnaryOperator<String> variant) {
    int drawn = entryOf(mixed(seed, ordinal), weights);
    Task task = task(variant.apply(entries.get(drawn).task()));
    String lastFailure = "all drawn problems are held out";
    for (int attempt = 1; attempt <= MAX_REDRAWS; attempt++) {
      long draw = mixed(mixed(seed, ordinal), attempt);
      try {
        Problem problem = task.problem((int) (draw >>> 33));
        if (!isHeldOut(problem.question())) {
          return problem;
        }
      } catch (ProblemGenerationException e) {
        lastFailure = String.valueOf(e.getMessage());
      }
    }
    throw new ProblemGenerationException(
        task.name()
            + ": no training problem in "
            + MAX_REDRAWS
            + " draws ("
            + lastFailure
            + "); widen its configuration");
  }

  /**
   * Different held-out problems of one task, always the same for the same mix and seed; a longer
   * list starts with the shorter one.
   *
   * <p>Fewer than {@code count} come back when the space of questions is small or generation fails
   * often: the first {@code max(20000, 50·count)} problems of the task's sequence are looked
   * through. {@code count_bits} up to 511, for example, has 109 held-out questions in all.
   */
  public List<Problem> heldOut(String taskName, int count) {
    Task task = task(taskName);
    Set<String> questions = new HashSet<>();
    List<Problem> problems = new ArrayList<>();
    long draws = Math.min(Integer.MAX_VALUE, Math.max(20_000L, 50L * count));
    for (int index = 0; index < draws && problems.size() < count; index++) {
      heldOutProblem(task, index)
          .filter(problem -> questions.add(problem.question()))
          .ifPresent(problems::add);
    }
    return problems;
  }

  private static Optional<Problem> heldOutProblem(Task task, int index) {
    try {
      return Optional.of(task.problem(index)).filter(problem -> isHeldOut(problem.question()));
    } catch (ProblemGenerationException e) {
      return Optional.empty();
    }
  }

  private static int entryOf(long draw, double[] weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double point = (draw >>> 11) * 0x1p-53 * total;
    int entry = 0;
    double sum = weights[0];
    while (entry < weights.length - 1 && point >= sum) {
      sum += weights[++entry];
    }
    return entry;
  }

  private static BigInteger taskSeed(long seed, String task) {
    return new BigInteger(Long.toUnsignedString(mixed(seed, task.hashCode())));
  }

  /** SplitMix64's output function over a key and a counter (Steele, Lea, Flood 2014). */
  private static long mixed(long key, long counter) {
    long z = key + GOLDEN_GAMMA * (counter + 1);
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
