package io.amalgam.policy.text.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A dictionary that keeps the order of insertion; keys are equal as numbers where they are numbers
 * (1, 1.0 and true).
 */
final class PyDict {
  /** One key as written and its value. */
  record Entry(Object key, Object value) {}

  private final Map<Object, Entry> entries = new LinkedHashMap<>();

  /** Only for building: a dictionary that a template can see is not changed any more. */
  PyDict put(Object key, Object value) {
    entries.merge(hashed(key), new Entry(key, value), (old, fresh) -> new Entry(old.key(), value));
    return this;
  }

  Optional<Object> get(Object key) {
    Entry entry = entries.get(hashed(key));
    return entry == null ? Optional.empty() : Optional.of(entry.value());
  }

  int size() {
    return entries.size();
  }

  List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  List<Object> keys() {
    List<Object> keys = new ArrayList<>(entries.size());
    entries.values().forEach(entry -> keys.add(entry.key()));
    return keys;
  }

  List<Object> values() {
    List<Object> values = new ArrayList<>(entries.size());
    entries.values().forEach(entry -> values.add(entry.value()));
    return values;
  }

  List<Object> pairs() {
    List<Object> pairs = new ArrayList<>(entries.size());
    entries.values().forEach(entry -> pairs.add(PyTuple.of(entry.key(), entry.value())));
    return pairs;
  }

  private static boolean hashable(Object key) {
    return !(key instanceof PyList || key instanceof PyDict || key instanceof PyView);
  }

  /** The value of a key; empty too for a key that no dictionary can have. */
  Optional<Object> getIfHashable(Object key) {
    return hashable(key) ? get(key) : Optional.empty();
  }

  /** The form under which equal keys meet. */
  static Object hashed(Object marked) {
    Object key = Markup.plain(marked);
    if (key instanceof Undefined) {
      return Undefined.class;
    }
    if (key instanceof Boolean truth) {
      return truth ? 1L : 0L;
    }
    if (key instanceof Double number && number == Math.rint(number) && !number.isInfinite()) {
      BigInteger whole = new java.math.BigDecimal(number).toBigInteger();
      return whole.bitLength() < 64 ? (Object) whole.longValue() : whole;
    }
    if (key instanceof PyTuple tuple) {
      List<Object> parts = new ArrayList<>();
      tuple.items().forEach(part -> parts.add(hashed(part)));
      return parts;
    }
    if (!hashable(key)) {
      throw JinjaException.type("unhashable type: '" + Python.typeName(key) + "'");
    }
    return key;
  }
}
