package io.amalgam.verifiers.task.algorithmic;

import io.amalgam.verifiers.python.PythonSet;
import io.amalgam.verifiers.task.TaskData;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words of one length and which of them differ in one letter. */
final class LadderWords {
  private static final int NONE = -1;

  private final List<String> words;
  private final Map<String, Integer> places;

  /** For each word the places of its neighbours, in the order in which the original tries them. */
  private final int[][] neighbours;

  private LadderWords(List<String> sortedWords) {
    words = List.copyOf(sortedWords);
    Map<String, Integer> byWord = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      byWord.put(words.get(i), i);
    }
    places = Map.copyOf(byWord);
    neighbours = words.stream().map(this::neighbours).toArray(int[][]::new);
  }

  private int[] neighbours(String word) {
    PythonSet<String> found = new PythonSet<>();
    for (int i = 0; i < word.length(); i++) {
      for (char letter = 'A'; letter <= 'Z'; letter++) {
        String other = word.substring(0, i) + letter + word.substring(i + 1);
        if (letter != word.charAt(i) && places.containsKey(other)) {
          found.add(other);
        }
      }
    }
    return found.toList().stream().mapToInt(places::get).toArray();
  }

  /** All words in ascending order. */
  List<String> words() {
    return words;
  }

  boolean contains(String word) {
    return places.containsKey(word);
  }

  /** A shortest ladder with both ends; empty if there is none. */
  List<String> path(String start, String end) {
    int goal = Collections.binarySearch(words, end);
    int first = Collections.binarySearch(words, start);
    int[] from = new int[words.size()];
    Arrays.fill(from, NONE);
    from[first] = first;
    Deque<Integer> queue = new ArrayDeque<>(List.of(first));
    while (!queue.isEmpty() && from[goal] == NONE) {
      int word = queue.remove();
      for (int next : neighbours[word]) {
        if (from[next] == NONE) {
          from[next] = word;
          queue.add(next);
        }
      }
    }
    if (from[goal] == NONE) {
      return List.of();
    }
    List<String> path = new ArrayList<>();
    for (int word = goal; word != first; word = from[word]) {
      path.add(words.get(word));
    }
    path.add(start);
    Collections.reverse(path);
    return path;
  }

  /**
   * The words of a table with a column for each length, read once.
   *
   * @param byLength words of each length that has any
   */
  record Table(Map<Integer, LadderWords> byLength) {
    /** The name of the file. */
    static final String FILE = "words.csv";

    private static final String COLUMN_END = "_letter";

    Table {
      byLength = Map.copyOf(byLength);
    }

    static Table read(TaskData data) {
      List<String> lines = data.lines(FILE);
      List<String> columns = lines.isEmpty() ? List.of() : Words.splitAt(lines.get(0), ",");
      Map<Integer, LadderWords> byLength = new HashMap<>();
      for (int length = WordLadder.SHORTEST; length <= WordLadder.LONGEST; length++) {
        int column = columns.indexOf(length + COLUMN_END);
        if (column >= 0) {
          byLength.put(length, new LadderWords(column(lines, column, length)));
        }
      }
      return new Table(byLength);
    }

    private static List<String> column(List<String> lines, int column, int length) {
      return lines.stream()
          .skip(1)
          .map(line -> Words.splitAt(line, ","))
          .filter(cells -> column < cells.size())
          .map(cells -> cells.get(column).toUpperCase(Locale.ROOT))
          .filter(word -> word.length() == length)
          .distinct()
          .sorted()
          .toList();
    }
  }
}
