package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;

/**
 * A pair of fields that bound a size drawn per problem.
 *
 * @param low smallest size
 * @param high largest size
 */
record SizeRange(int low, int high) {
  /** Largest side of a square or rectangle of numbers. */
  static final int MAX_SIDE = 10_000;

  /** Largest length of anything else. */
  static final int MAX_LENGTH = 1_000_000;

  /** Reads the pair; refuses a low below {@code least}, a high below low or above {@code most}. */
  static SizeRange of(FieldValues values, String lowField, String highField, int least, int most) {
    int low = values.count(lowField, least, most);
    values.requireAtLeast(highField, lowField);
    return new SizeRange(low, values.count(highField, least, most));
  }

  /** Draws a size. */
  int draw(PythonRandom random) {
    return random.randint(low, high);
  }

  /** The pair as metadata shows it. */
  ArrayNode json() {
    return JsonValues.range(low, high);
  }
}
