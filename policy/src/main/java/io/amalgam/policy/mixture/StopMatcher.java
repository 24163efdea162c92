package io.amalgam.policy.mixture;

import java.util.function.IntFunction;

/**
 * An incremental search for one pattern in the tokens of one sequence.
 *
 * <p>Knuth, Morris and Pratt: every symbol is looked at once, also when tokens overlap the
 * pattern's ends. Mutable, one per sequence.
 */
public final class StopMatcher {
  private final int[] pattern;
  private final int[] fallback;
  private final IntFunction<int[]> symbols;
  private int matched;

  StopMatcher(int[] pattern, IntFunction<int[]> symbols) {
    this.pattern = pattern.clone();
    this.symbols = symbols;
    this.fallback = new int[pattern.length + 1];
    for (int i = 1, m = 0; i < pattern.length; i++) {
      while (m > 0 && pattern[i] != pattern[m]) {
        m = fallback[m];
      }
      if (pattern[i] == pattern[m]) {
        m++;
      }
      fallback[i + 1] = m;
    }
  }

  /** Takes the next token; true when the pattern ends within it. */
  public boolean accept(int id) {
    boolean found = false;
    for (int symbol : symbols.apply(id)) {
      while (matched > 0 && symbol != pattern[matched]) {
        matched = fallback[matched];
      }
      if (symbol == pattern[matched]) {
        matched++;
      }
      if (matched == pattern.length) {
        found = true;
        matched = fallback[matched];
      }
    }
    return found;
  }

  /** Goes on where a matcher of the same pattern stood after {@code progress} symbols. */
  void resume(int progress) {
    if (progress < 0 || progress >= pattern.length) {
      throw new IllegalArgumentException(
          "a marker of " + pattern.length + " symbols cannot be matched up to " + progress);
    }
    matched = progress;
  }

  /** How many symbols of the pattern the tokens so far end with; less than the whole pattern. */
  public int progress() {
    return matched;
  }
}
