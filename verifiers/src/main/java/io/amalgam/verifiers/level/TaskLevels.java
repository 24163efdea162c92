package io.amalgam.verifiers.level;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a task stands in its curriculum: a level per attribute. Immutable; each move gives another
 * one.
 */
public final class TaskLevels {
  private final Curriculum curriculum;
  private final List<Integer> levels;

  private TaskLevels(Curriculum curriculum, List<Integer> levels) {
    this.curriculum = curriculum;
    this.levels = List.copyOf(levels);
  }

  /** The default level of every attribute. */
  public static TaskLevels initial(Curriculum curriculum) {
    return new TaskLevels(
        curriculum, curriculum.attributes().stream().map(LevelAttribute::defaultLevel).toList());
  }

  /** Every attribute at one level, or at its last one if it has fewer. */
  public static TaskLevels at(Curriculum curriculum, int level) {
    if (level < 0) {
      throw new IllegalArgumentException(
          curriculum.task() + ": level " + level + " must be at least 0");
    }
    return new TaskLevels(
        curriculum,
        curriculum.attributes().stream().map(a -> Math.min(level, a.lastLevel())).toList());
  }

  /**
   * The same with one attribute at another level.
   *
   * @throws IllegalArgumentException if there is no such attribute or level
   */
  public TaskLevels with(String attribute, int level) {
    List<Integer> changed = new ArrayList<>(levels);
    for (int i = 0; i < changed.size(); i++) {
      LevelAttribute a = curriculum.attributes().get(i);
      if (a.name().equals(attribute)) {
        if (level < 0 || level > a.lastLevel()) {
          throw new IllegalArgumentException(
              curriculum.task()
                  + ": level "
                  + level
                  + " of "
                  + attribute
                  + " must be from 0 to "
                  + a.lastLevel());
        }
        changed.set(i, level);
        return new TaskLevels(curriculum, changed);
      }
    }
    throw new IllegalArgumentException(
        curriculum.task() + ": no attribute \"" + attribute + "\" among " + levels().keySet());
  }

  /** The levels by attribute. */
  public Map<String, Integer> levels() {
    Map<String, Integer> byName = new LinkedHashMap<>();
    for (int i = 0; i < levels.size(); i++) {
      byName.put(curriculum.attributes().get(i).name(), levels.get(i));
    }
    return Collections.unmodifiableMap(byName);
  }

  /** The highest level of any attribute. */
  public int highest() {
    return levels.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** Whether some attribute has a higher level left. */
  public boolean canRise() {
    for (int i = 0; i < levels.size(); i++) {
      if (levels.get(i) < curriculum.attributes().get(i).lastLevel()) {
        return true;
      }
    }
    return false;
  }

  /**
   * One level higher: every attribute that has a higher level goes to the one above the present
   * highest level of all, or to its last.
   */
  public TaskLevels raised() {
    int target = highest() + 1;
    List<Integer> raised = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      raised.add(Math.min(target, curriculum.attributes().get(i).lastLevel()));
    }
    return new TaskLevels(curriculum, raised);
  }

  /** Whether some attribute stands above level 0. */
  public boolean canFall() {
    return highest() > 0;
  }

  /** One level lower: the attributes at the highest level lose one, the others stay. */
  public TaskLevels lowered() {
    int highest = highest();
    return new TaskLevels(
        curriculum, levels.stream().map(l -> l == highest && l > 0 ? l - 1 : l).toList());
  }

  /** The configuration of the task: the fields that its levels set. */
  public ObjectNode config(RangeMode mode) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < levels.size(); i++) {
      int level = levels.get(i);
      LevelAttribute attribute = curriculum.attributes().get(i);
      if (attribute instanceof LevelAttribute.Scalar scalar) {
        config.set(scalar.field(), scalar.levels().get(level).deepCopy());
      } else if (attribute instanceof LevelAttribute.Range range) {
        setRange(config, range, level, mode);
      }
    }
    return config;
  }

  /** A level whose value is itself a list is the range; otherwise two levels are its ends. */
  private static void setRange(
      ObjectNode config, LevelAttribute.Range range, int level, RangeMode mode) {
    List<JsonNode> ends = new ArrayList<>();
    if (range.levels().get(level).isArray()) {
      range.levels().get(level).forEach(ends::add);
    } else {
      ends.add(range.levels().get(mode.low(range, level)));
      ends.add(range.levels().get(mode.high(range, level)));
    }
    JsonNode least = ends.get(0);
    JsonNode greatest = ends.get(0);
    for (JsonNode end : ends) {
      least = end.doubleValue() < least.doubleValue() ? end : least;
      greatest = end.doubleValue() > greatest.doubleValue() ? end : greatest;
    }
    config.set(range.lower(), least);
    config.set(range.upper(), greatest);
  }

  /** The value of every attribute's present level, by the field it sets (of a range, the upper). */
  public ObjectNode values() {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < levels.size(); i++) {
      LevelAttribute attribute = curriculum.attributes().get(i);
      String field =
          attribute instanceof LevelAttribute.Range range
              ? range.upper()
              : ((LevelAttribute.Scalar) attribute).field();
      values.set(field, attribute.levels().get(levels.get(i)).deepCopy());
    }
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TaskLevels that
        && curriculum.task().equals(that.curriculum.task())
        && levels.equals(that.levels);
  }

  @Override
  public int hashCode() {
    return levels.hashCode();
  }

  @Override
  public String toString() {
    return curriculum.task() + levels();
  }
}
