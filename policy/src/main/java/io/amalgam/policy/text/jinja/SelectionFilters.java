package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Filters that apply a filter or test to each element. */
final class SelectionFilters {
  private SelectionFilters() {}

  static void register(Map<String, Filters.Filter> all) {
    all.put("map", SelectionFilters::map);
    all.put("select", (run, value, a) -> select(run, value, a, false, true));
    all.put("reject", (run, value, a) -> select(run, value, a, false, false));
    all.put("selectattr", (run, value, a) -> select(run, value, a, true, true));
    all.put("rejectattr", (run, value, a) -> select(run, value, a, true, false));
    all.put("groupby", SelectionFilters::groupBy);
  }

  private static Object map(Run run, Object value, Arguments arguments) {
    if (!Python.truth(value)) {
      // what is false is not walked, and then the arguments do not matter
      return new PyIterator("generator", List.of());
    }
    Function<Object, Object> function;
    if (arguments.positional().isEmpty() && arguments.named().containsKey("attribute")) {
      Map<String, Object> named = new LinkedHashMap<>(arguments.named());
      Object attribute = named.getOrDefault("attribute", None.NONE);
      named.remove("attribute");
      Optional<Object> otherwise =
          Optional.ofNullable(named.remove("default")).filter(v -> v != None.NONE);
      if (!named.isEmpty()) {
        throw JinjaException.type(
            "Unexpected keyword argument '" + named.keySet().iterator().next() + "'");
      }
      function = item -> Keys.one(item, attribute, otherwise);
    } else if (arguments.positional().isEmpty()) {
      throw JinjaException.type("map requires a filter argument");
    } else {
      String name = Python.text(arguments.positional().get(0));
      Arguments rest = arguments.after(1);
      function = item -> Filters.apply(run, name, item, rest);
    }
    List<Object> out = new ArrayList<>();
    for (Object item : walked(run, value)) {
      out.add(function.apply(item));
    }
    return new PyIterator("generator", out);
  }

  /** The elements of a value, none where it is false. */
  private static List<Object> walked(Run run, Object value) {
    List<Object> items = Python.truth(value) ? Python.elements(value) : List.of();
    run.budget().allocate(items.size());
    return items;
  }

  private static Object select(
      Run run, Object value, Arguments arguments, boolean byAttribute, boolean wanted) {
    List<Object> given = arguments.positional();
    if (byAttribute && given.isEmpty() && Python.truth(value)) {
      throw JinjaException.type("Missing parameter for attribute name");
    }
    int offset = byAttribute ? 1 : 0;
    List<Object> out = new ArrayList<>();
    for (Object item : walked(run, value)) {
      run.budget().step();
      Object subject = byAttribute ? Keys.one(item, given.get(0), Optional.empty()) : item;
      boolean holds =
          given.size() > offset
              ? Tests.holds(
                  run, Python.text(given.get(offset)), subject, arguments.after(offset + 1))
              : Python.truth(subject);
      if (holds == wanted) {
        out.add(item);
      }
    }
    return new PyIterator("generator", out);
  }

  private static Object groupBy(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("groupby", 1, "attribute", "default", "case_sensitive");
    Optional<Object> otherwise = Optional.of(bound.get(1)).filter(v -> v != None.NONE);
    boolean fold = !bound.truth(2, false);
    Function<Object, Object> key =
        item -> Keys.folded(Keys.one(item, bound.get(0), otherwise), fold);
    List<Object> groups = new ArrayList<>();
    List<Object> group = new ArrayList<>();
    Object current = None.NONE;
    for (Object item : Keys.sorted(run, Python.elements(value), key, false)) {
      Object next = key.apply(item);
      if (!group.isEmpty() && !Python.equal(next, current)) {
        groups.add(grouped(group, bound, otherwise));
        group = new ArrayList<>();
      }
      current = next;
      group.add(item);
    }
    if (!group.isEmpty()) {
      groups.add(grouped(group, bound, otherwise));
    }
    return new PyList(groups);
  }

  private static Object grouped(
      List<Object> group, Arguments.Bound bound, Optional<Object> otherwise) {
    Object grouper = Keys.one(group.get(0), bound.get(0), otherwise);
    return new PyTuple(List.of(grouper, new PyList(group)), List.of("grouper", "list"));
  }
}
