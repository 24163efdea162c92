package io.amalgam.verifiers.task;

import java.util.List;

/**
 * Brings tasks of one's own into the catalogue: a class with a public constructor without
 * arguments, named in a file {@code META-INF/services/io.amalgam.verifiers.task.TaskProvider} on
 * the class path.
 */
public interface TaskProvider {
  /** The tasks; none may have the name of another one. */
  List<TaskFamily> families();
}
