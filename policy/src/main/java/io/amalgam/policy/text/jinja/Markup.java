package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A text marked as safe HTML by the filters {@code safe} and {@code escape}.
 *
 * <p>It is a text in every way but one: a text that is added to it, or formatted into it, is
 * escaped first. Templates that use {@code safe} for no reason get escapes in their output by that,
 * and so they must here.
 */
record Markup(String text) {
  private static final Set<String> TAKES_TEXT = Set.of("replace", "join", "format");

  /** The value without the mark. */
  static Object plain(Object value) {
    return value instanceof Markup markup ? markup.text() : value;
  }

  static Markup escape(Object value) {
    return value instanceof Markup markup
        ? markup
        : new Markup(TextFilters.escaped(Repr.str(value)));
  }

  /** The sum, where one side is marked and the other a text. */
  static Optional<Object> sum(Run run, Object a, Object b) {
    boolean texts = plain(a) instanceof String && plain(b) instanceof String;
    if (!texts || (a instanceof String && b instanceof String)) {
      return Optional.empty();
    }
    String x = escape(a).text();
    String y = escape(b).text();
    run.budget().allocate((long) x.length() + y.length());
    return Optional.of(new Markup(x + y));
  }

  /** The attribute of the text; a method that gives a text gives a marked one. */
  Optional<Object> attribute(String name) {
    return TextMethods.of(text, name)
        .map(
            method ->
                (Callable)
                    (run, arguments) -> {
                      Object value =
                          ((Callable) method)
                              .call(
                                  run, TAKES_TEXT.contains(name) ? escaped(arguments) : arguments);
                      return value instanceof String result ? new Markup(result) : value;
                    });
  }

  private static Arguments escaped(Arguments arguments) {
    List<Object> values = new ArrayList<>();
    arguments.positional().forEach(value -> values.add(deeply(value)));
    return new Arguments(values, arguments.named());
  }

  private static Object deeply(Object value) {
    if (Python.isNumber(value) || value == None.NONE) {
      return value;
    }
    if (value instanceof PyList || value instanceof PyTuple) {
      List<Object> items = new ArrayList<>();
      Python.elements(value).forEach(item -> items.add(escape(item).text()));
      return new PyList(items);
    }
    return escape(value).text();
  }
}
