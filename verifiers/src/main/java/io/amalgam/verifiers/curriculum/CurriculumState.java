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
 * @param tasks counters by task name
 */
public record CurriculumState(long nextOrdinal, SortedMap<String, Counter> tasks) {

  /**
   * What became of one task's completions.
   *
   * @param seen completions judged
   * @param solved completions with a full score
   */
  public record Counter(long seen, long solved) {
    /** Checks that 0 ≤ solved ≤ seen. */
    public Counter {
      if (solved < 0 || seen < solved) {
        throw new IllegalArgumentException(
            "curriculum counter: solved " + solved + " of seen " + seen);
      }
    }
  }

  /** Checks the ordinal and copies the counters. */
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

  /** The state after more completions of a task were judged. */
  public CurriculumState judged(String task, long seen, long solved) {
    SortedMap<String, Counter> counters = new TreeMap<>(tasks);
    counters.merge(
        task,
        new Counter(seen, solved),
        (a, b) -> new Counter(a.seen + b.seen, a.solved + b.solved));
    return new CurriculumState(nextOrdinal, counters);
  }

  /** The state as JSON: {@code {next_ordinal, tasks: {name: {seen, solved}}}}. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("next_ordinal", nextOrdinal);
    ObjectNode counters = json.putObject("tasks");
    tasks.forEach(
        (name, counter) ->
            counters.putObject(name).put("seen", counter.seen).put("solved", counter.solved));
    return json;
  }

  /**
   * The state that {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if a field is missing or impossible
   */
  public static CurriculumState fromJson(ObjectNode json) {
    SortedMap<String, Counter> counters = new TreeMap<>();
    for (Map.Entry<String, JsonNode> task : json.path("tasks").properties()) {
      counters.put(
          task.getKey(),
          new Counter(number(task.getValue(), "seen"), number(task.getValue(), "solved")));
    }
    return new CurriculumState(number(json, "next_ordinal"), counters);
  }

  private static long number(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException("curriculum: " + field + " must be a whole number");
    }
    return value.longValue();
  }
}
