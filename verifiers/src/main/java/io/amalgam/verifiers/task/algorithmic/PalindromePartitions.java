package io.amalgam.verifiers.task.algorithmic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The ways to cut a string into palindromes, those with short first pieces first. */
final class PalindromePartitions {
  private final String string;
  private final boolean[][] palindrome;

  PalindromePartitions(String string) {
    this.string = string;
    int length = string.length();
    palindrome = new boolean[length][length];
    for (int first = length - 1; first >= 0; first--) {
      for (int last = first; last < length; last++) {
        boolean inside = last - first < 2 || palindrome[first + 1][last - 1];
        palindrome[first][last] = inside && string.charAt(first) == string.charAt(last);
      }
    }
  }

  /** How many ways there are; a double, since there can be very many. */
  double count() {
    double[] waysFrom = new double[string.length() + 1];
    waysFrom[string.length()] = 1;
    for (int first = string.length() - 1; first >= 0; first--) {
      for (int last = first; last < string.length(); last++) {
        waysFrom[first] += palindrome[first][last] ? waysFrom[last + 1] : 0;
      }
    }
    return waysFrom[0];
  }

  /** All ways. */
  List<List<String>> all() {
    List<List<String>> found = new ArrayList<>();
    extend(new ArrayDeque<>(), 0, found);
    return found;
  }

  private void extend(Deque<String> pieces, int first, List<List<String>> found) {
    if (first == string.length()) {
      found.add(List.copyOf(pieces));
      return;
    }
    for (int last = first; last < string.length(); last++) {
      if (palindrome[first][last]) {
        pieces.addLast(string.substring(first, last + 1));
        extend(pieces, last + 1, found);
        pieces.removeLast();
      }
    }
  }
}
