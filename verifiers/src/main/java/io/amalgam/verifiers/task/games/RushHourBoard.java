package io.amalgam.verifiers.task.games;

import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A board of six by six squares with vehicles that move along their lines, and walls. Cells count
 * row by row; a set of cells is a number with their bits.
 */
final class RushHourBoard {
  private static final int SIDE = 6;
  private static final int CELLS = SIDE * SIDE;
  private static final char EMPTY = 'o';
  private static final char WALL = 'x';
  private static final int LONGEST = 3;

  /** An empty board as it is printed. */
  private static final String NOTHING = (".".repeat(SIDE) + "\n").repeat(SIDE);

  /** Where the first vehicle, two cells long, stands at the exit. */
  private static final int EXIT = 2 * SIDE + SIDE - 2;

  private final List<Vehicle> vehicles;
  private final long walls;
  private long occupied;

  private static final class Vehicle {
    private final int length;
    private final int stride;
    private int position;

    Vehicle(int position, int length, int stride) {
      this.position = position;
      this.length = length;
      this.stride = stride;
    }

    /** The vehicle on some cells, if they are two or three in a line. */
    static Optional<Vehicle> at(long cells) {
      int length = Long.bitCount(cells);
      int first = Long.numberOfTrailingZeros(cells);
      long further = cells & (cells - 1);
      int stride = Long.numberOfTrailingZeros(further) - first;
      int last = Long.SIZE - 1 - Long.numberOfLeadingZeros(cells);
      boolean straight =
          length >= 2
              && length <= LONGEST
              && (stride == 1 || stride == SIDE)
              && last - first == stride * (length - 1);
      return straight ? Optional.of(new Vehicle(first, length, stride)) : Optional.empty();
    }

    /** How far along its line the vehicle stands. */
    int place() {
      return stride == 1 ? position % SIDE : position / SIDE;
    }
  }

  private RushHourBoard(List<Vehicle> vehicles, long walls) {
    this.vehicles = vehicles;
    this.walls = walls;
    occupied = walls;
    for (Vehicle vehicle : vehicles) {
      for (int i = 0; i < vehicle.length; i++) {
        occupied |= bit(vehicle.position + i * vehicle.stride);
      }
    }
  }

  private static long bit(int cell) {
    return 1L << cell;
  }

  /**
   * The board of a description: a character per cell, {@code o} for an empty one, {@code x} for a
   * wall, any other for a vehicle. Empty if that is no board.
   */
  static Optional<RushHourBoard> of(String description) {
    if (description.length() != CELLS) {
      return Optional.empty();
    }
    long walls = 0;
    List<Vehicle> vehicles = new ArrayList<>();
    char[] sorted = description.toCharArray();
    Arrays.sort(sorted);
    for (int start = 0, end; start < CELLS; start = end) {
      char label = sorted[start];
      for (end = start + 1; end < CELLS && sorted[end] == label; ) {
        end++;
      }
      if (label == WALL) {
        walls = cells(description, WALL);
      } else if (label != EMPTY) {
        Optional<Vehicle> vehicle = Vehicle.at(cells(description, label));
        if (vehicle.isEmpty()) {
          return Optional.empty();
        }
        vehicles.add(vehicle.get());
      }
    }
    return vehicles.isEmpty() ? Optional.empty() : Optional.of(new RushHourBoard(vehicles, walls));
  }

  private static long cells(String description, char label) {
    long cells = 0;
    for (int i = description.indexOf(label); i >= 0; i = description.indexOf(label, i + 1)) {
      cells |= bit(i);
    }
    return cells;
  }

  boolean isSolved() {
    return vehicles.get(0).position == EXIT;
  }

  /**
   * Makes all moves that stand in a text, {@code B+2}, step by step; blocked steps and moves of
   * walls and of letters far beyond the last vehicle do nothing.
   *
   * @return false where the original fails: for the letter after the last piece and for numbers
   *     that Python does not read
   */
  boolean play(String text) {
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i + 2 < text.length(); i++) {
      int digits = i + 2;
      int end = digits;
      if (isLetter(text.charAt(i)) && "+-".indexOf(text.charAt(i + 1)) >= 0) {
        end = digitsEnd(text, digits);
      }
      if (end > digits) {
        Optional<BigInteger> steps = PythonInteger.parse(text.substring(digits, end));
        if (steps.isEmpty()) {
          return false;
        }
        int enough = steps.get().min(BigInteger.valueOf(SIDE)).intValueExact();
        moves.add(new Move(text.charAt(i) - 'A', text.charAt(i + 1) == '+' ? enough : -enough));
        i = end - 1;
      }
    }
    return moves.stream().allMatch(this::move);
  }

  private record Move(int piece, int steps) {}

  private static boolean isLetter(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && PythonText.decimalDigit(text.codePointAt(end)) >= 0) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private boolean move(Move move) {
    // Walls count as pieces after the vehicles.
    int pieces = vehicles.size() + Long.bitCount(walls);
    if (move.piece >= vehicles.size()) {
      return move.piece != pieces;
    }
    Vehicle vehicle = vehicles.get(move.piece);
    int direction = Integer.signum(move.steps);
    for (int step = 0; step < Math.abs(move.steps); step++) {
      int front = direction > 0 ? vehicle.length : -1;
      int place = vehicle.place() + front;
      int cell = vehicle.position + front * vehicle.stride;
      if (place < 0 || place >= SIDE || (occupied & bit(cell)) != 0) {
        return true;
      }
      int back = direction > 0 ? 0 : vehicle.length - 1;
      occupied ^= bit(cell) | bit(vehicle.position + back * vehicle.stride);
      vehicle.position += direction * vehicle.stride;
    }
    return true;
  }

  /** The board with vehicles lettered in the order of their labels. */
  String print() {
    char[] text = NOTHING.toCharArray();
    for (int i = 0; i < vehicles.size(); i++) {
      Vehicle vehicle = vehicles.get(i);
      for (int part = 0; part < vehicle.length; part++) {
        text[place(vehicle.position + part * vehicle.stride)] = (char) ('A' + i);
      }
    }
    for (long left = walls; left != 0; left &= left - 1) {
      text[place(Long.numberOfTrailingZeros(left))] = WALL;
    }
    return new String(text);
  }

  /** Where a cell is printed: every line ends with a line feed. */
  private static int place(int cell) {
    return cell + cell / SIDE;
  }
}
