package io.amalgam.actors.bench;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The outcome of one turn.
 *
 * @param format the number format it was computed in, such as {@code bf16}
 * @param values at least one figure
 */
record Measured(String format, SortedMap<Quantity, Double> values) {
  Measured {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** A turn with a single figure. */
  static Measured of(String format, Quantity quantity, double value) {
    return new Measured(format, new TreeMap<>(Map.of(quantity, value)));
  }

  /** The figure, which must be there. */
  double get(Quantity quantity) {
    Double value = values.get(quantity);
    if (value == null) {
      throw new IllegalArgumentException("no " + quantity + " among " + values.keySet());
    }
    return value;
  }
}
