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
 * @param fidelity how much agrees with the original
 * @param exactness the same in words
 * @param isolated whether judging an answer may run away (searches, algebra, programs), so that it
 *     is done in a process of its own
 * @param data files that problems are drawn from
 * @param sized whether the problem at an index depends on the size of the data set
 * @param factory makes a task; throws {@link TaskConfigurationException} for values out of range
 */
public record TaskFamily(
    String name,
    String category,
    List<TaskField> fields,
    Fidelity fidelity,
    String exactness,
    boolean isolated,
    List<String> data,
    boolean sized,
    Function<TaskSetup, Task> factory) {

  /** Copies the lists. */
  public TaskFamily {
    fields = List.copyOf(fields);
    data = List.copyOf(data);
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
    private Fidelity fidelity = Fidelity.COMPLETE;
    private String exactness = Fidelity.COMPLETE.words();
    private boolean isolated;
    private List<String> data = List.of();
    private boolean sized;

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

    /** Adds a number field whose default is written as a whole number. */
    public Builder numberFromWhole(String field, long defaultValue) {
      return add(
          field, TaskField.Type.NUMBER, JsonValues.integer(BigInteger.valueOf(defaultValue)));
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

    /** Adds a field that holds a list of whole numbers. */
    public Builder integers(String field, long... defaultValue) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (long element : defaultValue) {
        list.add(JsonValues.integer(BigInteger.valueOf(element)));
      }
      return add(field, TaskField.Type.INTEGERS, list);
    }

    /** Adds a field that holds a list of numbers. */
    public Builder numbers(String field, double... defaultValue) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (double element : defaultValue) {
        list.add(element);
      }
      return add(field, TaskField.Type.NUMBERS, list);
    }

    /** Adds a field of any JSON value; the task checks it. */
    public Builder json(String field, JsonNode defaultValue) {
      return add(field, TaskField.Type.JSON, defaultValue);
    }

    private Builder add(String field, TaskField.Type type, JsonNode defaultValue) {
      fields.add(new TaskField(field, type, defaultValue));
      return this;
    }

    /** Says what agrees with the original, where it is not everything. */
    public Builder fidelity(Fidelity degree, String words) {
      fidelity = degree;
      exactness = words;
      return this;
    }

    /** Judging an answer may run away: it is done in a process of its own. */
    public Builder isolated() {
      isolated = true;
      return this;
    }

    /** The problem at an index depends on the size of the data set. */
    public Builder sized() {
      sized = true;
      return this;
    }

    /** Names the files that problems are drawn from. */
    public Builder data(String... files) {
      data = List.of(files);
      return this;
    }

    /** Ends the declaration with the constructor of the task. */
    public TaskFamily madeBy(Function<TaskSetup, Task> factory) {
      return new TaskFamily(
          name, category, fields, fidelity, exactness, isolated, data, sized, factory);
    }
  }
}
