package io.amalgam.policy.text.jinja;

import java.util.List;
import java.util.Optional;

/** The methods of dictionaries, lists, tuples and numbers that change nothing. */
final class ContainerMethods {
  private ContainerMethods() {}

  private static Optional<Object> method(Callable method) {
    return Optional.of(method);
  }

  static Optional<Object> ofDict(PyDict dict, String name) {
    return switch (name) {
      case "items" -> method((run, a) -> view(run, "dict_items", dict.pairs(), a));
      case "keys" -> method((run, a) -> view(run, "dict_keys", dict.keys(), a));
      case "values" -> method((run, a) -> view(run, "dict_values", dict.values(), a));
      case "get" ->
          method(
              (run, a) -> {
                Arguments.Bound bound = a.bind("get", 1, "key", "default");
                return dict.get(bound.get(0)).orElse(bound.get(1));
              });
      case "copy" ->
          method(
              (run, a) -> {
                a.bind("copy", 0);
                return dict;
              });
      case "fromkeys" -> method(ContainerMethods::dictFromKeys);
      default -> Optional.empty();
    };
  }

  /** A dictionary in which all keys have the same value. */
  static Object dictFromKeys(Run run, Arguments arguments) {
    if (!arguments.named().isEmpty()) {
      throw JinjaException.type("dict.fromkeys() takes no keyword arguments");
    }
    Arguments.Bound bound = arguments.bind("fromkeys", 1, "iterable", "value");
    List<Object> keys = Python.elements(bound.get(0));
    run.budget().allocate(keys.size());
    PyDict fresh = new PyDict();
    keys.forEach(key -> fresh.put(key, bound.get(1)));
    return fresh;
  }

  private static PyView view(Run run, String type, List<Object> items, Arguments arguments) {
    arguments.bind(type, 0);
    run.budget().allocate(items.size());
    return new PyView(type, items);
  }

  static Optional<Object> ofList(List<Object> items, String type, String name) {
    return switch (name) {
      case "index" -> method((run, a) -> index(run, items, type, a));
      case "count" ->
          method(
              (run, a) -> {
                Object value = a.bind("count", 1, "value").get(0);
                run.budget().allocate(items.size());
                return items.stream().filter(item -> Python.equal(item, value)).count();
              });
      case "copy" ->
          type.equals("list")
              ? method(
                  (run, a) -> {
                    a.bind("copy", 0);
                    return new PyList(items);
                  })
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  static Optional<Object> ofRange(PyRange range, String name) {
    return switch (name) {
      case "start" -> Optional.of(range.from());
      case "stop" -> Optional.of(range.to());
      case "step" -> Optional.of(range.step());
      case "index" ->
          method(
              (run, a) ->
                  index(
                      run,
                      range.items(),
                      "range",
                      Arguments.of(a.bind("index", 1, "value").get(0))));
      case "count" -> ofList(range.items(), "range", name);
      default -> Optional.empty();
    };
  }

  static Optional<Object> ofView(PyView view, String name) {
    return view.set() && name.equals("isdisjoint")
        ? method(
            (run, a) -> {
              List<Object> others = Python.elements(a.bind("isdisjoint", 1, "other").get(0));
              run.budget().allocate(others.size());
              PyDict own = view.dict();
              return others.stream().noneMatch(other -> view.has(own, other));
            })
        : Optional.empty();
  }

  private static Object index(Run run, List<Object> items, String type, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("index", 1, "value", "start", "stop");
    run.budget().allocate(items.size());
    int from = bound.integer(1, 0);
    int to = bound.integer(2, items.size());
    for (int i = Math.max(0, from < 0 ? from + items.size() : from);
        i < Math.min(items.size(), to < 0 ? to + items.size() : to);
        i++) {
      if (Python.equal(items.get(i), bound.get(0))) {
        return (long) i;
      }
    }
    throw JinjaException.type(Repr.repr(bound.get(0)) + " is not in " + type);
  }

  static Optional<Object> ofNumber(Object number, String name) {
    if (number instanceof Double value) {
      if (name.equals("real")) {
        return Optional.of(value);
      }
      return name.equals("is_integer")
          ? method((run, a) -> value == Math.rint(value) && !value.isInfinite())
          : Optional.empty();
    }
    if (!Python.isInteger(number)) {
      return Optional.empty();
    }
    return switch (name) {
      case "bit_length" -> method((run, a) -> (long) Arithmetic.toBig(number).abs().bitLength());
      case "is_integer" -> method((run, a) -> true);
      case "real", "numerator" -> Optional.of(Arithmetic.narrowed(Arithmetic.toBig(number)));
      case "imag" -> Optional.of(0L);
      case "denominator" -> Optional.of(1L);
      default -> Optional.empty();
    };
  }
}
