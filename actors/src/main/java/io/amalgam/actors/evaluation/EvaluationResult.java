package io.amalgam.actors.evaluation;

import java.time.Duration;
import java.util.SortedMap;

/**
 * What one read-out of one policy version gave.
 *
 * @param mode {@code mixture}, {@code discrete} or {@code greedy}
 * @param version policy version that was read out
 * @param overall accuracy over all problems of all tasks
 * @param tasks accuracy per task, by name
 * @param tokens tokens generated
 * @param took wall time
 */
public record EvaluationResult(
    String mode,
    long version,
    Accuracy overall,
    SortedMap<String, Accuracy> tasks,
    long tokens,
    Duration took) {}
