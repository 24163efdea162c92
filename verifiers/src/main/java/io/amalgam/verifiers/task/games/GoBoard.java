package io.amalgam.verifiers.task.games;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** A Go board on which stones are captured and a ko may be taken; points count row by row. */
final class GoBoard {
  static final char EMPTY = '.';
  static final char BLACK = 'X';
  static final char WHITE = 'O';

  private static final int NO_POINT = -1;

  private final int size;
  private final char[] points;
  private int ko = NO_POINT;

  GoBoard(int size) {
    this.size = size;
    points = new char[size * size];
    Arrays.fill(points, EMPTY);
  }

  int size() {
    return size;
  }

  char at(int row, int col) {
    return points[row * size + col];
  }

  /** Puts a stone or its absence onto a point, without capturing anything. */
  void set(int row, int col, char stone) {
    points[row * size + col] = stone;
  }

  boolean contains(int row, int col) {
    return row >= 0 && row < size && col >= 0 && col < size;
  }

  int stones() {
    int count = 0;
    for (char point : points) {
      count += point == EMPTY ? 0 : 1;
    }
    return count;
  }

  /** The points beside one: above, below, left, right. */
  List<Integer> beside(int point) {
    List<Integer> around = new ArrayList<>(4);
    int col = point % size;
    if (point >= size) {
      around.add(point - size);
    }
    if (point < points.length - size) {
      around.add(point + size);
    }
    if (col > 0) {
      around.add(point - 1);
    }
    if (col < size - 1) {
      around.add(point + 1);
    }
    return around;
  }

  /** Whether a stone may be put: on an empty point, not into a ko, with a liberty or a capture. */
  boolean isLegal(int row, int col, char stone) {
    int point = row * size + col;
    if (points[point] != EMPTY || point == ko) {
      return false;
    }
    points[point] = stone;
    boolean legal = !captured(point).isEmpty() || hasLiberty(group(point));
    points[point] = EMPTY;
    return legal;
  }

  /** Puts a stone that may be put and takes off what it captures. */
  void play(int row, int col, char stone) {
    int point = row * size + col;
    points[point] = stone;
    BitSet captured = captured(point);
    ko = NO_POINT;
    if (captured.cardinality() == 1 && group(point).cardinality() == 1) {
      ko = captured.nextSetBit(0);
    }
    captured.stream().forEach(taken -> points[taken] = EMPTY);
  }

  /** The other colour's stones beside a stone that have no liberty left, with their groups. */
  private BitSet captured(int point) {
    BitSet captured = new BitSet();
    for (int other : beside(point)) {
      if (points[other] != EMPTY && points[other] != points[point]) {
        BitSet group = group(other);
        if (!hasLiberty(group)) {
          captured.or(group);
        }
      }
    }
    return captured;
  }

  private BitSet group(int point) {
    BitSet group = new BitSet();
    group.set(point);
    Deque<Integer> open = new ArrayDeque<>();
    open.push(point);
    while (!open.isEmpty()) {
      for (int other : beside(open.pop())) {
        if (points[other] == points[point] && !group.get(other)) {
          group.set(other);
          open.push(other);
        }
      }
    }
    return group;
  }

  private boolean hasLiberty(BitSet group) {
    return group.stream().anyMatch(p -> beside(p).stream().anyMatch(o -> points[o] == EMPTY));
  }

  /** The board with letters above the columns and numbers before the rows, 1 below. */
  String print() {
    StringBuilder text = new StringBuilder("  ");
    for (int col = 0; col < size; col++) {
      text.append(' ').append((char) ('A' + col));
    }
    for (int row = 0; row < size; row++) {
      text.append('\n').append(size - row < 10 ? " " : "").append(size - row);
      for (int col = 0; col < size; col++) {
        text.append(' ').append(at(row, col));
      }
    }
    return text.toString();
  }
}
