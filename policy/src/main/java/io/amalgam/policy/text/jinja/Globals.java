package io.amalgam.policy.text.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions that every template has. */
final class Globals {
  /** The sandbox of Jinja refuses longer ranges. */
  private static final long LONGEST_RANGE = 100_000;

  static final Map<String, Object> ALL =
      Map.of(
          "range", (Callable) Globals::range,
          "dict", new DictType(),
          "namespace", (Callable) Globals::namespace,
          "cycler", (Callable) (run, arguments) -> new Cycler(arguments),
          "joiner", (Callable) Globals::joiner,
          "raise_exception", (Callable) Globals::raise,
          "strftime_now", (Callable) Globals::now);

  private Globals() {}

  private static Object range(Run run, Arguments arguments) {
    List<Object> given = arguments.positional();
    if (given.isEmpty() || given.size() > 3 || !arguments.named().isEmpty()) {
      throw JinjaException.type("range expected 1 to 3 arguments, got " + given.size());
    }
    long from = given.size() == 1 ? 0 : Python.index(given.get(0));
    long to = Python.index(given.get(given.size() == 1 ? 0 : 1));
    long step = given.size() == 3 ? Python.index(given.get(2)) : 1;
    if (step == 0) {
      throw JinjaException.type("range() arg 3 must not be zero");
    }
    long count = PyRange.count(from, to, step);
    if (count > LONGEST_RANGE) {
      throw JinjaException.limit(
          "Range too big. The sandbox blocks ranges larger than MAX_RANGE ("
              + LONGEST_RANGE
              + ").");
    }
    run.budget().allocate(count);
    return PyRange.of(from, to, step);
  }

  private static PyDict dict(Run run, Arguments arguments) {
    if (arguments.positional().size() > 1) {
      throw JinjaException.type(
          "dict expected at most 1 argument, got " + arguments.positional().size());
    }
    PyDict dict = new PyDict();
    for (Object source : arguments.positional()) {
      Python.refuseUndefined(source);
      if (source instanceof PyDict other) {
        run.budget().allocate(other.size());
        other.entries().forEach(entry -> dict.put(entry.key(), entry.value()));
        continue;
      }
      for (Object pair : Python.elements(source)) {
        run.budget().step();
        List<Object> parts = Python.elements(pair);
        if (parts.size() != 2) {
          throw JinjaException.type(
              "dictionary update sequence element has length " + parts.size() + "; 2 is required");
        }
        dict.put(parts.get(0), parts.get(1));
      }
    }
    arguments.named().forEach(dict::put);
    return dict;
  }

  /** The function {@code dict} and the one method that it has. */
  static final class DictType implements Callable {
    @Override
    public Object call(Run run, Arguments arguments) {
      return dict(run, arguments);
    }

    Optional<Object> attribute(String name) {
      return name.equals("fromkeys")
          ? Optional.of((Callable) ContainerMethods::dictFromKeys)
          : Optional.empty();
    }
  }

  private static Object namespace(Run run, Arguments arguments) {
    Namespace namespace = new Namespace();
    for (PyDict.Entry entry : dict(run, arguments).entries()) {
      namespace.put(Repr.str(entry.key()), entry.value());
    }
    return namespace;
  }

  private static Object joiner(Run run, Arguments arguments) {
    String separator =
        arguments.bind("joiner", 0, "sep").get(0, ", ") instanceof String text ? text : ", ";
    boolean[] used = {false};
    return (Callable)
        (later, none) -> {
          String text = used[0] ? separator : "";
          used[0] = true;
          return text;
        };
  }

  private static Object raise(Run run, Arguments arguments) {
    throw new JinjaException(
        JinjaException.Kind.RAISED,
        Repr.str(arguments.bind("raise_exception", 1, "message").get(0)));
  }

  private static Object now(Run run, Arguments arguments) {
    return Strftime.format(run.now().get(), arguments.bind("strftime_now", 1, "format").text(0));
  }

  /** Values taken in turn: {@code cycler("odd", "even").next()}. */
  static final class Cycler {
    private final List<Object> items;
    private int position;

    Cycler(Arguments arguments) {
      if (arguments.positional().isEmpty()) {
        throw JinjaException.type("at least one item has to be provided");
      }
      this.items = arguments.positional();
    }

    Optional<Object> attribute(String name) {
      return switch (name) {
        case "current" -> Optional.of(items.get(position));
        case "next" -> Optional.of((Callable) (run, arguments) -> next());
        case "reset" ->
            Optional.of(
                (Callable)
                    (run, arguments) -> {
                      position = 0;
                      return None.NONE;
                    });
        default -> Optional.empty();
      };
    }

    private Object next() {
      Object item = items.get(position);
      position = (position + 1) % items.size();
      return item;
    }
  }
}
