package io.amalgam.policy.text.jinja;

import java.util.Iterator;
import java.util.List;

/** A sequence that can be walked once: what {@code map}, {@code select} and their kin give. */
final class PyIterator {
  private final String type;
  private final Iterator<Object> rest;

  PyIterator(String type, List<Object> items) {
    this.type = type;
    this.rest = items.iterator();
  }

  String type() {
    return type;
  }

  Iterator<Object> rest() {
    return rest;
  }
}
