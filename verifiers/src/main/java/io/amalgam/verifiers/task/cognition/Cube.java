package io.amalgam.verifiers.task.cognition;

import java.util.Arrays;

/**
 * A cube of coloured pieces whose layers turn. Pieces stand at (x, y, z), from left to right, from
 * below to above and from back to front; each has a colour, or none, along each axis.
 *
 * <p>Colours as in the original's engine, magiccube: red left, orange right, white below, yellow
 * above, blue behind, green in front.
 */
final class Cube {
  /** Stands where a piece has no sticker. */
  static final char NONE = ' ';

  private static final int AXES = 3;

  /** The colours at the low and the high end of each axis. */
  private static final String[] COLOURS = {"RO", "WY", "BG"};

  private static final String[] FACES = {"LMRX", "DEUY", "BSFZ"};

  /** The moves that turn from the third axis to the second and so on. */
  private static final String POSITIVE = "LUBMY";

  private final int size;

  /** Colours by position and axis. */
  private char[] colours;

  Cube(int size) {
    this.size = size;
    colours = new char[size * size * size * AXES];
    Arrays.fill(colours, NONE);
    for (int axis = 0; axis < AXES; axis++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          colours[at(axis, 0, i, j) + axis] = COLOURS[axis].charAt(0);
          colours[at(axis, size - 1, i, j) + axis] = COLOURS[axis].charAt(1);
        }
      }
    }
  }

  int size() {
    return size;
  }

  char colour(int x, int y, int z, int axis) {
    return colours[((x * size + y) * size + z) * AXES + axis];
  }

  /** Where the piece stands whose place along an axis is given, and i, j along the two others. */
  private int at(int axis, int along, int i, int j) {
    int x = axis == 0 ? along : i;
    int y = axis == 1 ? along : axis == 0 ? i : j;
    int z = axis == 2 ? along : j;
    return ((x * size + y) * size + z) * AXES;
  }

  /** Makes a move; false if this cube does not have the layer. */
  boolean turn(CubeMove move) {
    int axis = 0;
    while (FACES[axis].indexOf(move.type()) < 0) {
      axis++;
    }
    int first;
    int last;
    switch (FACES[axis].indexOf(move.type())) {
      case 0 -> {
        first = move.wide() ? 0 : move.layer() - 1;
        last = move.layer() - 1;
      }
      case 1 -> {
        if (size % 2 == 0) {
          return false;
        }
        first = size / 2;
        last = size / 2;
      }
      case 2 -> {
        first = size - move.layer();
        last = move.wide() ? size - 1 : first;
      }
      default -> {
        first = 0;
        last = size - 1;
      }
    }
    if (move.layer() < 1 || move.layer() > size) {
      return false;
    }
    boolean positive = POSITIVE.indexOf(move.type()) >= 0 != move.reversed();
    char[] turned = colours.clone();
    for (int along = first; along <= last; along++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          int from = positive ? at(axis, along, j, size - 1 - i) : at(axis, along, size - 1 - j, i);
          copyTurned(turned, at(axis, along, i, j), from, axis);
        }
      }
    }
    colours = turned;
    return true;
  }

  /** Takes over a piece, the colours of the two axes across the turn exchanged. */
  private void copyTurned(char[] target, int to, int from, int axis) {
    int second = (axis + 1) % AXES;
    int third = (axis + 2) % AXES;
    target[to + axis] = colours[from + axis];
    target[to + second] = colours[from + third];
    target[to + third] = colours[from + second];
  }

  /** Whether every face has one colour. */
  boolean isSolved() {
    for (int axis = 0; axis < AXES; axis++) {
      for (int along = 0; along < size; along += size - 1) {
        char first = colours[at(axis, along, 0, 0) + axis];
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            if (colours[at(axis, along, i, j) + axis] != first) {
              return false;
            }
          }
        }
      }
    }
    return true;
  }

  /** The unfolded cube: above, then left, front, right and back side by side, then below. */
  String print() {
    StringBuilder text = new StringBuilder();
    int last = size - 1;
    String before = " ".repeat(AXES * size);
    String after = " ".repeat(2 * AXES * size) + "\n";
    for (int row = 0; row < size; row++) {
      text.append(before);
      for (int col = 0; col < size; col++) {
        append(text, colour(col, last, row, 1));
      }
      text.append(after);
    }
    for (int row = 0; row < size; row++) {
      int y = last - row;
      for (int col = 0; col < size; col++) {
        append(text, colour(0, y, col, 0));
      }
      for (int col = 0; col < size; col++) {
        append(text, colour(col, y, last, 2));
      }
      for (int col = 0; col < size; col++) {
        append(text, colour(last, y, last - col, 0));
      }
      for (int col = 0; col < size; col++) {
        append(text, colour(last - col, y, 0, 2));
      }
      text.append('\n');
    }
    for (int row = 0; row < size; row++) {
      text.append(before);
      for (int col = 0; col < size; col++) {
        append(text, colour(col, 0, last - row, 1));
      }
      text.append(after);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, char colour) {
    text.append(' ').append(colour).append(' ');
  }
}
