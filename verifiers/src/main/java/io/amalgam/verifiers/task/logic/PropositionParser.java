package io.amalgam.verifiers.task.logic;

import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.logic.Proposition.Connective;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads formulas as the original does: a text is split at its last connective outside parentheses,
 * of the kind that binds least; a text without any is a variable, whatever it is.
 *
 * <p>Parentheses count from the right, and need not match. Positions of connectives are looked up
 * by depth, so that long chains take little more than linear time.
 */
final class PropositionParser {
  /** Python's recursion ends at about this depth. */
  private static final int MOST_DEPTH = 970;

  private static final List<Connective> LOOSEST_FIRST =
      List.of(Connective.IFF, Connective.IMPLIES, Connective.OR, Connective.AND);

  private final String text;

  /** Opening less closing parentheses before every position. */
  private final int[] depths;

  /** The closing parenthesis of every opening one, or -1. */
  private final int[] closing;

  private final Map<Integer, Map<Connective, Positions>> connectives = new HashMap<>();
  private boolean tooDeep;

  PropositionParser(String text) {
    this.text = text;
    depths = new int[text.length() + 1];
    closing = new int[text.length()];
    Arrays.fill(closing, -1);
    int[] open = new int[text.length()];
    int openCount = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depths[i + 1] = depths[i];
      if (c == '(') {
        depths[i + 1]++;
        open[openCount++] = i;
      } else if (c == ')') {
        depths[i + 1]--;
        if (openCount > 0) {
          closing[open[--openCount]] = i;
        }
      } else {
        record(c, i);
      }
    }
  }

  private void record(char c, int position) {
    for (Connective connective : LOOSEST_FIRST) {
      if (c == connective.symbol()) {
        connectives
            .computeIfAbsent(depths[position], depth -> new EnumMap<>(Connective.class))
            .computeIfAbsent(connective, kind -> new Positions())
            .add(position);
      }
    }
  }

  /** Ascending positions. */
  private static final class Positions {
    private int[] values = new int[4];
    private int count;

    void add(int value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    /** The last one below a limit, or -1. */
    int lastBelow(int limit) {
      int found = Arrays.binarySearch(values, 0, count, limit);
      int next = found < 0 ? -found - 1 : found;
      return next == 0 ? -1 : values[next - 1];
    }
  }

  /** The formula, or empty if a part of it is blank or it is too deep. */
  Optional<Proposition> parse() {
    return parse(0, text.length(), 0);
  }

  /** Whether the text was nested too deeply to be read. */
  boolean isTooDeep() {
    return tooDeep;
  }

  private Optional<Proposition> parse(int from, int to, int level) {
    int start = from;
    int end = to;
    while (start < end && PythonText.isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && PythonText.isSpace(text.charAt(end - 1))) {
      end--;
    }
    tooDeep |= level > MOST_DEPTH;
    if (start == end || tooDeep) {
      return Optional.empty();
    }
    if (text.charAt(start) == '(' && closing[start] == end - 1) {
      return parse(start + 1, end - 1, level + 1);
    }
    Map<Connective, Positions> outside = connectives.getOrDefault(depths[end], Map.of());
    for (Connective connective : LOOSEST_FIRST) {
      Positions positions = outside.get(connective);
      int position = positions == null ? -1 : positions.lastBelow(end);
      if (position >= start) {
        Optional<Proposition> left = parse(start, position, level + 1);
        if (left.isEmpty()) {
          return left;
        }
        return parse(position + 1, end, level + 1)
            .map(right -> Proposition.connected(connective, left.get(), right));
      }
    }
    if (text.charAt(start) == Connective.NOT.symbol()) {
      return parse(start + 1, end, level + 1).map(Proposition::not);
    }
    return Optional.of(Proposition.variable(text.substring(start, end)));
  }
}
