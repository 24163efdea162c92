package io.amalgam.verifiers.task;

import java.util.List;

/**
 * What a reader needs to know to use a task.
 *
 * @param name name in the catalogue
 * @param category family of tasks
 * @param fields configuration fields with types and defaults
 * @param fidelity how much agrees with the original
 * @param exactness the same in words
 * @param isolated whether answers are judged in a process of their own
 * @param sized whether the problem at an index depends on the size of the data set
 */
public record TaskDescription(
    String name,
    String category,
    List<TaskField> fields,
    Fidelity fidelity,
    String exactness,
    boolean isolated,
    boolean sized) {}
