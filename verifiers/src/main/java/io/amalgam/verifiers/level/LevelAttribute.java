package io.amalgam.verifiers.level;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One dimension in which a task gets harder: a list of levels, each with its value. */
public sealed interface LevelAttribute {
  /** Its name. */
  String name();

  /** The values by level, easiest first. */
  List<JsonNode> levels();

  /** The level to begin with. */
  int defaultLevel();

  /** The last level. */
  default int lastLevel() {
    return levels().size() - 1;
  }

  /**
   * A level sets one field.
   *
   * @param field the field of the task's configuration
   */
  record Scalar(String name, String field, List<JsonNode> levels, int defaultLevel)
      implements LevelAttribute {
    /** Copies the levels. */
    public Scalar {
      levels = List.copyOf(levels);
    }
  }

  /**
   * A level sets the ends of a range.
   *
   * @param lower field of the lower end
   * @param upper field of the upper end
   * @param interval whether the range must span two levels
   */
  record Range(
      String name,
      String lower,
      String upper,
      boolean interval,
      List<JsonNode> levels,
      int defaultLevel)
      implements LevelAttribute {
    /** Copies the levels. */
    public Range {
      levels = List.copyOf(levels);
    }
  }
}
