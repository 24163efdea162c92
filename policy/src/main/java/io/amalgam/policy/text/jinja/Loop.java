package io.amalgam.policy.text.jinja;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The variable {@code loop}: where a loop stands. */
final class Loop implements Callable {
  private final List<Object> items;
  private final int depth;
  private final Optional<Function<Object, String>> recursion;
  private int index = -1;
  private Optional<Arguments> lastChanged = Optional.empty();

  Loop(List<Object> items, int depth, Optional<Function<Object, String>> recursion) {
    this.items = items;
    this.depth = depth;
    this.recursion = recursion;
  }

  void advance() {
    index++;
  }

  int length() {
    return items.size();
  }

  int index() {
    return index + 1;
  }

  Optional<Object> attribute(String name) {
    Object value =
        switch (name) {
          case "index" -> (long) index + 1;
          case "index0" -> (long) index;
          case "revindex" -> (long) items.size() - index;
          case "revindex0" -> (long) items.size() - index - 1;
          case "first" -> index == 0;
          case "last" -> index == items.size() - 1;
          case "length" -> (long) items.size();
          case "depth" -> (long) depth + 1;
          case "depth0" -> (long) depth;
          case "previtem" ->
              index > 0 ? items.get(index - 1) : new Undefined("there is no previous item");
          case "nextitem" ->
              index + 1 < items.size()
                  ? items.get(index + 1)
                  : new Undefined("there is no next item");
          case "cycle" -> (Callable) (run, arguments) -> cycle(arguments);
          case "changed" -> (Callable) (run, arguments) -> changed(arguments);
          default -> None.NONE;
        };
    return value == None.NONE && !name.equals("previtem") && !name.equals("nextitem")
        ? Optional.empty()
        : Optional.of(value);
  }

  private Object cycle(Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      throw JinjaException.type("no items for cycling given");
    }
    return arguments.positional().get(index % arguments.positional().size());
  }

  private Object changed(Arguments arguments) {
    boolean same =
        lastChanged.isPresent()
            && Python.equal(
                new PyList(lastChanged.get().positional()), new PyList(arguments.positional()));
    lastChanged = Optional.of(arguments);
    return !same;
  }

  @Override
  public Object call(Run run, Arguments arguments) {
    if (recursion.isEmpty()) {
      throw JinjaException.type(
          "The loop must have the 'recursive' marker to be called recursively.");
    }
    return recursion.get().apply(arguments.bind("loop", 1, "iterable").get(0));
  }
}
