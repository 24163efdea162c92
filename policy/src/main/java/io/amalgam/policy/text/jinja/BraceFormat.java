package io.amalgam.policy.text.jinja;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The method {@code text.format(…)}. */
final class BraceFormat {
  private static final Pattern SPEC =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+ ]?)(z?)(#?)(0?)(\\d{0,9})([,_]?)(?:\\.(\\d{1,9}))?([bcdeEfFgGnosxX%]?)",
          Pattern.DOTALL);
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[([^\\]]+)\\]");

  private final Run run;
  private final Arguments arguments;
  private int automatic;
  private boolean manual;

  BraceFormat(Run run, Arguments arguments) {
    this.run = run;
    this.arguments = arguments;
  }

  String format(String text) {
    return format(text, 2);
  }

  private String format(String text, int depth) {
    if (depth < 0) {
      throw JinjaException.type("Max string recursion exceeded");
    }
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if ((c == '{' || c == '}') && i + 1 < text.length() && text.charAt(i + 1) == c) {
        out.append(c);
        i += 2;
      } else if (c == '{') {
        int end = closing(text, i + 1);
        out.append(field(text.substring(i + 1, end), depth));
        i = end + 1;
      } else if (c == '}') {
        throw JinjaException.type("Single '}' encountered in format string");
      } else {
        out.append(c);
        i++;
      }
      run.budget().output(out.length());
    }
    run.budget().allocate(out.length());
    return out.toString();
  }

  private static int closing(String text, int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw JinjaException.type("expected '}' before end of string");
  }

  private String field(String field, int depth) {
    int colon = field.indexOf(':');
    String head = colon < 0 ? field : field.substring(0, colon);
    int mark = head.indexOf('!');
    String conversion = mark < 0 ? "" : head.substring(mark + 1);
    Object value = value(mark < 0 ? head : head.substring(0, mark));
    value =
        switch (conversion) {
          case "" -> value;
          case "s" -> Repr.str(value);
          case "r" -> Repr.repr(value);
          case "a" -> Repr.ascii(value);
          default -> throw JinjaException.type("Unknown conversion specifier " + conversion);
        };
    String spec = colon < 0 ? "" : format(field.substring(colon + 1), depth - 1);
    return apply(run, value, spec);
  }

  /** The number of a field without a name; fields with and without numbers do not mix. */
  private String numbered(String path) {
    boolean digits = !path.isEmpty() && path.chars().allMatch(Character::isDigit);
    if (path.isEmpty() ? manual : digits && automatic > 0) {
      throw JinjaException.type("cannot switch between numbered and automatic fields");
    }
    manual |= digits;
    return path.isEmpty() ? String.valueOf(automatic++) : path;
  }

  private Object value(String written) {
    String path = numbered(written);
    int end = 0;
    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
      end++;
    }
    String first = path.substring(0, end);
    Object value;
    if (!first.isEmpty() && first.chars().allMatch(Character::isDigit)) {
      if (first.length() > 9) {
        throw JinjaException.type("Too many decimal digits in format string");
      }
      int index = Integer.parseInt(first);
      if (index >= arguments.positional().size()) {
        throw JinjaException.type(
            "Replacement index " + index + " out of range for positional args tuple");
      }
      value = arguments.positional().get(index);
    } else {
      Object named = arguments.named().get(first);
      if (named == null) {
        throw JinjaException.type("KeyError: " + Repr.quoted(first));
      }
      value = named;
    }
    Matcher step = STEP.matcher(path);
    step.region(end, path.length());
    while (step.lookingAt()) {
      String key = step.group(2);
      value =
          key == null
              ? Lookup.attribute(value, step.group(1))
              : Lookup.item(value, key.matches("\\d{1,9}") ? (Object) Long.valueOf(key) : key);
      step.region(step.end(), path.length());
    }
    return value;
  }

  static String apply(Run run, Object value, String spec) {
    if (spec.isEmpty()) {
      return Repr.str(value);
    }
    Matcher m = SPEC.matcher(spec);
    if (!m.matches()) {
      throw JinjaException.type("Invalid format specifier '" + spec + "'");
    }
    if (!Python.isNumber(value) && !(value instanceof String)) {
      throw JinjaException.type(
          "unsupported format string passed to " + Python.typeName(value) + ".__format__");
    }
    boolean number = Python.isNumber(value);
    refuse(m, number && !(value instanceof Double), number);
    String text = number ? number(value, m) : text((String) value, m);
    String fill = m.group(1) != null ? m.group(1) : m.group(6).isEmpty() ? " " : "0";
    String align =
        m.group(2) != null ? m.group(2) : !number ? "<" : m.group(6).isEmpty() ? ">" : "=";
    int missing =
        (m.group(7).isEmpty() ? 0 : Integer.parseInt(m.group(7))) - CodePoints.length(text);
    if (missing <= 0) {
      return text;
    }
    run.budget().allocate(missing);
    return switch (align) {
      case "<" -> text + fill.repeat(missing);
      case "^" -> fill.repeat(missing / 2) + text + fill.repeat(missing - missing / 2);
      case "=" -> {
        int sign = text.startsWith("-") || text.startsWith("+") || text.startsWith(" ") ? 1 : 0;
        yield text.substring(0, sign) + fill.repeat(missing) + text.substring(sign);
      }
      default -> fill.repeat(missing) + text;
    };
  }

  /** Refuses what a specification asks for but values of this kind do not have. */
  private static void refuse(Matcher m, boolean whole, boolean number) {
    char type = m.group(10).isEmpty() ? (number ? 'd' : 's') : m.group(10).charAt(0);
    boolean letters = type == 'c' || !number;
    boolean digits = whole && "bcdnoxX".indexOf(type) >= 0;
    String grouping = m.group(8);
    if ((letters && (!m.group(3).isEmpty() || !m.group(5).isEmpty()))
        || (!number && "=".equals(m.group(2)))
        || ((digits || !number) && !m.group(4).isEmpty())
        || (digits && m.group(9) != null)
        || (!grouping.isEmpty() && (letters || type == 'n'))
        || (grouping.equals(",") && "bxXo".indexOf(type) >= 0)) {
      throw JinjaException.type("Invalid format specifier '" + m.group() + "'");
    }
  }

  private static String text(String value, Matcher m) {
    if (!m.group(10).isEmpty() && !m.group(10).equals("s")) {
      throw JinjaException.type(
          "Unknown format code '" + m.group(10) + "' for object of type 'str'");
    }
    if (m.group(9) == null || Integer.parseInt(m.group(9)) >= CodePoints.length(value)) {
      return value;
    }
    return CodePoints.slice(value, 0, Integer.parseInt(m.group(9)));
  }

  private static String number(Object value, Matcher m) {
    char type = m.group(10).isEmpty() ? 0 : m.group(10).charAt(0);
    boolean alternate = !m.group(5).isEmpty();
    String text;
    if (type == 's') {
      throw JinjaException.type(
          "Unknown format code 's' for object of type '" + Python.typeName(value) + "'");
    }
    if (type == 'c') {
      return Character.toString(Python.index(value));
    }
    if (!(value instanceof Double) && (type == 0 || "bdoxXn".indexOf(type) >= 0)) {
      text = NumberFormat.integer(Arithmetic.toBig(value), type == 0 ? 'd' : type, alternate);
    } else if (type == 0 && m.group(9) == null) {
      text = Repr.str(value);
    } else if (type != 0 && "bdoxX".indexOf(type) >= 0) {
      throw JinjaException.type("Unknown format code '" + type + "' for object of type 'float'");
    } else {
      int precision = m.group(9) == null ? 6 : Integer.parseInt(m.group(9));
      text =
          NumberFormat.real(
              Arithmetic.toDouble(value), type == 'n' ? 'g' : type, precision, alternate);
      if (type == 0 && text.matches("-?\\d+")) {
        text += ".0";
      }
    }
    if (!m.group(8).isEmpty()) {
      text =
          NumberFormat.grouped(
              text,
              m.group(8).charAt(0),
              type != 0 && "bxXo".indexOf(Character.toLowerCase(type)) >= 0 ? 4 : 3);
    }
    String sign = m.group(3);
    return !text.startsWith("-") && !sign.isEmpty() && !sign.equals("-")
        ? sign + text
        : text.toLowerCase(Locale.ROOT).equals("-nan") ? "nan" : text;
  }
}
