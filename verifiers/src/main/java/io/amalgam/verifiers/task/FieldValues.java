package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The complete configuration of one task, defaults filled in and types checked; reads fields as
 * Java values.
 *
 * <p>Ranges are checked by the task with {@link #require}, whose message names task, field, value
 * and bound.
 */
public final class FieldValues {
  private final TaskFamily family;
  private final ObjectNode values;

  private FieldValues(TaskFamily family, ObjectNode values) {
    this.family = family;
    this.values = values;
  }

  /**
   * Fills the family's defaults into a configuration.
   *
   * @throws TaskConfigurationException for a field that the family does not have or a value of
   *     another type
   */
  public static FieldValues of(TaskFamily family, ObjectNode config) {
    List<String> names = family.fields().stream().map(TaskField::name).toList();
    for (Iterator<String> given = config.fieldNames(); given.hasNext(); ) {
      String name = given.next();
      if (!names.contains(name)) {
        throw new TaskConfigurationException(
            family.name()
                + ": unknown field \""
                + name
                + "\"; "
                + NearestName.suggestion(name, names));
      }
    }
    ObjectNode complete = JsonNodeFactory.instance.objectNode();
    for (TaskField field : family.fields()) {
      JsonNode value = config.has(field.name()) ? config.get(field.name()) : field.defaultValue();
      if (!field.type().accepts(value)) {
        throw new TaskConfigurationException(
            family.name()
                + ": "
                + field.name()
                + " = "
                + value
                + " must be "
                + field.type().description());
      }
      complete.set(field.name(), value.deepCopy());
    }
    return new FieldValues(family, complete);
  }

  /** A copy of all values. */
  public ObjectNode toJson() {
    return values.deepCopy();
  }

  /** A whole number of any size. */
  public BigInteger integer(String field) {
    return values.get(field).bigIntegerValue();
  }

  /** A whole number that counts things; refuses what lies outside {@code low} to {@code high}. */
  public int count(String field, int low, int high) {
    BigInteger value = integer(field);
    require(value.compareTo(BigInteger.valueOf(low)) >= 0, field, "at least " + low);
    require(value.compareTo(BigInteger.valueOf(high)) <= 0, field, "at most " + high);
    return value.intValueExact();
  }

  /** A number. */
  public double number(String field) {
    return values.get(field).doubleValue();
  }

  /** A switch. */
  public boolean flag(String field) {
    return values.get(field).booleanValue();
  }

  /** A text; refuses what is not among {@code allowed}. */
  public String text(String field, List<String> allowed) {
    String value = values.get(field).textValue();
    require(allowed.contains(value), field, "one of " + allowed);
    return value;
  }

  /** A text of any kind. */
  public String text(String field) {
    return values.get(field).textValue();
  }

  /** A list of whole numbers. */
  public List<BigInteger> integers(String field) {
    List<BigInteger> elements = new ArrayList<>();
    values.get(field).forEach(element -> elements.add(element.bigIntegerValue()));
    return List.copyOf(elements);
  }

  /** A list of numbers. */
  public List<Double> numbers(String field) {
    List<Double> elements = new ArrayList<>();
    values.get(field).forEach(element -> elements.add(element.doubleValue()));
    return List.copyOf(elements);
  }

  /** A list of any texts, empty or not. */
  public List<String> anyTexts(String field) {
    List<String> elements = new ArrayList<>();
    values.get(field).forEach(element -> elements.add(element.textValue()));
    return List.copyOf(elements);
  }

  /** A JSON value; not to be changed. */
  public JsonNode json(String field) {
    return values.get(field);
  }

  /**
   * Refuses {@code low > high}, and a {@code low} below a bound: the usual pair of a minimum and a
   * maximum.
   */
  public void requireRange(String lowField, String highField, long least) {
    require(
        integer(lowField).compareTo(BigInteger.valueOf(least)) >= 0, lowField, "at least " + least);
    requireAtLeast(highField, lowField);
  }

  /** Refuses a number outside {@code low} to {@code high}, both allowed. */
  public double fraction(String field, double low, double high) {
    double value = number(field);
    require(value >= low && value <= high, field, "between " + low + " and " + high);
    return value;
  }

  /** A non-empty list of texts; refuses elements that are not among {@code allowed}. */
  public List<String> texts(String field, List<String> allowed) {
    List<String> elements = new ArrayList<>();
    values.get(field).forEach(element -> elements.add(element.textValue()));
    require(!elements.isEmpty(), field, "a list with at least one element");
    require(allowed.containsAll(elements), field, "a list of elements of " + allowed);
    return List.copyOf(elements);
  }

  /**
   * Refuses the configuration unless a condition on a field holds.
   *
   * @param bound what the field must be, continuing "must be"
   */
  public void require(boolean holds, String field, String bound) {
    if (!holds) {
      throw new TaskConfigurationException(
          family.name() + ": " + field + " = " + values.get(field) + " must be " + bound);
    }
  }

  /** Refuses the configuration unless one whole-number field is at least another. */
  public void requireAtLeast(String field, String otherField) {
    BigInteger other = integer(otherField);
    require(
        integer(field).compareTo(other) >= 0, field, "at least " + otherField + " (" + other + ")");
  }
}
