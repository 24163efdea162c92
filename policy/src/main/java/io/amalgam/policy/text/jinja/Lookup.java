package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Attributes, items and slices. */
final class Lookup {
  private static final Set<String> CHANGES_LIST =
      Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");
  private static final Set<String> CHANGES_DICT =
      Set.of("clear", "pop", "popitem", "setdefault", "update");

  private Lookup() {}

  /** {@code owner.name}: an attribute or method first, then an item. */
  static Object attribute(Object owner, String name) {
    Python.refuseUndefined(owner);
    return own(owner, name)
        .or(() -> itemIfAny(owner, name))
        .orElseGet(() -> Undefined.attribute(owner, name));
  }

  /** {@code owner[key]}: an item first, then an attribute or method. */
  static Object item(Object owner, Object marked) {
    Object key = Markup.plain(marked);
    Python.refuseUndefined(owner);
    return itemIfAny(owner, key)
        .or(() -> key instanceof String name ? own(owner, name) : Optional.empty())
        .orElseGet(() -> Undefined.attribute(owner, key));
  }

  /** The attribute of the value itself. */
  static Optional<Object> own(Object owner, String name) {
    if (owner instanceof Markup markup) {
      return markup.attribute(name);
    }
    if (owner instanceof Namespace namespace) {
      return Optional.ofNullable(namespace.values().get(name));
    }
    if (owner instanceof PyDict dict) {
      return CHANGES_DICT.contains(name)
          ? Optional.of(Undefined.unsafe(owner, name))
          : ContainerMethods.ofDict(dict, name);
    }
    if (owner instanceof String text) {
      return TextMethods.of(text, name);
    }
    if (owner instanceof PyList list) {
      return CHANGES_LIST.contains(name)
          ? Optional.of(Undefined.unsafe(owner, name))
          : ContainerMethods.ofList(list.items(), "list", name);
    }
    if (owner instanceof PyTuple tuple) {
      int position = tuple.names().indexOf(name);
      return position >= 0
          ? Optional.of(tuple.items().get(position))
          : ContainerMethods.ofList(tuple.items(), "tuple", name);
    }
    if (owner instanceof PyRange range) {
      return ContainerMethods.ofRange(range, name);
    }
    if (owner instanceof PyView view) {
      return ContainerMethods.ofView(view, name);
    }
    if (owner instanceof Loop loop) {
      return loop.attribute(name);
    }
    if (owner instanceof Macro macro) {
      return macro.attribute(name);
    }
    if (owner instanceof Globals.DictType type) {
      return type.attribute(name);
    }
    if (owner instanceof Globals.Cycler cycler) {
      return cycler.attribute(name);
    }
    return ContainerMethods.ofNumber(owner, name);
  }

  private static Optional<Object> itemIfAny(Object owner, Object key) {
    if (owner instanceof Markup markup) {
      return itemIfAny(markup.text(), key).map(letter -> new Markup((String) letter));
    }
    if (owner instanceof PyDict dict) {
      return dict.getIfHashable(key);
    }
    if (!Python.isInteger(key)) {
      return Optional.empty();
    }
    int index = Python.index(key);
    if (owner instanceof String text) {
      int length = CodePoints.length(text);
      int at = index < 0 ? index + length : index;
      return at < 0 || at >= length
          ? Optional.empty()
          : Optional.of(CodePoints.slice(text, at, at + 1));
    }
    Optional<List<Object>> items = positioned(owner);
    if (items.isEmpty()) {
      return Optional.empty();
    }
    int length = items.get().size();
    int at = index < 0 ? index + length : index;
    return at < 0 || at >= length ? Optional.empty() : Optional.of(items.get().get(at));
  }

  /** The elements of a value that can be indexed. */
  static Optional<List<Object>> positioned(Object value) {
    return value instanceof PyList || value instanceof PyTuple || value instanceof PyRange
        ? Python.sized(value)
        : Optional.empty();
  }

  /** {@code value[from:to:step]}, each bound possibly {@code none}. */
  static Object slice(Run run, Object value, Object from, Object to, Object step) {
    Python.refuseUndefined(value);
    if (value instanceof Markup markup) {
      return new Markup((String) slice(run, markup.text(), from, to, step));
    }
    int by = step == None.NONE ? 1 : bound(step);
    if (by == 0) {
      throw JinjaException.type("slice step cannot be zero");
    }
    boolean text = value instanceof String;
    if (!text && positioned(value).isEmpty()) {
      throw JinjaException.type("'" + Python.typeName(value) + "' object cannot be sliced");
    }
    int length = Python.length(value);
    int start = clamp(from, length, by, by > 0 ? 0 : length - 1);
    int stop = clamp(to, length, by, by > 0 ? length : -1);
    run.budget().allocate(Math.max(0, by > 0 ? stop - start : start - stop));
    if (text && by == 1) {
      return start >= stop ? "" : CodePoints.slice((String) value, start, stop);
    }
    if (value instanceof PyRange range) {
      return PyRange.of(
          range.from() + start * range.step(),
          range.from() + stop * range.step(),
          range.step() * by);
    }
    List<Object> items = Python.elements(value);
    List<Object> out = new ArrayList<>();
    for (long i = start; by > 0 ? i < stop : i > stop; i += by) {
      out.add(items.get((int) i));
    }
    if (text) {
      StringBuilder joined = new StringBuilder();
      out.forEach(joined::append);
      return joined.toString();
    }
    return value instanceof PyTuple ? new PyTuple(out) : new PyList(out);
  }

  /** Whether the value can be sliced at all, and by bounds of these kinds. */
  static boolean sliceable(Object value, Object... bounds) {
    return (value instanceof String || positioned(value).isPresent())
        && Arrays.stream(bounds).allMatch(one -> one == None.NONE || Python.isInteger(one));
  }

  private static int bound(Object value) {
    if (!Python.isInteger(value)) {
      throw JinjaException.type("slice indices must be integers or None");
    }
    return Python.index(value);
  }

  private static int clamp(Object bound, int length, int step, int absent) {
    if (bound == None.NONE) {
      return absent;
    }
    int at = bound(bound);
    if (at < 0) {
      at += length;
      return at < 0 ? (step > 0 ? 0 : -1) : at;
    }
    return at >= length ? (step > 0 ? length : length - 1) : at;
  }
}
