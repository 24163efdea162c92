package io.amalgam.policy.text.jinja;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters that take a text and give one; other values are written out first. */
final class TextFilters {
  private static final Pattern WORD_START =
      Pattern.compile("[-\\s(\\{\\[<]+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

  /** Filters that call the method of the text, and so keep it marked as safe. */
  private static final Set<String> KEEPS_MARK = Set.of("upper", "lower", "capitalize");

  private TextFilters() {}

  private interface Plain {
    Object of(String text);
  }

  static void register(Map<String, Filters.Filter> all) {
    plain(all, "upper", text -> text.toUpperCase(Locale.ROOT));
    plain(all, "lower", text -> text.toLowerCase(Locale.ROOT));
    plain(all, "capitalize", TextMethods::capitalized);
    plain(all, "title", TextFilters::titled);
    marked(all, "string", value -> value instanceof Markup ? value : Repr.str(value));
    marked(all, "safe", value -> new Markup(Repr.str(value)));
    marked(all, "escape", Markup::escape);
    marked(all, "e", Markup::escape);
    marked(all, "forceescape", value -> Markup.escape(Repr.str(value)));
    plain(all, "striptags", TextFilters::withoutTags);
    plain(all, "wordcount", text -> WORD.matcher(text).results().count());
    all.put("trim", TextFilters::trim);
    all.put("replace", TextFilters::replace);
    all.put("urlencode", TextFilters::urlEncoded);
    all.put(
        "format",
        (run, value, a) -> {
          if (!a.positional().isEmpty() && !a.named().isEmpty()) {
            throw JinjaException.type(
                "can't handle positional and keyword arguments at the same time");
          }
          PyDict named = new PyDict();
          a.named().forEach(named::put);
          Object values = a.named().isEmpty() ? new PyTuple(a.positional()) : named;
          return new PercentFormat(run, Repr.str(value), values).result();
        });
  }

  private static void marked(
      Map<String, Filters.Filter> all, String name, UnaryOperator<Object> filter) {
    all.put(
        name,
        (run, value, arguments) -> {
          arguments.bind(name, 0);
          run.budget().allocate(Repr.str(value).length());
          return filter.apply(value);
        });
  }

  private static void plain(Map<String, Filters.Filter> all, String name, Plain filter) {
    all.put(
        name,
        (run, value, arguments) -> {
          arguments.bind(name, 0);
          String text = Repr.str(value);
          run.budget().allocate(text.length());
          Object out = filter.of(text);
          boolean keepsMark = KEEPS_MARK.contains(name) && value instanceof Markup;
          return keepsMark && out instanceof String marked ? new Markup(marked) : out;
        });
  }

  private static Object trim(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("trim", 0, "chars");
    String text = Repr.str(value);
    return bound.given(0)
        ? CodePoints.stripEnd(CodePoints.stripStart(text, bound.text(0)), bound.text(0))
        : CodePoints.stripEnd(CodePoints.stripStart(text));
  }

  private static Object replace(Run run, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("replace", 2, "old", "new", "count");
    int most = bound.given(2) ? bound.integer(2, -1) : -1;
    return SearchMethods.replace(
        run, Repr.str(value), Repr.str(bound.get(0)), Repr.str(bound.get(1)), most);
  }

  private static String titled(String text) {
    StringBuilder out = new StringBuilder();
    Matcher starts = WORD_START.matcher(text);
    int from = 0;
    while (starts.find()) {
      out.append(firstUpper(text.substring(from, starts.start()))).append(starts.group());
      from = starts.end();
    }
    return out.append(firstUpper(text.substring(from))).toString();
  }

  private static String firstUpper(String word) {
    if (word.isEmpty()) {
      return word;
    }
    int first = word.offsetByCodePoints(0, 1);
    return word.substring(0, first).toUpperCase(Locale.ROOT)
        + word.substring(first).toLowerCase(Locale.ROOT);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  private static String withoutTags(String text) {
    String plain = text.replaceAll("(?s)<!--.*?-->", "").replaceAll("(?s)<.*?>", "");
    List<String> words = new ArrayList<>();
    SearchMethods.words(plain).forEach(word -> words.add((String) word));
    Map<String, String> entities =
        new HashMap<>(
            Map.of("&lt;", "<", "&gt;", ">", "&quot;", "\"", "&#34;", "\"", "&#39;", "'"));
    String out = String.join(" ", words);
    for (Map.Entry<String, String> entity : entities.entrySet()) {
      out = out.replace(entity.getKey(), entity.getValue());
    }
    return out.replace("&amp;", "&");
  }

  private static Object urlEncoded(Run run, Object value, Arguments arguments) {
    arguments.bind("urlencode", 0);
    if (value instanceof String || !Python.iterable(value)) {
      return quoted(run, Repr.str(value), true);
    }
    List<Object> pairs = value instanceof PyDict dict ? dict.pairs() : Python.elements(value);
    List<String> parts = new ArrayList<>();
    for (Object pair : pairs) {
      List<Object> both = Python.elements(pair);
      if (both.size() != 2) {
        throw JinjaException.type("urlencode needs pairs");
      }
      parts.add(
          quoted(run, Repr.str(both.get(0)), false)
              + "="
              + quoted(run, Repr.str(both.get(1)), false));
    }
    return String.join("&", parts);
  }

  private static String quoted(Run run, String text, boolean path) {
    run.budget().allocate(3L * text.length());
    String quoted =
        URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
    return path ? quoted.replace("+", "%20").replace("%2F", "/") : quoted;
  }
}
