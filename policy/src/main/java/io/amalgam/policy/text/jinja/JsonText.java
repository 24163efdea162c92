package io.amalgam.policy.text.jinja;

import java.util.Comparator;
import java.util.List;

/**
 * Values written as JSON by the rules of Python's {@code json.dumps} without ASCII escapes.
 *
 * <p>This is how transformers defines the filter {@code tojson}; Jinja's own would escape {@code
 * <}, {@code >}, {@code &} and {@code '} for HTML.
 */
final class JsonText {
  private final Run run;
  private final String indent;
  private final boolean indented;
  private final String itemSeparator;
  private final String keySeparator;
  private final boolean ascii;
  private final boolean sorted;
  private final StringBuilder out = new StringBuilder();

  private JsonText(Run run, Arguments.Bound options) {
    this.run = run;
    this.ascii = options.truth(0, false);
    Object indentation = options.get(1);
    this.indented = indentation != None.NONE;
    if (indentation instanceof String text) {
      this.indent = text;
    } else {
      int width = indented ? Math.max(0, Python.index(indentation)) : 0;
      run.budget().allocate(width);
      this.indent = " ".repeat(width);
    }
    List<Object> separators = options.given(2) ? Python.elements(options.get(2)) : List.of();
    if (!separators.isEmpty() && separators.size() != 2) {
      throw JinjaException.type("separators must be a pair");
    }
    this.itemSeparator =
        separators.isEmpty() ? (indented ? "," : ", ") : Python.text(separators.get(0));
    this.keySeparator = separators.isEmpty() ? ": " : Python.text(separators.get(1));
    this.sorted = options.truth(3, false);
  }

  /**
   * The filter: {@code tojson(ensure_ascii=false, indent=none, separators=none, sort_keys=false)}.
   */
  static String filter(Run run, Object value, Arguments arguments) {
    Arguments.Bound options =
        arguments.bind("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
    JsonText json = new JsonText(run, options);
    json.write(value, 0);
    run.budget().allocate(json.out.length());
    return json.out.toString();
  }

  private void write(Object marked, int depth) {
    Object value = Markup.plain(marked);
    run.budget().step();
    run.budget().output(out.length());
    if (value instanceof String text) {
      quote(text);
    } else if (value == None.NONE) {
      out.append("null");
    } else if (value instanceof Boolean || value instanceof Number) {
      out.append(number(value));
    } else if (value instanceof PyDict dict) {
      dict(dict, depth);
    } else if (value instanceof PyList || value instanceof PyTuple) {
      list(Python.elements(value), depth);
    } else {
      throw JinjaException.type(
          "Object of type " + Python.typeName(value) + " is not JSON serializable");
    }
  }

  private static String number(Object value) {
    if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
      return number.isNaN() ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
    }
    return value instanceof Boolean ? value.toString() : Repr.repr(value);
  }

  private void list(List<Object> items, int depth) {
    if (items.isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    boolean first = true;
    for (Object item : items) {
      separate(first, depth + 1);
      first = false;
      write(item, depth + 1);
    }
    line(depth);
    out.append(']');
  }

  private void dict(PyDict dict, int depth) {
    if (dict.size() == 0) {
      out.append("{}");
      return;
    }
    List<PyDict.Entry> entries = dict.entries();
    if (sorted) {
      Comparator<PyDict.Entry> byKey = (a, b) -> Python.compare(a.key(), b.key(), "<").orElse(0);
      entries = entries.stream().sorted(byKey).toList();
    }
    out.append('{');
    boolean first = true;
    for (PyDict.Entry entry : entries) {
      separate(first, depth + 1);
      first = false;
      quote(key(entry.key()));
      out.append(keySeparator);
      write(entry.value(), depth + 1);
    }
    line(depth);
    out.append('}');
  }

  private static String key(Object key) {
    if (key instanceof String text) {
      return text;
    }
    if (key == None.NONE) {
      return "null";
    }
    if (key instanceof Boolean || key instanceof Number) {
      return number(key);
    }
    throw JinjaException.type(
        "keys must be str, int, float, bool or None, not " + Python.typeName(key));
  }

  private void separate(boolean first, int depth) {
    if (!first) {
      out.append(itemSeparator);
    }
    line(depth);
  }

  private void line(int depth) {
    if (indented) {
      run.budget().output(out.length() + (long) indent.length() * depth);
      out.append('\n').append(indent.repeat(depth));
    }
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          if (c < 0x20 || (ascii && c > 0x7E)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
