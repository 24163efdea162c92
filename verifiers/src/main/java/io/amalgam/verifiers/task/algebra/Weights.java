package io.amalgam.verifiers.task.algebra;

import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.task.FieldValues;

/** Reads lists of probabilities. */
final class Weights {
  private Weights() {}

  /**
   * The weights of a choice; refuses those that do not sum to 1.0 when rounded to one decimal, and
   * lists of another length than what is chosen from.
   */
  static double[] of(FieldValues values, String field, String optionsField, int options) {
    double[] weights = values.numbers(field).stream().mapToDouble(Double::doubleValue).toArray();
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    values.require(PythonFloat.fixed(sum, 1).equals("1.0"), field, "numbers that sum to 1.0");
    values.require(
        weights.length == options,
        field,
        "as many numbers as " + optionsField + " (" + options + ")");
    return weights;
  }
}
