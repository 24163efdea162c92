package io.amalgam.verifiers.task;

import java.util.List;

/**
 * What a reader needs to know to use a task.
 *
 * @param name name in the catalogue
 * @param category family of tasks
 * @param fields configuration fields with types and defaults
 * @param exactness what agrees with the original, in words
 */
public record TaskDescription(
    String name, String category, List<TaskField> fields, String exactness) {}
