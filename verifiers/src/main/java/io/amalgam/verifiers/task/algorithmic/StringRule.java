package io.amalgam.verifiers.task.algorithmic;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A rule that changes a string.
 *
 * @param text what the question says of it
 * @param applies whether it can be used
 * @param change what it does then
 */
record StringRule(String text, Predicate<String> applies, UnaryOperator<String> change) {
  private static final int LONG = 15;

  /** The rules to draw from, in the original's order. */
  static final List<StringRule> ALL =
      List.of(
          prefix("ab", "If the string prefix is 'ab', replace it with 'ca'.", rest -> "ca" + rest),
          suffix("ac", "If the string suffix is 'ac', replace it with 'cb'.", rest -> rest + "cb"),
          prefix(
              "bc",
              "If the string prefix is 'bc', delete the first two characters and append 'aa' to"
                  + " the end.",
              rest -> rest + "aa"),
          suffix(
              "bb", "If the string suffix is 'bb', delete the last two characters.", rest -> rest),
          prefix(
              "cb",
              "If the string prefix is 'cb', replace it with 'aa' and delete the last character.",
              rest -> "aa" + rest.substring(0, Math.max(0, rest.length() - 1))),
          prefix(
              "ca",
              "If the string prefix is 'ca', replace it with 'bb' and append 'c' to the end.",
              rest -> "bb" + rest + "c"),
          suffix(
              "cc",
              "If the string suffix is 'cc', replace it with 'b' and prepend 'a' to the start.",
              rest -> "a" + rest + "b"),
          prefix(
              "aa",
              "If the string prefix is 'aa', remove the first character.",
              rest -> "a" + rest),
          inside(
              "abc",
              "If the string contains 'abc', replace the first occurrence with 'cab'.",
              "cab"),
          inside("bca", "If the string contains 'bca', delete the first occurrence entirely.", ""),
          suffix("ba", "If the string ends with 'ba', replace it with 'ab'.", rest -> rest + "ab"),
          prefix(
              "cc",
              "If the string starts with 'cc', remove the first two characters.",
              rest -> rest),
          inside(
              "acb",
              "If the string contains 'acb', replace the first occurrence with its reverse"
                  + " ('bca').",
              "bca"),
          suffix(
              "ca", "If the string ends with 'ca', remove the last character.", rest -> rest + "c"),
          prefix(
              "bb",
              "If the string starts with 'bb', remove the second character.",
              rest -> "b" + rest),
          suffix("aa", "If the string ends with 'aa', replace it with 'cc'.", rest -> rest + "cc"),
          new StringRule(
              "If the string contains 'ca' (not at the start), remove the first occurrence found"
                  + " after the first character.",
              s -> s.indexOf("ca", 1) >= 0,
              s -> without(s, s.indexOf("ca", 1), 2)),
          new StringRule(
              "If the string contains an even number of 'b's (and at least one 'b'), append 'ab'"
                  + " at the end.",
              s -> s.indexOf('b') >= 0 && count(s, 'b') % 2 == 0,
              s -> s + "ab"),
          new StringRule(
              "If the string length is greater than 15, remove the middle character.",
              s -> s.length() > LONG,
              s -> without(s, s.length() / 2, 1)),
          prefix(
              "ac",
              "If the string starts with 'ac', replace the first two characters with 'zz'.",
              rest -> "zz" + rest));

  private static StringRule prefix(String prefix, String text, UnaryOperator<String> withRest) {
    return new StringRule(
        text, s -> s.startsWith(prefix), s -> withRest.apply(s.substring(prefix.length())));
  }

  private static StringRule suffix(String suffix, String text, UnaryOperator<String> withRest) {
    return new StringRule(
        text,
        s -> s.endsWith(suffix),
        s -> withRest.apply(s.substring(0, s.length() - suffix.length())));
  }

  private static StringRule inside(String part, String text, String replacement) {
    return new StringRule(
        text,
        s -> s.contains(part),
        s -> {
          int start = s.indexOf(part);
          return s.substring(0, start) + replacement + s.substring(start + part.length());
        });
  }

  private static int count(String string, char letter) {
    int count = 0;
    for (int at = string.indexOf(letter); at >= 0; at = string.indexOf(letter, at + 1)) {
      count++;
    }
    return count;
  }

  private static String without(String string, int start, int length) {
    return string.substring(0, start) + string.substring(start + length);
  }
}
