package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.task.algorithmic.GraphColor;
import io.amalgam.verifiers.task.arithmetic.BasicArithmetic;
import io.amalgam.verifiers.task.arithmetic.ChainSum;
import io.amalgam.verifiers.task.arithmetic.CountBits;
import io.amalgam.verifiers.task.arithmetic.Dice;
import io.amalgam.verifiers.task.arithmetic.Gcd;
import io.amalgam.verifiers.task.arithmetic.LegCounting;
import io.amalgam.verifiers.task.arithmetic.PrimeFactorization;
import io.amalgam.verifiers.task.cognition.NumberSequence;
import io.amalgam.verifiers.task.games.Countdown;
import io.amalgam.verifiers.task.games.EmojiMystery;
import io.amalgam.verifiers.task.games.Futoshiki;
import io.amalgam.verifiers.task.games.Kakurasu;
import io.amalgam.verifiers.task.games.Maze;
import io.amalgam.verifiers.task.games.MiniSudoku;
import io.amalgam.verifiers.task.games.NQueens;
import io.amalgam.verifiers.task.games.Sokoban;
import io.amalgam.verifiers.task.games.Sudoku;
import io.amalgam.verifiers.task.games.Survo;
import io.amalgam.verifiers.task.games.TowerOfHanoi;
import io.amalgam.verifiers.task.graphs.ShortestPath;
import io.amalgam.verifiers.task.logic.SelfReference;
import io.amalgam.verifiers.task.logic.Syllogism;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All tasks by name. Immutable. */
public final class TaskCatalog {
  private static final TaskCatalog STANDARD =
      new TaskCatalog(standardFamilies(), TaskData.bundled());

  private final SortedMap<String, TaskFamily> families;
  private final TaskData data;

  /**
   * A catalogue of the given families; one of one's own can hold further tasks.
   *
   * @param data what tasks that draw from texts and word lists read
   */
  public TaskCatalog(List<TaskFamily> families, TaskData data) {
    this.data = data;
    Map<String, TaskFamily> byName =
        families.stream().collect(Collectors.toMap(TaskFamily::name, Function.identity()));
    this.families = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** The tasks that come with the system. */
  public static TaskCatalog standard() {
    return STANDARD;
  }

  /** The same tasks with other texts and word lists. */
  public TaskCatalog withData(TaskData other) {
    return new TaskCatalog(families(), other);
  }

  /** One line per task, so that lists of tasks can be merged. */
  private static List<TaskFamily> standardFamilies() {
    List<TaskFamily> all = new ArrayList<>();
    all.add(BasicArithmetic.FAMILY);
    all.add(ChainSum.FAMILY);
    all.add(CountBits.FAMILY);
    all.add(Countdown.FAMILY);
    all.add(Dice.FAMILY);
    all.add(EmojiMystery.FAMILY);
    all.add(Futoshiki.FAMILY);
    all.add(Gcd.FAMILY);
    all.add(GraphColor.FAMILY);
    all.add(Kakurasu.FAMILY);
    all.add(LegCounting.FAMILY);
    all.add(Maze.FAMILY);
    all.add(MiniSudoku.FAMILY);
    all.add(NQueens.FAMILY);
    all.add(NumberSequence.FAMILY);
    all.add(PrimeFactorization.FAMILY);
    all.add(SelfReference.FAMILY);
    all.add(ShortestPath.FAMILY);
    all.add(Sokoban.FAMILY);
    all.add(Sudoku.FAMILY);
    all.add(Survo.FAMILY);
    all.add(Syllogism.FAMILY);
    all.add(TowerOfHanoi.FAMILY);
    return all;
  }

  /** The families of this catalogue, to build a larger one from. */
  public List<TaskFamily> families() {
    return List.copyOf(families.values());
  }

  /** The names of all tasks. */
  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(families.keySet()));
  }

  /**
   * A configured task.
   *
   * @param config fields that differ from the defaults
   * @param seed base seed, any integer
   * @param size nominal number of problems, at least 1
   * @throws TaskConfigurationException for an unknown task or field, or a value of the wrong type
   *     or out of range
   */
  public Task create(String name, ObjectNode config, BigInteger seed, int size) {
    TaskFamily family = family(name);
    if (size < 1) {
      throw new TaskConfigurationException(name + ": size = " + size + " must be at least 1");
    }
    return family
        .factory()
        .apply(new TaskSetup(family, FieldValues.of(family, config), seed, size, data));
  }

  /**
   * What is known about a task.
   *
   * @throws TaskConfigurationException for an unknown task
   */
  public TaskDescription describe(String name) {
    TaskFamily family = family(name);
    return new TaskDescription(
        family.name(),
        family.category(),
        family.fields(),
        family.fidelity(),
        family.exactness(),
        family.isolated());
  }

  /** The files that a task's problems are drawn from. */
  public List<String> dataFiles(String name) {
    return family(name).data();
  }

  private TaskFamily family(String name) {
    TaskFamily family = families.get(name);
    if (family == null) {
      throw new TaskConfigurationException(
          "unknown task \"" + name + "\"; " + NearestName.suggestion(name, families.keySet()));
    }
    return family;
  }
}
