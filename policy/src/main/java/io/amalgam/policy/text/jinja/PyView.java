package io.amalgam.policy.text.jinja;

import java.util.List;
import java.util.Optional;

/** Values with a length and an order but without positions: {@code dict.keys()} and its kin. */
record PyView(String type, List<Object> items) {
  /** Whether the view is a set as well: that of keys or items. */
  boolean set() {
    return !type.equals("dict_values");
  }

  /** The dictionary behind a view that is a set. */
  PyDict dict() {
    PyDict dict = new PyDict();
    for (Object item : items) {
      if (item instanceof PyTuple pair && type.equals("dict_items")) {
        dict.put(pair.items().get(0), pair.items().get(1));
      } else {
        dict.put(item, None.NONE);
      }
    }
    return dict;
  }

  /** Whether a value is in this view, of which {@code dict} is the dictionary. */
  boolean has(PyDict dict, Object value) {
    if (!type.equals("dict_items")) {
      return dict.get(value).isPresent();
    }
    return value instanceof PyTuple pair
        && pair.items().size() == 2
        && dict.get(pair.items().get(0))
            .filter(own -> Python.equal(own, pair.items().get(1)))
            .isPresent();
  }

  /** How this set compares with another: 0 if equal, -1 and 1 if one is part of the other. */
  Optional<Integer> compared(PyView other) {
    PyDict others = other.dict();
    PyDict own = dict();
    boolean below = items.stream().allMatch(item -> other.has(others, item));
    boolean above = other.items.stream().allMatch(item -> has(own, item));
    return below || above ? Optional.of((above ? 1 : 0) - (below ? 1 : 0)) : Optional.empty();
  }
}
