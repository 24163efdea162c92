package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of task as the catalogue knows it: its name, fields and how to make a configured one.
 *
 * <p>A task class declares its family as a constant; the catalogue lists that constant.
 *
 * @param name name in the catalogue
 * @param category family of tasks, for example {@code arithmetic}
 * @param fields configuration fields in the original's order
 * @param exactness what agrees with the original, in words
 * @param factory makes a task; throws {@link TaskConfigurationException} for values out of range
 */
public record TaskFamily(
    String name,
    String category,
    List<TaskField> fields,
    String exactness,
    Function<TaskSetup, Task> factory) {

  /** Copies the fields. */
  public TaskFamily {
    fields = List.copyOf(fields);
  }

  /** Starts a declaration. */
  public static Builder named(String name, String category) {
    return new Builder(name, category);
  }

  /** Collects the fields of a family in order. */
  public static final class Builder {
    private final String name;
    private final String category;
    private final List<TaskField> fields = new ArrayList<>();
    private String exactness = "question, answer, metadata and scores equal the original's";

    private Builder(String name, String category) {
      this.name = name;
      this.category = category;
    }

    /** Adds a whole-number field. */
    public Builder integer(String field, long defaultValue) {
      return add(
          field, TaskField.Type.INTEGER, JsonValues.integer(BigInteger.valueOf(defaultValue)));
    }

    /** Adds a number field. */
    public Builder number(String field, double defaultValue) {
      return add(field, TaskField.Type.NUMBER, DoubleNode.valueOf(defaultValue));
    }

    /** Adds a switch. */
    public Builder flag(String field, boolean defaultValue) {
      return add(field, TaskField.Type.BOOLEAN, BooleanNode.valueOf(defaultValue));
    }

    /** Adds a text field. */
    public Builder text(String field, String defaultValue) {
      return add(field, TaskField.Type.STRING, TextNode.valueOf(defaultValue));
    }

    /** Adds a field that holds a list of texts. */
    public Builder texts(String field, String... defaultValue) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (String element : defaultValue) {
        list.add(element);
      }
      return add(field, TaskField.Type.STRINGS, list);
    }

    private Builder add(String field, TaskField.Type type, JsonNode defaultValue) {
      fields.add(new TaskField(field, type, defaultValue));
      return this;
    }

    /** Says what agrees with the original, where it is not everything. */
    public Builder exactness(String words) {
      exactness = words;
      return this;
    }

    /** Ends the declaration with the constructor of the task. */
    public TaskFamily madeBy(Function<TaskSetup, Task> factory) {
      return new TaskFamily(name, category, fields, exactness, factory);
    }
  }
}
