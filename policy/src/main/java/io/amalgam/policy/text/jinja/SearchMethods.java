package io.amalgam.policy.text.jinja;

import io.amalgam.policy.text.jinja.TextMethods.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** The methods of texts that search, cut, strip and join. */
final class SearchMethods {
  private SearchMethods() {}

  static Map<String, Method> all() {
    Map<String, Method> all = new HashMap<>();
    all.put("strip", (run, self, a) -> stripped(self, a, true, true));
    all.put("lstrip", (run, self, a) -> stripped(self, a, true, false));
    all.put("rstrip", (run, self, a) -> stripped(self, a, false, true));
    all.put("split", (run, self, a) -> split(run, self, a, false));
    all.put("rsplit", (run, self, a) -> split(run, self, a, true));
    all.put("splitlines", SearchMethods::lines);
    all.put("partition", (run, self, a) -> partition(self, a, false));
    all.put("rpartition", (run, self, a) -> partition(self, a, true));
    all.put("startswith", (run, self, a) -> affix("startswith", self, a, String::startsWith));
    all.put("endswith", (run, self, a) -> affix("endswith", self, a, String::endsWith));
    all.put(
        "removeprefix",
        (run, self, a) -> {
          String prefix = a.bind("removeprefix", 1, "prefix").text(0);
          return self.startsWith(prefix) ? self.substring(prefix.length()) : self;
        });
    all.put(
        "removesuffix",
        (run, self, a) -> {
          String suffix = a.bind("removesuffix", 1, "suffix").text(0);
          return self.endsWith(suffix) ? self.substring(0, self.length() - suffix.length()) : self;
        });
    all.put("find", (run, self, a) -> (long) find("find", self, a, false));
    all.put("rfind", (run, self, a) -> (long) find("rfind", self, a, true));
    all.put("index", (run, self, a) -> (long) found(find("index", self, a, false)));
    all.put("rindex", (run, self, a) -> (long) found(find("rindex", self, a, true)));
    all.put(
        "count",
        (run, self, a) -> {
          Arguments.Bound bound = a.bind("count", 1, "sub", "start", "end");
          String part = bound.text(0);
          return (long) range(self, bound).map(text -> occurrences(text, part)).orElse(0);
        });
    all.put(
        "replace",
        (run, self, a) -> {
          Arguments.Bound bound = a.bind("replace", 2, "old", "new", "count");
          return replace(run, self, bound.text(0), bound.text(1), bound.integer(2, -1));
        });
    all.put(
        "join",
        (run, self, a) -> {
          List<String> parts = new ArrayList<>();
          for (Object part : Python.elements(a.bind("join", 1, "iterable").get(0))) {
            if (!(part instanceof String text)) {
              throw JinjaException.type(
                  "sequence item "
                      + parts.size()
                      + ": expected str instance, "
                      + Python.typeName(part)
                      + " found");
            }
            parts.add(text);
          }
          return joined(run, self, parts);
        });
    return all;
  }

  static String joined(Run run, String separator, List<String> parts) {
    long length = (long) separator.length() * Math.max(0, parts.size() - 1);
    for (String part : parts) {
      length += part.length();
    }
    run.budget().allocate(length);
    return String.join(separator, parts);
  }

  private static String stripped(String self, Arguments arguments, boolean start, boolean end) {
    Arguments.Bound bound = arguments.bind("strip", 0, "chars");
    String text = self;
    if (bound.given(0)) {
      text = start ? CodePoints.stripStart(text, bound.text(0)) : text;
      return end ? CodePoints.stripEnd(text, bound.text(0)) : text;
    }
    text = start ? CodePoints.stripStart(text) : text;
    return end ? CodePoints.stripEnd(text) : text;
  }

  private static Object split(Run run, String self, Arguments arguments, boolean fromEnd) {
    Arguments.Bound bound = arguments.bind("split", 0, "sep", "maxsplit");
    int most = bound.integer(1, -1);
    run.budget().allocate(self.length());
    List<Object> parts =
        bound.given(0)
            ? separated(self, bound.text(0), most, fromEnd)
            : fromEnd ? wordsFromEnd(self, most) : words(self, most);
    return new PyList(parts);
  }

  private static List<Object> separated(String self, String separator, int most, boolean fromEnd) {
    if (separator.isEmpty()) {
      throw JinjaException.type("empty separator");
    }
    List<Object> parts = new ArrayList<>();
    String rest = self;
    while (most < 0 || parts.size() < most) {
      int at = fromEnd ? rest.lastIndexOf(separator) : rest.indexOf(separator);
      if (at < 0) {
        break;
      }
      parts.add(fromEnd ? rest.substring(at + separator.length()) : rest.substring(0, at));
      rest = fromEnd ? rest.substring(0, at) : rest.substring(at + separator.length());
    }
    parts.add(rest);
    if (fromEnd) {
      Collections.reverse(parts);
    }
    return parts;
  }

  /** The parts between white space. */
  static List<Object> words(String text) {
    return words(text, -1);
  }

  private static List<Object> words(String self, int most) {
    List<Object> parts = new ArrayList<>();
    String rest = CodePoints.stripStart(self);
    while (!rest.isEmpty()) {
      if (most >= 0 && parts.size() >= most) {
        parts.add(rest);
        break;
      }
      int end = 0;
      while (end < rest.length() && !CodePoints.space(rest.charAt(end))) {
        end++;
      }
      parts.add(rest.substring(0, end));
      rest = CodePoints.stripStart(rest.substring(end));
    }
    return parts;
  }

