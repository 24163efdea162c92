package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The attribute of a filter such as {@code sort} or {@code map}: a path like {@code function.name}
 * or {@code 0}.
 */
final class Keys {
  /** One path to follow into an item. */
  record Part(List<Object> steps) {}

  private Keys() {}

  private static Part part(Object attribute) {
    List<Object> steps = new ArrayList<>();
    if (attribute instanceof String path) {
      for (String step : path.split("\\.", -1)) {
        steps.add(step.matches("\\d{1,9}") ? (Object) Long.valueOf(step) : step);
      }
    } else if (attribute != None.NONE) {
      steps.add(attribute);
    }
    return new Part(steps);
  }

  /** The paths of an attribute that may name several, with commas between them. */
  static List<Part> parts(Object attribute) {
    if (!(attribute instanceof String several)) {
      return List.of(part(attribute));
    }
    List<Part> parts = new ArrayList<>();
    for (String path : several.split(",", -1)) {
      parts.add(part(path));
    }
    return parts;
  }

  /** What the path leads to from {@code item}; {@code none} leads to the item itself. */
  static Object one(Object item, Object attribute, Optional<Object> otherwise) {
    return follow(item, part(attribute), otherwise);
  }

  private static Object follow(Object item, Part part, Optional<Object> otherwise) {
    Object value = item;
    for (Object step : part.steps()) {
      value = Lookup.item(value, step);
      if (value instanceof Undefined && otherwise.isPresent()) {
        value = otherwise.get();
      }
    }
    return value;
  }

  /** What all paths lead to, to be compared in order. */
  static Object all(Object item, List<Part> parts, boolean fold) {
    List<Object> keys = new ArrayList<>();
    parts.forEach(part -> keys.add(folded(follow(item, part, Optional.empty()), fold)));
    return new PyList(keys);
  }

  /** Texts without case where asked for. */
  static Object folded(Object key, boolean fold) {
    return fold && key instanceof String text ? text.toLowerCase(Locale.ROOT) : key;
  }

  /** The items by rising key, or falling; items with equal keys stay in order. */
  static List<Object> sorted(
      Run run, List<Object> items, Function<Object, Object> key, boolean reverse) {
    record Keyed(Object key, Object item) {}
    run.budget().allocate(items.size());
    List<Keyed> keyed = new ArrayList<>();
    items.forEach(item -> keyed.add(new Keyed(key.apply(item), item)));
    keyed.sort(
        (a, b) -> {
          run.budget().step();
          int order = Python.compare(a.key(), b.key(), "<").orElse(0);
          return reverse ? -order : order;
        });
    List<Object> out = new ArrayList<>(items.size());
    keyed.forEach(pair -> out.add(pair.item()));
    return out;
  }
}
