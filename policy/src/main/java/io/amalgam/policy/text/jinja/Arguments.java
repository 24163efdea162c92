package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of one call. */
record Arguments(List<Object> positional, Map<String, Object> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  static Arguments of(Object... positional) {
    return new Arguments(List.of(positional), Map.of());
  }

  /** Everything after the first {@code count} positional arguments. */
  Arguments after(int count) {
    return new Arguments(positional.subList(count, positional.size()), named);
  }

  /** Gives each argument its name; the first {@code required} must be there. */
  Bound bind(String function, int required, String... names) {
    if (positional.size() > names.length) {
      throw JinjaException.type(
          function
              + "() takes at most "
              + names.length
              + " arguments, "
              + positional.size()
              + " given");
    }
    List<Optional<Object>> values = new ArrayList<>();
    Map<String, Object> rest = new LinkedHashMap<>(named);
    for (int i = 0; i < names.length; i++) {
      Object byName = rest.remove(names[i]);
      if (i < positional.size()) {
        if (byName != null) {
          throw JinjaException.type(
              function + "() got multiple values for argument '" + names[i] + "'");
        }
        values.add(Optional.of(positional.get(i)));
      } else if (byName == null && i < required) {
        throw JinjaException.type(function + "() is missing the argument '" + names[i] + "'");
      } else {
        values.add(Optional.ofNullable(byName));
      }
    }
    if (!rest.isEmpty()) {
      throw JinjaException.type(
          function
              + "() got an unexpected keyword argument '"
              + rest.keySet().iterator().next()
              + "'");
    }
    return new Bound(values);
  }

  /** Arguments in the order of a function's parameters. */
  record Bound(List<Optional<Object>> values) {
    boolean has(int index) {
      return values.get(index).isPresent();
    }

    Object get(int index) {
      return values.get(index).orElse(None.NONE);
    }

    Object get(int index, Object otherwise) {
      return values.get(index).orElse(otherwise);
    }

    /** Whether there is an argument other than {@code none}. */
    boolean given(int index) {
      return get(index) != None.NONE;
    }

    boolean truth(int index, boolean otherwise) {
      return values.get(index).map(Python::truth).orElse(otherwise);
    }

    int integer(int index, int otherwise) {
      return values.get(index).map(Python::index).orElse(otherwise);
    }

    String text(int index) {
      return Python.text(get(index));
    }
  }
}
