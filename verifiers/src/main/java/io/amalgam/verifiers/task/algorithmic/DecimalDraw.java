package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;

/**
 * The fields of tasks about lists of decimal numbers.
 *
 * @param numbers how many numbers
 * @param decimals how many decimals each has
 * @param minValue the least number
 * @param maxValue the greatest number
 */
record DecimalDraw(SizeRange numbers, SizeRange decimals, JsonNode minValue, JsonNode maxValue) {
  /** More decimals than this are more than a number of double precision has. */
  private static final int MAX_DECIMALS = 300;

  static DecimalDraw of(FieldValues values) {
    SizeRange numbers = SizeRange.of(values, "min_numbers", "max_numbers", 1, SizeRange.MAX_LENGTH);
    SizeRange decimals = SizeRange.of(values, "min_decimals", "max_decimals", 0, MAX_DECIMALS);
    double minValue = values.number("min_value");
    double maxValue = values.number("max_value");
    values.require(maxValue > minValue, "max_value", "greater than min_value (" + minValue + ")");
    values.require(
        Double.isFinite(maxValue - minValue),
        "max_value",
        "such that its difference from min_value is finite");
    return new DecimalDraw(numbers, decimals, values.json("min_value"), values.json("max_value"));
  }

  /** Draws a number, not yet rounded. */
  double value(PythonRandom random) {
    return random.uniform(minValue.doubleValue(), maxValue.doubleValue());
  }

  /** The fields as metadata shows them. */
  ObjectNode difficulty() {
    ObjectNode difficulty = JsonNodeFactory.instance.objectNode();
    difficulty.set("numbers", numbers.json());
    difficulty.set("decimals", decimals.json());
    difficulty.putArray("value").add(minValue).add(maxValue);
    return difficulty;
  }
}
