package io.amalgam.actors.settings;

import java.util.Collection;
import java.util.Optional;

/** Finds the known name that a mistyped one was probably meant to be. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * The known name nearest to {@code given} by edit distance, if it is near enough to be a typing
   * error: at most two edits or a third of the letters.
   */
  public static Optional<String> nearest(String given, Collection<String> known) {
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String name : known) {
      int d = distance(normal(given), normal(name));
      if (d < bestDistance) {
        best = name;
        bestDistance = d;
      }
    }
    int limit = Math.max(2, given.length() / 3);
    return bestDistance <= limit && bestDistance < given.length()
        ? Optional.of(best)
        : Optional.empty();
  }

  /** A remedy for an unknown name: the nearest one, or all of them. */
  public static String remedy(String given, Collection<String> known) {
    return nearest(given, known)
        .map(name -> "did you mean \"" + name + "\"?")
        .orElseGet(() -> "known are: " + String.join(", ", known));
  }

  private static String normal(String name) {
    return name.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
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
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
