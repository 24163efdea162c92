package io.amalgam.verifiers.task.games;

import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
    Map<Character, List<Integer>> cells = new TreeMap<>();
    for (int i = 0; i < CELLS; i++) {
      char label = description.charAt(i);
      if (label == WALL) {
        walls |= bit(i);
      } else if (label != EMPTY) {
        cells.computeIfAbsent(label, l -> new ArrayList<>()).add(i);
      }
    }
    List<Vehicle> vehicles = new ArrayList<>();
    for (List<Integer> own : cells.values()) {
      if (!isStraight(own)) {
        return Optional.empty();
      }
      vehicles.add(new Vehicle(own.get(0), own.size(), own.get(1) - own.get(0)));
    }
    return vehicles.isEmpty() ? Optional.empty() : Optional.of(new RushHourBoard(vehicles, walls));
  }

  private static boolean isStraight(List<Integer> cells) {
    if (cells.size() < 2 || cells.size() > LONGEST) {
      return false;
    }
    int stride = cells.get(1) - cells.get(0);
    return (stride == 1 || stride == SIDE)
        && cells.get(cells.size() - 1) - cells.get(0) == stride * (cells.size() - 1);
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
    char[] cells = ".".repeat(CELLS).toCharArray();
    for (int i = 0; i < vehicles.size(); i++) {
      Vehicle vehicle = vehicles.get(i);
      for (int part = 0; part < vehicle.length; part++) {
        cells[vehicle.position + part * vehicle.stride] = (char) ('A' + i);
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < CELLS; i++) {
      text.append((walls & bit(i)) != 0 ? WALL : cells[i]).append(i % SIDE == SIDE - 1 ? "\n" : "");
    }
    return text.toString();
  }
}
