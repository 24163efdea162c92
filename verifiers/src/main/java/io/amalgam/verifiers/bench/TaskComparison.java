package io.amalgam.verifiers.bench;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The speed of a task beside the original's.
 *
 * @param task name of the task
 * @param ours speed here
 * @param original speed of the original; empty where it was not or could not be measured
 */
public record TaskComparison(String task, TaskSpeed ours, Optional<TaskSpeed> original) {
  /** How many times as many problems we generate. */
  public OptionalDouble problemRatio() {
    return ratio(ours.problems(), original.map(TaskSpeed::problems));
  }

  /** How many times as many answers we score. */
  public OptionalDouble answerRatio() {
    return ratio(ours.answers(), original.map(TaskSpeed::answers));
  }

  /** The median of a ratio over the tasks that have it. */
  public static OptionalDouble median(
      Collection<TaskComparison> tasks, Function<TaskComparison, OptionalDouble> ratio) {
    double[] sorted =
        tasks.stream().map(ratio).flatMapToDouble(OptionalDouble::stream).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sorted[middle] + sorted[(sorted.length - 1) / 2]) / 2);
  }

  private static OptionalDouble ratio(double ours, Optional<Double> original) {
    return original
        .filter(o -> o > 0)
        .map(o -> OptionalDouble.of(ours / o))
        .orElseGet(OptionalDouble::empty);
  }
}