  private static List<Object> wordsFromEnd(String self, int most) {
    List<Object> parts = new ArrayList<>();
    String rest = CodePoints.stripEnd(self);
    while (!rest.isEmpty()) {
      if (most >= 0 && parts.size() >= most) {
        parts.add(rest);
        break;
      }
      int start = rest.length();
      while (start > 0 && !CodePoints.space(rest.charAt(start - 1))) {
        start--;
      }
      parts.add(rest.substring(start));
      rest = CodePoints.stripEnd(rest.substring(0, start));
    }
    Collections.reverse(parts);
    return parts;
  }

  private static Object lines(Run run, String self, Arguments arguments) {
    boolean keep = arguments.bind("splitlines", 0, "keepends").truth(0, false);
    run.budget().allocate(self.length());
    return new PyList(lines(self, keep));
  }

  static List<Object> lines(String text, boolean keepEnds) {
    List<Object> lines = new ArrayList<>();
    int from = 0;
    int i = 0;
    while (i < text.length()) {
      if (!CodePoints.lineBreak(text.charAt(i))) {
        i++;
        continue;
      }
      int end = i + (text.startsWith("\r\n", i) ? 2 : 1);
      lines.add(text.substring(from, keepEnds ? end : i));
      from = end;
      i = end;
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  private static Object partition(String self, Arguments arguments, boolean fromEnd) {
    String separator = arguments.bind("partition", 1, "sep").text(0);
    if (separator.isEmpty()) {
      throw JinjaException.type("empty separator");
    }
    int at = fromEnd ? self.lastIndexOf(separator) : self.indexOf(separator);
    if (at < 0) {
      return fromEnd ? PyTuple.of("", "", self) : PyTuple.of(self, "", "");
    }
    return PyTuple.of(self.substring(0, at), separator, self.substring(at + separator.length()));
  }

  private static Object affix(
      String name, String self, Arguments arguments, BiPredicate<String, String> test) {
    Arguments.Bound bound = arguments.bind(name, 1, "affix", "start", "end");
    Object affix = bound.get(0);
    Optional<String> text = range(self, bound);
    if (affix instanceof PyTuple any) {
      return any.items().stream()
          .anyMatch(one -> test.test(text.orElse(""), Python.text(one)) && text.isPresent());
    }
    if (affix instanceof String one) {
      return text.isPresent() && test.test(text.get(), one);
    }
    Python.refuseUndefined(affix);
    throw JinjaException.type(
        name + " first arg must be str or a tuple of str, not " + Python.typeName(affix));
  }

  /**
   * The part of the text between the second and the third argument; there is none, not even an
   * empty one, from beyond the end.
   */
  private static Optional<String> range(String self, Arguments.Bound bound) {
    if (!bound.given(1) && !bound.given(2)) {
      return Optional.of(self);
    }
    int length = CodePoints.length(self);
    int from = start(bound, length);
    int to = bound.given(2) ? fromStart(bound.integer(2, length), length) : length;
    return from > Math.min(to, length)
        ? Optional.empty()
        : Optional.of(CodePoints.slice(self, from, Math.min(to, length)));
  }

  private static int start(Arguments.Bound bound, int length) {
    return bound.given(1) ? fromStart(bound.integer(1, 0), length) : 0;
  }

  private static int fromStart(int bound, int length) {
    return Math.max(0, bound < 0 ? bound + length : bound);
  }

  private static int find(String name, String self, Arguments arguments, boolean fromEnd) {
    Arguments.Bound bound = arguments.bind(name, 1, "sub", "start", "end");
    String part = bound.text(0);
    Optional<String> text = range(self, bound);
    int at = text.map(t -> fromEnd ? t.lastIndexOf(part) : t.indexOf(part)).orElse(-1);
    return at < 0 ? -1 : start(bound, CodePoints.length(self)) + text.get().codePointCount(0, at);
  }

  private static int found(int position) {
    if (position < 0) {
      throw JinjaException.type("substring not found");
    }
    return position;
  }

  private static int occurrences(String text, String part) {
    if (part.isEmpty()) {
      return CodePoints.length(text) + 1;
    }
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  static String replace(Run run, String text, String old, String fresh, int most) {
    int count = occurrences(text, old);
    count = most < 0 ? count : Math.min(count, most);
    run.budget()
        .allocate(text.length() + (long) count * Math.max(0, fresh.length() - old.length()));
    if (old.isEmpty()) {
      return between(text, fresh, count);
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int n = 0; n < count; n++) {
      int at = text.indexOf(old, from);
      out.append(text, from, at).append(fresh);
      from = at + old.length();
    }
    return out.append(text, from, text.length()).toString();
  }

  /** Replacing nothing puts the new text before each character and at the end. */
  private static String between(String text, String fresh, int count) {
    StringBuilder out = new StringBuilder();
    int left = count;
    for (int c : text.codePoints().toArray()) {
      if (left-- > 0) {
        out.append(fresh);
      }
      out.appendCodePoint(c);
    }
    return left > 0 ? out.append(fresh).toString() : out.toString();
  }
}
