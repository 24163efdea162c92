package io.amalgam.verifiers.curriculum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a run stands in its problems: the next ordinal to ask for and how each task went so far.
 * Immutable; a checkpoint holds it as JSON.
 *
 * @param nextOrdinal ordinal of the next training problem, from 0
 * @param tasks progress by task name
 */
public record CurriculumState(long nextOrdinal, SortedMap<String, TaskProgress> tasks) {

  /** Checks the ordinal and copies the progress. */
  public CurriculumState {
    if (nextOrdinal < 0) {
      throw new IllegalArgumentException(
          "curriculum: next ordinal " + nextOrdinal + " is negative");
    }
    tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
  }

  /** The state of a run that has asked nothing yet. */
  public static CurriculumState initial() {
    return new CurriculumState(0, Collections.emptySortedMap());
  }

  /** The state after the next ordinal was taken. */
  public CurriculumState advanced() {
    return new CurriculumState(Math.addExact(nextOrdinal, 1), tasks);
  }

  /** How a task went so far. */
  public TaskProgress of(String task) {
    TaskProgress known = tasks.get(task);
    return known == null ? TaskProgress.initial() : known;
  }

  /** The same with other progress of one task. */
  public CurriculumState with(String task, TaskProgress progress) {
    SortedMap<String, TaskProgress> changed = new TreeMap<>(tasks);
    changed.put(task, progress);
    return new CurriculumState(nextOrdinal, changed);
  }

  /** The state as JSON: {@code {next_ordinal, tasks: {name: progress}}}. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("next_ordinal", nextOrdinal);
    ObjectNode all = json.putObject("tasks");
    tasks.forEach((name, progress) -> all.set(name, progress.toJson()));
    return json;
  }

  /**
   * The state that {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if a field is missing or impossible
   */
  public static CurriculumState fromJson(ObjectNode json) {
    SortedMap<String, TaskProgress> all = new TreeMap<>();
    for (Map.Entry<String, JsonNode> task : json.path("tasks").properties()) {
      all.put(task.getKey(), TaskProgress.fromJson(task.getValue()));
    }
    return new CurriculumState(TaskProgress.whole(json, "next_ordinal"), all);
  }
}
