package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.task.algorithmic.GraphColor;
import io.amalgam.verifiers.task.arithmetic.BasicArithmetic;
import io.amalgam.verifiers.task.arithmetic.ChainSum;
import io.amalgam.verifiers.task.arithmetic.CountBits;
import io.amalgam.verifiers.task.arithmetic.Gcd;
import io.amalgam.verifiers.task.arithmetic.LegCounting;
import io.amalgam.verifiers.task.arithmetic.PrimeFactorization;
import io.amalgam.verifiers.task.cognition.NumberSequence;
import io.amalgam.verifiers.task.games.Countdown;
import io.amalgam.verifiers.task.logic.SelfReference;
import io.amalgam.verifiers.task.logic.Syllogism;
import io.amalgam.verifiers.task.algebra.ComplexArithmetic;
import io.amalgam.verifiers.task.algebra.SimpleEquations;
import io.amalgam.verifiers.task.algebra.SimpleIntegration;
import io.amalgam.verifiers.task.geometry.SimpleGeometry;
import io.amalgam.verifiers.task.algebra.PolynomialEquations;
import io.amalgam.verifiers.task.geometry.AdvancedGeometry;
import io.amalgam.verifiers.task.algebra.IntermediateIntegration;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** All tasks by name. Immutable. */
public final class TaskCatalog {
  private static final TaskCatalog STANDARD =
      new TaskCatalog(standardFamilies(), TaskData.bundled());

  private final SortedMap<String, TaskFamily> families;
  private final TaskData data;
  private final boolean cascade;

  /**
   * A catalogue of the given families; one of one's own can hold further tasks.
   *
   * @param data what tasks that draw from texts and word lists read
   */
  public TaskCatalog(List<TaskFamily> families, TaskData data) {
    this(families, data, false);
  }

  private TaskCatalog(List<TaskFamily> families, TaskData data, boolean cascade) {
    this.data = data;
    this.cascade = cascade;
    SortedMap<String, TaskFamily> byName = new TreeMap<>();
    for (TaskFamily family : families) {
      if (byName.put(family.name(), family) != null) {
        throw new TaskConfigurationException(
            "task " + family.name() + " exists twice; give one of them another name");
      }
    }
    this.families = Collections.unmodifiableSortedMap(byName);
  }

  /** The tasks that come with the system. */
  public static TaskCatalog standard() {
    return STANDARD;
  }

  /**
   * The tasks that come with the system and those that providers on the class path bring.
   *
   * @throws TaskConfigurationException if two tasks have the same name
   */
  public static TaskCatalog installed() {
    List<TaskFamily> all = standardFamilies();
    for (TaskProvider provider : ServiceLoader.load(TaskProvider.class)) {
      all.addAll(provider.families());
    }
    return new TaskCatalog(all, TaskData.bundled());
  }

  /** The same tasks with further ones. */
  public TaskCatalog with(List<TaskFamily> more) {
    List<TaskFamily> all = new ArrayList<>(families.values());
    all.addAll(more);
    return new TaskCatalog(all, data, cascade);
  }

  /** The same tasks with other texts and word lists. */
  public TaskCatalog withData(TaskData other) {
    return new TaskCatalog(families(), other, cascade);
  }

  /** The same tasks, with answers that differ from the reference in notation alone accepted. */
  public TaskCatalog cascading() {
    return new TaskCatalog(families(), data, true);
  }

  /** One line per task, so that lists of tasks can be merged. */
  private static List<TaskFamily> standardFamilies() {
    List<TaskFamily> all = new ArrayList<>();
    all.add(BasicArithmetic.FAMILY);
    all.add(ChainSum.FAMILY);
    all.add(CountBits.FAMILY);
    all.add(Countdown.FAMILY);
    all.add(Gcd.FAMILY);
    all.add(GraphColor.FAMILY);
    all.add(LegCounting.FAMILY);
    all.add(NumberSequence.FAMILY);
    all.add(PrimeFactorization.FAMILY);
    all.add(SelfReference.FAMILY);
    all.add(Syllogism.FAMILY);
    all.add(ComplexArithmetic.FAMILY);
    all.add(SimpleEquations.FAMILY);
    all.add(SimpleIntegration.FAMILY);
    all.add(SimpleGeometry.FAMILY);
    all.add(PolynomialEquations.FAMILY);
    all.add(AdvancedGeometry.FAMILY);
    all.add(IntermediateIntegration.FAMILY);
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
    Task task =
        family
            .factory()
            .apply(new TaskSetup(family, FieldValues.of(family, config), seed, size, data));
    return cascade ? new CascadingTask(task) : task;
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
