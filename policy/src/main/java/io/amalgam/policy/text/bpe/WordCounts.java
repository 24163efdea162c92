package io.amalgam.policy.text.bpe;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How often each word occurs, where words are the pieces that merges never cross. */
final class WordCounts {
  /** The split of GPT-2 with digits apart, each alone and without the space before it. */
  private static final Pattern WORD =
      Pattern.compile(
          "\\p{N}|'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?=\\p{N})|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final TreeMap<String, Long> counts = new TreeMap<>();
  private final Pattern added;

  WordCounts(Collection<String> addedTokens) {
    String longestFirst =
        addedTokens.stream()
            .sorted(
                Comparator.comparingInt(String::length)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    // A pattern that never matches where nothing was added.
    this.added = Pattern.compile(longestFirst.isEmpty() ? "(?!)" : longestFirst);
  }

  void add(String text) {
    Matcher cut = added.matcher(text);
    int from = 0;
    while (cut.find()) {
      count(text, from, cut.start());
      from = cut.end();
    }
    count(text, from, text.length());
  }

  private void count(String text, int from, int to) {
    Matcher word = WORD.matcher(text).region(from, to);
    while (word.find()) {
      counts.merge(word.group(), 1L, Long::sum);
    }
  }

  Map<String, Long> counts() {
    return counts;
  }
}
