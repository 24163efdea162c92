package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Filters that lay out lines of text. */
final class LayoutFilters {
  private LayoutFilters() {}

  static void register(Map<String, Filters.Filter> all) {
    all.put("indent", LayoutFilters::indent);
    all.put("truncate", LayoutFilters::truncate);
    all.put("wordwrap", LayoutFilters::wordwrap);
    all.put(
        "center",
        (run, value, a) ->
            TextMethods.padded(
                run,
                "center",
                Repr.str(value),
                Arguments.of(a.bind("center", 0, "width").get(0, 80L))));
    all.put("xmlattr", LayoutFilters::attributes);
  }

  private static Object indent(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("indent", 0, "width", "first", "blank");
    String text = Python.text(value);
    Object width = bound.get(0, 4L);
    int spaces = width instanceof String ? 0 : Math.max(0, Python.index(width));
    run.budget().allocate(spaces);
    String indentation = width instanceof String given ? given : " ".repeat(spaces);
    boolean blank = bound.truth(2, false);
    List<Object> lines = SearchMethods.lines(text + "\n", false);
    run.budget().allocate(text.length() + (long) lines.size() * (indentation.length() + 1));
    StringBuilder out = new StringBuilder(bound.truth(1, false) ? indentation : "");
    for (int i = 0; i < lines.size(); i++) {
      String line = (String) lines.get(i);
      if (i > 0) {
        out.append('\n').append(blank || !line.isEmpty() ? indentation : "");
      }
      out.append(line);
    }
    return out.toString();
  }

  private static Object truncate(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("truncate", 0, "length", "killwords", "end", "leeway");
    int length = bound.integer(0, 255);
    String end = bound.has(2) ? bound.text(2) : "...";
    int leeway = bound.given(3) ? bound.integer(3, 5) : 5;
    int kept = length - CodePoints.length(end);
    if (kept < 0 || leeway < 0) {
      throw JinjaException.type("expected length >= " + CodePoints.length(end) + ", got " + length);
    }
    if (Python.length(value) <= (long) length + leeway) {
      return value;
    }
    String text = Python.text(value);
    String cut = CodePoints.slice(text, 0, kept);
    int space = cut.lastIndexOf(' ');
    return (bound.truth(1, false) || space < 0 ? cut : cut.substring(0, space)) + end;
  }

  private static Object wordwrap(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound =
        arguments.bind(
            "wordwrap", 0, "width", "break_long_words", "wrapstring", "break_on_hyphens");
    int width = bound.integer(0, 79);
    if (width <= 0) {
      throw JinjaException.type("invalid width " + width + " (must be > 0)");
    }
    String newline = bound.given(2) ? bound.text(2) : "\n";
    List<String> out = new ArrayList<>();
    for (Object line : SearchMethods.lines(Python.text(value), false)) {
      run.budget().step();
      List<String> wrapped =
          WordWrap.lines((String) line, width, bound.truth(1, true), bound.truth(3, true));
      out.add(SearchMethods.joined(run, newline, wrapped));
    }
    return SearchMethods.joined(run, newline, out);
  }

  private static Object attributes(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("xmlattr", 0, "autospace");
    if (!(value instanceof PyDict dict)) {
      throw JinjaException.type("xmlattr needs a mapping");
    }
    List<String> parts = new ArrayList<>();
    for (PyDict.Entry entry : dict.entries()) {
      if (entry.value() == None.NONE || entry.value() instanceof Undefined) {
        continue;
      }
      String key = Repr.str(entry.key());
      if (key.matches("(?s).*[\\s/>=].*")) {
        throw JinjaException.type("Invalid character in attribute name: " + Repr.quoted(key));
      }
      parts.add(
          TextFilters.escaped(key) + "=\"" + TextFilters.escaped(Repr.str(entry.value())) + "\"");
    }
    String text = SearchMethods.joined(run, " ", parts);
    return bound.truth(0, true) && !text.isEmpty() ? " " + text : text;
  }
}
