package io.amalgam.verifiers.task.algorithmic;

import java.util.List;

/**
 * A group of cells of Conway's Game of Life. Oscillators are those of the LifeWiki by their names;
 * the others die out within a few steps.
 *
 * @param name name in the metadata
 * @param difficulty level of an oscillator; 0 for what dies out
 * @param lines the cells, {@code #} alive and {@code .} dead
 */
record LifePattern(String name, int difficulty, List<String> lines) {
  private static final String DIES_OUT = "non-oscillator";

  /** Patterns that never die. */
  static final List<LifePattern> OSCILLATORS =
      List.of(
          oscillator("blinker", 1, "...", "###", "..."),
          oscillator("toad", 1, ".##.", "#...", "...#", ".##."),
          oscillator("clock", 1, "..#.", "#.#.", ".#.#", ".#.."),
          oscillator("bipole", 1, "...##", "..#.#", ".....", "#.#..", "##..."),
          oscillator("tripole", 1, "....##", "...#.#", "......", ".#.#..", "#.....", "##...."),
          oscillator(
              "caterer", 2, ".###..", ".....#", "#....#", "....#.", ".##...", ".#....", ".#....",
              ".#....", "......"),
          oscillator("mold", 2, "...##.", "..#..#", "#..#.#", "....#.", "#.##..", ".#...."),
          oscillator(
              "pinwheel",
              2,
              "......##....",
              "......##....",
              "............",
              "....####....",
              "##.#....#...",
              "##.#..#.#...",
              "...#...##.##",
              "...#.#..#.##",
              "....####....",
              "............",
              "....##......",
              "....##......"),
          oscillator(
              "pentadecathlon",
              3,
              "................",
              "................",
              "................",
              ".#..##....##..#.",
              "#...###..###...#",
              ".#..##....##..#.",
              "................",
              "................",
              "................"));

  /** Patterns that die out. */
  static final List<LifePattern> DYING =
      List.of(
          dying("#..", ".#.", "..#"),
          dying("..#", ".#.", "#.."),
          dying("#..", ".#.", "#.."),
          dying("..#", ".#.", "..#"),
          dying("#...", ".#..", "..#.", "...#"),
          dying("#....", ".#...", "..#..", "...#.", "....#"),
          dying("#.....", ".#....", "..#...", "...#..", "....#.", ".....#"));

  private static LifePattern oscillator(String name, int difficulty, String... lines) {
    return new LifePattern(name, difficulty, List.of(lines));
  }

  private static LifePattern dying(String... lines) {
    return new LifePattern(DIES_OUT, 0, List.of(lines));
  }

  int height() {
    return lines.size();
  }

  int width() {
    return lines.get(0).length();
  }

  boolean alive(int row, int column) {
    return lines.get(row).charAt(column) == '#';
  }
}
