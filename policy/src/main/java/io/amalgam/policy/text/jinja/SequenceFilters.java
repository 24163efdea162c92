package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Filters that take a sequence: its ends, its order, its pieces. */
final class SequenceFilters {
  private SequenceFilters() {}

  static void register(Map<String, Filters.Filter> all) {
    all.put("length", (run, value, a) -> length(value, a));
    all.put("count", (run, value, a) -> length(value, a));
    all.put("first", SequenceFilters::first);
    all.put("last", SequenceFilters::last);
    all.put(
        "list",
        (run, value, a) -> {
          a.bind("list", 0);
          List<Object> items = Python.elements(value);
          run.budget().allocate(items.size());
          return new PyList(new ArrayList<>(items));
        });
    all.put("items", SequenceFilters::items);
    all.put("reverse", SequenceFilters::reverse);
    all.put("sort", SequenceFilters::sort);
    all.put("dictsort", SequenceFilters::dictsort);
    all.put("unique", SequenceFilters::unique);
    all.put("min", (run, value, a) -> extreme(run, "min", value, a, -1));
    all.put("max", (run, value, a) -> extreme(run, "max", value, a, 1));
    all.put("sum", SequenceFilters::sum);
    all.put("join", SequenceFilters::join);
    all.put("batch", SequenceFilters::batch);
    all.put("slice", SequenceFilters::slice);
    all.put("default", SequenceFilters::orElse);
    all.put("d", SequenceFilters::orElse);
    all.put(
        "attr",
        (run, value, a) -> {
          String name = a.bind("attr", 1, "name").text(0);
          if (!name.startsWith("__")) {
            Python.refuseUndefined(value);
          }
          return Lookup.own(value, name).orElseGet(() -> Undefined.attribute(value, name));
        });
  }

  private static Object length(Object value, Arguments arguments) {
    arguments.bind("length", 0);
    return (long) Python.length(value);
  }

  private static Object orElse(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("default", 0, "default_value", "boolean");
    boolean replace = value instanceof Undefined || (bound.truth(1, false) && !Python.truth(value));
    return replace ? bound.get(0, "") : value;
  }

  private static Object first(Run run, Object value, Arguments arguments) {
    arguments.bind("first", 0);
    if (value instanceof PyIterator iterator) {
      return iterator.rest().hasNext()
          ? iterator.rest().next()
          : new Undefined("No first item, sequence was empty.");
    }
    List<Object> items = Python.elements(value);
    return items.isEmpty() ? new Undefined("No first item, sequence was empty.") : items.get(0);
  }

  private static Object last(Run run, Object value, Arguments arguments) {
    arguments.bind("last", 0);
    if (value instanceof PyIterator iterator) {
      throw JinjaException.type("'" + iterator.type() + "' object is not reversible");
    }
    List<Object> items = Python.elements(value);
    return items.isEmpty()
        ? new Undefined("No last item, sequence was empty.")
        : items.get(items.size() - 1);
  }

  private static Object items(Run run, Object value, Arguments arguments) {
    arguments.bind("items", 0);
    if (value instanceof Undefined) {
      return new PyIterator("generator", List.of());
    }
    if (!(value instanceof PyDict dict)) {
      throw JinjaException.type("Can only get item pairs from a mapping.");
    }
    run.budget().allocate(dict.size());
    return new PyIterator("generator", dict.pairs());
  }

  private static Object reverse(Run run, Object value, Arguments arguments) {
    arguments.bind("reverse", 0);
    if (value instanceof String text) {
      run.budget().allocate(text.length());
      return new StringBuilder(text).reverse().toString();
    }
    List<Object> items = new ArrayList<>(Python.elements(value));
    run.budget().allocate(items.size());
    Collections.reverse(items);
    // what can be walked once only is made a list first, and stays one
    return value instanceof PyIterator
        ? new PyList(items)
        : new PyIterator("list_reverseiterator", items);
  }

  private static Object sort(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("sort", 0, "reverse", "case_sensitive", "attribute");
    boolean caseful = bound.truth(1, false);
    List<Keys.Part> parts = Keys.parts(bound.get(2));
    return new PyList(
        Keys.sorted(
            run,
            Python.elements(value),
            item -> Keys.all(item, parts, !caseful),
            bound.truth(0, false)));
  }

