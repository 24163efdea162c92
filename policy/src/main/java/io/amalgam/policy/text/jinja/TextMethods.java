package io.amalgam.policy.text.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The methods of texts: letters and layout here, {@link SearchMethods} for the rest. */
final class TextMethods {
  /** A method of a text. */
  interface Method {
    Object call(Run run, String self, Arguments arguments);
  }

  private static final Map<String, Method> ALL = new HashMap<>(SearchMethods.all());

  static {
    plain("upper", text -> text.toUpperCase(Locale.ROOT));
    plain("lower", text -> text.toLowerCase(Locale.ROOT));
    plain(
        "casefold",
        text -> text.replace("ß", "ss").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    plain("capitalize", TextMethods::capitalized);
    plain("title", TextMethods::titled);
    plain("swapcase", TextMethods::swapped);
    plain("isalpha", text -> all(text, Character::isLetter));
    plain("isalnum", text -> all(text, c -> Character.isLetter(c) || numeric(c)));
    plain("isdigit", text -> all(text, c -> Character.isDigit(c) || superscript(c)));
    plain("isdecimal", text -> all(text, Character::isDigit));
    plain("isnumeric", text -> all(text, TextMethods::numeric));
    plain("isspace", text -> all(text, CodePoints::space));
    plain("isascii", text -> text.chars().allMatch(c -> c < 128));
    plain("isprintable", text -> text.codePoints().allMatch(Repr::printable));
    plain(
        "isidentifier",
        text ->
            !text.isEmpty()
                && (text.codePointAt(0) == '_'
                    || Character.isUnicodeIdentifierStart(text.codePointAt(0)))
                && text.codePoints().allMatch(Character::isUnicodeIdentifierPart));
    plain("islower", TextMethods::lower);
    plain("isupper", TextMethods::upper);
    plain(
        "istitle",
        text -> text.codePoints().anyMatch(Character::isLetter) && titled(text).equals(text));
    ALL.put("center", (run, self, arguments) -> padded(run, "center", self, arguments));
    ALL.put("ljust", (run, self, arguments) -> padded(run, "ljust", self, arguments));
    ALL.put("rjust", (run, self, arguments) -> padded(run, "rjust", self, arguments));
    ALL.put("zfill", TextMethods::zeroFilled);
    ALL.put("expandtabs", TextMethods::expanded);
    ALL.put("format", (run, self, arguments) -> new BraceFormat(run, arguments).format(self));
    ALL.put(
        "format_map",
        (run, self, arguments) -> {
          Object map = arguments.bind("format_map", 1, "mapping").get(0);
          if (!(map instanceof PyDict dict)) {
            throw JinjaException.type("format_map() needs a mapping");
          }
          Map<String, Object> named = new HashMap<>();
          dict.entries().forEach(entry -> named.put(Repr.str(entry.key()), entry.value()));
          return new BraceFormat(run, new Arguments(List.of(), named)).format(self);
        });
  }

  private TextMethods() {}

  private interface Plain {
    Object of(String text);
  }

  private static void plain(String name, Plain method) {
    ALL.put(
        name,
        (run, self, arguments) -> {
          arguments.bind(name, 0);
          run.budget().allocate(self.length());
          return method.of(self);
        });
  }

  static Optional<Object> of(String text, String name) {
    Method method = ALL.get(name);
    return method == null
        ? Optional.empty()
        : Optional.of((Callable) (run, arguments) -> method.call(run, text, arguments));
  }

  private static boolean all(String text, IntPredicate test) {
    return !text.isEmpty() && text.codePoints().allMatch(test);
  }

  private static boolean superscript(int c) {
    return c == 0xB2
        || c == 0xB3
        || c == 0xB9
        || c == 0x2070
        || (c >= 0x2074 && c <= 0x2079)
        || (c >= 0x2080 && c <= 0x2089);
  }

  private static boolean numeric(int c) {
    int type = Character.getType(c);
    return type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  static boolean lower(String text) {
    return text.codePoints().anyMatch(Character::isLowerCase)
        && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
  }

  static boolean upper(String text) {
    return text.codePoints().anyMatch(Character::isUpperCase)
        && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
  }

  static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return titleCase(text.substring(0, first)) + text.substring(first).toLowerCase(Locale.ROOT);
  }

  private static String titleCase(String letter) {
    int title = Character.toTitleCase(letter.codePointAt(0));
    String upper = letter.toUpperCase(Locale.ROOT);
    // Letters without a title form of their own, such as the sharp s, become their capitals.
    return upper.length() > letter.length()
        ? capitalizedExpansion(upper)
        : Character.toString(title);
  }

  private static String capitalizedExpansion(String upper) {
    return upper.charAt(0) + upper.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String titled(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean within = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      String letter = Character.toString(c);
      out.append(within ? letter.toLowerCase(Locale.ROOT) : titleCase(letter));
      within = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private static String swapped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              String letter = Character.toString(c);
              out.append(
                  Character.isUpperCase(c)
                      ? letter.toLowerCase(Locale.ROOT)
                      : letter.toUpperCase(Locale.ROOT));
            });
    return out.toString();
  }

  static String padded(Run run, String method, String self, Arguments arguments) {
    Arguments.Bound bound = arguments.bind(method, 1, "width", "fillchar");
    String fill = bound.has(1) ? bound.text(1) : " ";
    if (CodePoints.length(fill) != 1) {
      throw JinjaException.type("The fill character must be exactly one character long");
    }
    int width = bound.integer(0, 0);
    int missing = width - CodePoints.length(self);
    if (missing <= 0) {
      return self;
    }
    run.budget().allocate(width);
    int left =
        switch (method) {
          case "ljust" -> 0;
          case "rjust" -> missing;
          default -> missing / 2 + (missing & width & 1);
        };
    return fill.repeat(left) + self + fill.repeat(missing - left);
  }

  private static Object zeroFilled(Run run, String self, Arguments arguments) {
    int width = arguments.bind("zfill", 1, "width").integer(0, 0);
    int missing = width - CodePoints.length(self);
    if (missing <= 0) {
      return self;
    }
    run.budget().allocate(width);
    boolean signed = self.startsWith("+") || self.startsWith("-");
    return signed
        ? self.charAt(0) + "0".repeat(missing) + self.substring(1)
        : "0".repeat(missing) + self;
  }

  private static Object expanded(Run run, String self, Arguments arguments) {
    int size = Math.max(0, arguments.bind("expandtabs", 0, "tabsize").integer(0, 8));
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (int c : self.codePoints().toArray()) {
      if (c == '\t') {
        int spaces = size == 0 ? 0 : size - column % size;
        run.budget().allocate(spaces);
        out.append(" ".repeat(spaces));
        column += spaces;
      } else {
        out.appendCodePoint(c);
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
    }
    return out.toString();
  }
}
