package io.amalgam.policy.text.jinja;

import java.util.List;

/** A tuple, with names for its elements where {@code groupby} made it. */
record PyTuple(List<Object> items, List<String> names) {
  PyTuple(List<Object> items) {
    this(items, List.of());
  }

  static PyTuple of(Object... items) {
    return new PyTuple(List.of(items));
  }
}
