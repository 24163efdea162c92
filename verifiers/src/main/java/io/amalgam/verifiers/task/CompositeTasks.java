package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Several tasks as one sequence, the original's composite data set: the task of an index is drawn
 * by weight from a generator seeded with {@code seed + index}, its problem is the one at the same
 * index.
 *
 * <p>Every configuration that was ever part of it keeps its version number, so that an answer to an
 * older problem can still be scored. Immutable: a change gives another value, which knows all
 * versions of the former one.
 */
public final class CompositeTasks {
  /** A task in its present version. */
  private record Member(String name, double weight, int version) {}

  private final TaskCatalog catalog;
  private final BigInteger seed;
  private final int size;
  private final List<Member> members;
  private final List<Task> versions;
  private final List<BigInteger> seeds;

  private CompositeTasks(
      TaskCatalog catalog,
      BigInteger seed,
      int size,
      List<Member> members,
      List<Task> versions,
      List<BigInteger> seeds) {
    this.catalog = catalog;
    this.seed = seed;
    this.size = size;
    this.members = List.copyOf(members);
    this.versions = List.copyOf(versions);
    this.seeds = List.copyOf(seeds);
  }

  /**
   * A problem with where it came from.
   *
   * @param entryId {@code version.index}
   */
  public record Entry(String entryId, Problem problem) {}

  /** A composite without tasks; add some before asking for a problem. */
  public static CompositeTasks empty(TaskCatalog catalog, BigInteger seed, int size) {
    return new CompositeTasks(catalog, seed, size, List.of(), List.of(), List.of());
  }

  /**
   * With one more task; the n-th has the seed {@code seed + n}.
   *
   * @throws TaskConfigurationException if it is there already, its weight is negative, or its
   *     configuration is wrong
   */
  public CompositeTasks with(String task, double weight, ObjectNode config) {
    return with(task, weight, config, seed.add(BigInteger.valueOf(members.size() + 1L)));
  }

  /** With one more task that has a seed of its own. */
  public CompositeTasks with(String task, double weight, ObjectNode config, BigInteger taskSeed) {
    if (members.stream().anyMatch(m -> m.name().equals(task))) {
      throw new TaskConfigurationException("composite: " + task + " is there already");
    }
    checkWeight(task, weight);
    List<Member> more = new ArrayList<>(members);
    more.add(new Member(task, weight, versions.size() + 1));
    return next(more, catalog.create(task, config, taskSeed, size), taskSeed);
  }

  /** With some fields of a task changed, as a new version of it. */
  public CompositeTasks reconfigured(String task, ObjectNode changes) {
    Member old = member(task);
    ObjectNode config = versions.get(old.version() - 1).config();
    config.setAll(changes);
    BigInteger taskSeed = seeds.get(old.version() - 1);
    List<Member> changed = replaced(task, new Member(task, old.weight(), versions.size() + 1));
    return next(changed, catalog.create(task, config, taskSeed, size), taskSeed);
  }

  /** With another weight for a task. */
  public CompositeTasks reweighted(String task, double weight) {
    checkWeight(task, weight);
    Member changed = new Member(task, weight, member(task).version());
    return new CompositeTasks(catalog, seed, size, replaced(task, changed), versions, seeds);
  }

  /**
   * Without a task; answers to its problems can still be scored.
   *
   * @throws TaskConfigurationException if it is the last one
   */
  public CompositeTasks without(String task) {
    Member gone = member(task);
    if (members.size() == 1) {
      throw new TaskConfigurationException("composite: " + task + " is the only task left");
    }
    List<Member> left = members.stream().filter(Predicate.not(gone::equals)).toList();
    return new CompositeTasks(catalog, seed, size, left, versions, seeds);
  }

  /** The names of the tasks in order. */
  public List<String> names() {
    return members.stream().map(Member::name).toList();
  }

  /** The problem at an index. */
  public Entry entry(int index) {
    double[] weights = members.stream().mapToDouble(Member::weight).toArray();
    PythonRandom random = new PythonRandom(seed.add(BigInteger.valueOf(index)));
    List<Integer> positions = IntStream.range(0, weights.length).boxed().toList();
    Member drawn = members.get(random.choices(positions, weights, 1).get(0));
    return new Entry(
        drawn.version() + "." + index, versions.get(drawn.version() - 1).problem(index));
  }

  /**
   * The verdict on an answer to the problem of an entry id, in the version that made it.
   *
   * @throws TaskConfigurationException for an id that is not {@code version.index} or that no
   *     version of this composite made
   */
  public Verdict score(Optional<String> answer, String entryId) {
    String[] parts = entryId.split("\\.", -1);
    if (parts.length != 2 || !parts[0].matches("\\d{1,9}") || !parts[1].matches("\\d{1,9}")) {
      throw new TaskConfigurationException(
          "composite: \"" + entryId + "\" is no entry id; give VERSION.INDEX");
    }
    int version = Integer.parseInt(parts[0]);
    if (version < 1 || version > versions.size()) {
      throw new TaskConfigurationException(
          "composite: no version " + version + "; there are 1 to " + versions.size());
    }
    Task task = versions.get(version - 1);
    return task.judge(task.problem(Integer.parseInt(parts[1])), answer);
  }

  private CompositeTasks next(List<Member> changed, Task task, BigInteger taskSeed) {
    List<Task> known = new ArrayList<>(versions);
    known.add(task);
    List<BigInteger> knownSeeds = new ArrayList<>(seeds);
    knownSeeds.add(taskSeed);
    return new CompositeTasks(catalog, seed, size, changed, known, knownSeeds);
  }

  private List<Member> replaced(String task, Member by) {
    return members.stream().map(m -> m.name().equals(task) ? by : m).toList();
  }

  private Member member(String task) {
    return members.stream()
        .filter(m -> m.name().equals(task))
        .findFirst()
        .orElseThrow(
            () ->
                new TaskConfigurationException(
                    "composite: no task \""
                        + task
                        + "\"; "
                        + NearestName.suggestion(task, names())));
  }

  private static void checkWeight(String task, double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new TaskConfigurationException(
          "composite: weight of " + task + " = " + weight + " must be finite, at least 0");
    }
  }
}
