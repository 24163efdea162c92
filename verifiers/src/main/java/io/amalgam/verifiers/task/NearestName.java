package io.amalgam.verifiers.task;

import java.util.Collection;
import java.util.Comparator;

/** Finds the known name that a mistyped one probably meant, by edit distance. */
final class NearestName {
  private NearestName() {}

  /** "did you mean …?", or the list of names if none is near. */
  static String suggestion(String typed, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt((String name) -> distance(typed, name))
                .thenComparing(name -> name))
        .filter(
            name -> typed.length() < 200 && distance(typed, name) <= Math.max(2, name.length() / 2))
        .map(name -> "did you mean \"" + name + "\"?")
        .orElseGet(
            () ->
                known.isEmpty()
                    ? "there is none to choose from"
                    : "known are " + String.join(", ", known));
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
