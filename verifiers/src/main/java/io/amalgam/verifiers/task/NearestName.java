package io.amalgam.verifiers.task;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the known name that a mistyped one was probably meant to be, by edit distance. Capitals,
 * and underscores in place of hyphens, are no difference.
 */
public final class NearestName {
  /** Longer texts are no mistyped names; comparing them would only take time. */
  private static final int LONGEST = 200;

  private NearestName() {}

  /**
   * The known name nearest to {@code given}, if it is near enough to be a typing error: at most two
   * edits or a third of the letters, and not every letter. The first of equally near names in the
   * order of {@code known}.
   */
  public static Optional<String> nearest(String given, Collection<String> known) {
    if (given.length() >= LONGEST) {
      return Optional.empty();
    }
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String name : known) {
      int distance = distance(normal(given), normal(name));
      if (distance < least) {
        best = name;
        least = distance;
      }
    }
    int limit = Math.max(2, given.length() / 3);
    return least <= limit && least < given.length() ? Optional.of(best) : Optional.empty();
  }

  /**
   * A remedy for an unknown name, as the end of an error message: {@code did you mean "…"?} where
   * one is near, else the list of all.
   */
  public static String suggestion(String given, Collection<String> known) {
    return nearest(given, known)
        .map(name -> "did you mean \"" + name + "\"?")
        .orElseGet(
            () ->
                known.isEmpty()
                    ? "there is none to choose from"
                    : "known are " + String.join(", ", known));
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
