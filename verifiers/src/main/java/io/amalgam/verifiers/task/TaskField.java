package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One configuration field of a task.
 *
 * @param name name as in the original
 * @param type what values it takes
 * @param defaultValue the value when the configuration does not name the field
 */
public record TaskField(String name, Type type, JsonNode defaultValue) {

  /** The kinds of value a field takes. */
  public enum Type {
    /** A whole number of any size. */
    INTEGER("a whole number"),
    /** A finite number. */
    NUMBER("a number"),
    /** True or false. */
    BOOLEAN("true or false"),
    /** A text. */
    STRING("a text"),
    /** A list of texts. */
    STRINGS("a list of texts"),
    /** A list of whole numbers. */
    INTEGERS("a list of whole numbers"),
    /** A list of finite numbers. */
    NUMBERS("a list of numbers"),
    /** Any JSON value, checked by the task. */
    JSON("a JSON value");

    private final String description;

    Type(String description) {
      this.description = description;
    }

    /** The kind in words, for error messages. */
    public String description() {
      return description;
    }

    /** Whether a value is of this kind. */
    public boolean accepts(JsonNode value) {
      switch (this) {
        case INTEGER:
          return value.isIntegralNumber();
        case NUMBER:
          return value.isNumber() && Double.isFinite(value.doubleValue());
        case BOOLEAN:
          return value.isBoolean();
        case STRING:
          return value.isTextual();
        case STRINGS:
          return isList(value, STRING);
        case INTEGERS:
          return isList(value, INTEGER);
        case NUMBERS:
          return isList(value, NUMBER);
        case JSON:
          return true;
      }
      throw new AssertionError(this);
    }

    private static boolean isList(JsonNode value, Type element) {
      if (!value.isArray()) {
        return false;
      }
      for (JsonNode each : value) {
        if (!element.accepts(each)) {
          return false;
        }
      }
      return true;
    }
  }
}