  private static Object dictsort(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("dictsort", 0, "case_sensitive", "by", "reverse");
    if (!(value instanceof PyDict dict)) {
      throw JinjaException.type("dictsort needs a mapping");
    }
    String by = bound.has(1) ? bound.text(1) : "key";
    if (!by.equals("key") && !by.equals("value")) {
      throw JinjaException.type("You can only sort by either \"key\" or \"value\"");
    }
    int position = by.equals("key") ? 0 : 1;
    boolean caseful = bound.truth(0, false);
    return new PyList(
        Keys.sorted(
            run,
            dict.pairs(),
            pair -> Keys.folded(((PyTuple) pair).items().get(position), !caseful),
            bound.truth(2, false)));
  }

  private static Object unique(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("unique", 0, "case_sensitive", "attribute");
    boolean caseful = bound.truth(0, false);
    Set<Object> seen = new HashSet<>();
    List<Object> out = new ArrayList<>();
    for (Object item : Python.elements(value)) {
      run.budget().step();
      if (seen.add(
          PyDict.hashed(Keys.folded(Keys.one(item, bound.get(1), Optional.empty()), !caseful)))) {
        out.add(item);
      }
    }
    return new PyIterator("generator", out);
  }

  private static Object extreme(Run run, String name, Object value, Arguments arguments, int sign) {
    Arguments.Bound bound = arguments.bind(name, 0, "case_sensitive", "attribute");
    boolean caseful = bound.truth(0, false);
    Object best = new Undefined("No aggregated item, sequence was empty.");
    Object bestKey = best;
    boolean any = false;
    for (Object item : Python.elements(value)) {
      run.budget().step();
      Object key = Keys.folded(Keys.one(item, bound.get(1), Optional.empty()), !caseful);
      if (!any || Python.compare(key, bestKey, sign < 0 ? "<" : ">").orElse(0) * sign > 0) {
        best = item;
        bestKey = key;
        any = true;
      }
    }
    return best;
  }

  private static Object sum(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("sum", 0, "attribute", "start");
    Object total = bound.get(1, 0L);
    if (Markup.plain(total) instanceof String) {
      throw JinjaException.type("sum() can't sum strings [use ''.join(seq) instead]");
    }
    for (Object item : Python.elements(value)) {
      total = Arithmetic.apply(run, "+", total, Keys.one(item, bound.get(0), Optional.empty()));
    }
    return total;
  }

  private static Object join(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("join", 0, "d", "attribute");
    List<String> parts = new ArrayList<>();
    for (Object item : Python.elements(value)) {
      run.budget().step();
      parts.add(Repr.str(Keys.one(item, bound.get(1), Optional.empty())));
    }
    return SearchMethods.joined(run, Repr.str(bound.get(0, "")), parts);
  }

  private static Object batch(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("batch", 1, "linecount", "fill_with");
    int size = bound.integer(0, 1);
    List<Object> items = Python.elements(value);
    List<Object> rows = new ArrayList<>();
    List<Object> row = new ArrayList<>();
    for (Object item : items) {
      if (row.size() == size) {
        rows.add(new PyList(row));
        row = new ArrayList<>();
      }
      row.add(item);
    }
    if (!row.isEmpty()) {
      if (bound.given(1) && row.size() < size) {
        run.budget().allocate(size);
        row.addAll(Collections.nCopies(size - row.size(), bound.get(1)));
      }
      rows.add(new PyList(row));
    }
    run.budget().allocate(items.size());
    return new PyIterator("generator", rows);
  }

  private static Object slice(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("slice", 1, "slices", "fill_with");
    List<Object> items = Python.elements(value);
    int slices = bound.integer(0, 1);
    if (slices == 0) {
      throw JinjaException.type("integer division or modulo by zero");
    }
    run.budget().allocate((long) items.size() + Math.max(0, slices));
    List<Object> out = new ArrayList<>();
    int size = slices < 0 ? 0 : items.size() / slices;
    int extra = slices < 0 ? 0 : items.size() % slices;
    int from = 0;
    for (int i = 0; i < slices; i++) {
      int to = from + size + (i < extra ? 1 : 0);
      List<Object> part = new ArrayList<>(items.subList(from, to));
      if (bound.given(1) && i >= extra) {
        part.add(bound.get(1));
      }
      out.add(new PyList(part));
      from = to;
    }
    return new PyIterator("generator", out);
  }
}
