package io.amalgam.verifiers.task.arc;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Rules on single cells: their colours, and where they fall or shine. */
final class CellRules {
  private static final int MOST_COLOURS = 6;
  private static final int SMALLEST_SIDE = 5;
  private static final int MOST_DOTS = 12;
  private static final double HALF_DENSITY = 0.6;

  private CellRules() {}

  static List<GridRule.Kind> kinds() {
    return List.of(
        new GridRule.Kind("recolour", CellRules::recolour),
        new GridRule.Kind("swap_colours", CellRules::swapColours),
        new GridRule.Kind("keep_colour", CellRules::keepColour),
        new GridRule.Kind("gravity", CellRules::gravity),
        new GridRule.Kind("rays", CellRules::rays),
        new GridRule.Kind("connect", CellRules::connect),
        new GridRule.Kind("halves", CellRules::halves));
  }

  private static GridRule recolour(PythonRandom random) {
    List<Integer> colours = GridDraws.colours(random, 2);
    int from = colours.get(0);
    int to = colours.get(1);
    return painting(from, colour -> colour == from ? to : colour);
  }

  private static GridRule swapColours(PythonRandom random) {
    List<Integer> colours = GridDraws.colours(random, 2);
    int one = colours.get(0);
    int other = colours.get(1);
    return painting(one, colour -> colour == one ? other : colour == other ? one : colour);
  }

  private static GridRule keepColour(PythonRandom random) {
    List<Integer> colours = GridDraws.colours(random, 2);
    int kept = colours.get(0);
    int background = colours.get(1);
    return painting(kept, colour -> colour == kept ? kept : background);
  }

  /** Colours change one by one; one of them is always there. */
  private static GridRule painting(int present, IntUnaryOperator change) {
    return draws -> {
      List<Integer> colours =
          new ArrayList<>(draws.colours(draws.between(1, MOST_COLOURS), present));
      colours.add(present);
      Grid input = draws.noise(GridDraws.LARGEST, colours);
      int row = draws.between(0, input.height() - 1);
      int column = draws.between(0, input.width() - 1);
      int[][] cells = input.copy();
      cells[row][column] = present;
      return new GridPair(Grid.of(cells), Grid.of(cells).recoloured(change));
    };
  }

  /** Coloured cells fall to one side. */
  private static GridRule gravity(PythonRandom random) {
    int background = random.randint(0, GridDraws.COLOURS - 1);
    int quarters = random.randint(0, 3);
    return draws -> {
      Grid input = dots(draws, background);
      int[][] cells = GridDraws.plain(input.height(), input.width(), background);
      for (int column = 0; column < input.width(); column++) {
        int floor = input.height() - 1;
        for (int row = input.height() - 1; row >= 0; row--) {
          if (input.at(row, column) != background) {
            cells[floor--][column] = input.at(row, column);
          }
        }
      }
      return new GridPair(input, Grid.of(cells)).both(grid -> grid.turned(quarters));
    };
  }

  /** Each coloured cell shines in one direction up to the next one or the edge. */
  private static GridRule rays(PythonRandom random) {
    int background = random.randint(0, GridDraws.COLOURS - 1);
    int quarters = random.randint(0, 3);
    return draws -> {
      Grid input = dots(draws, background);
      int[][] cells = input.copy();
      for (int row = 1; row < input.height(); row++) {
        for (int column = 0; column < input.width(); column++) {
          if (cells[row][column] == background) {
            cells[row][column] = cells[row - 1][column];
          }
        }
      }
      return new GridPair(input, Grid.of(cells)).both(grid -> grid.turned(quarters));
    };
  }

  /** A grid with a few coloured cells. */
  private static Grid dots(GridDraws draws, int background) {
    int height = draws.scaled(SMALLEST_SIDE, GridDraws.LARGEST);
    int width = draws.scaled(SMALLEST_SIDE, GridDraws.LARGEST);
    List<Integer> colours = draws.colours(draws.between(1, MOST_COLOURS), background);
    int[][] cells = GridDraws.plain(height, width, background);
    int count = draws.between(1, MOST_DOTS);
    for (int i = 0; i < count; i++) {
      cells[draws.between(0, height - 1)][draws.between(0, width - 1)] =
          colours.get(i % colours.size());
    }
    return Grid.of(cells);
  }

  /** Two equal cells in a line are joined. */
  private static GridRule connect(PythonRandom random) {
    List<Integer> colours = GridDraws.colours(random, 2);
    int background = colours.get(0);
    int line = colours.get(1);
    int quarters = random.randint(0, 1);
    return draws -> {
      int height = draws.scaled(SMALLEST_SIDE, GridDraws.LARGEST);
      int width = draws.scaled(SMALLEST_SIDE, GridDraws.LARGEST);
      List<Integer> dots = draws.colours(draws.between(1, MOST_COLOURS), background, line);
      int[][] input = GridDraws.plain(height, width, background);
      int[][] output = GridDraws.plain(height, width, background);
      for (int row = draws.between(0, 2); row < height; row += draws.between(1, 3)) {
        int left = draws.between(0, width / 2 - 1);
        int right = draws.between(width / 2 + 1, width - 1);
        int dot = dots.get(row % dots.size());
        input[row][left] = dot;
        input[row][right] = dot;
        for (int column = left; column <= right; column++) {
          output[row][column] = column == left || column == right ? dot : line;
        }
      }
      return new GridPair(Grid.of(input), Grid.of(output)).both(grid -> grid.turned(quarters));
    };
  }

  /** Two halves on both sides of a line: the cells that are coloured in both, in one or in any. */
  private static GridRule halves(PythonRandom random) {
    List<Integer> colours = GridDraws.colours(random, 5);
    int background = colours.get(0);
    int separator = colours.get(1);
    int result = colours.get(2);
    int quarters = random.randint(0, 1);
    int condition = random.randint(0, 2);
    return draws -> {
      int height = draws.scaled(3, GridDraws.LARGEST);
      int width = draws.scaled(3, GridDraws.LARGEST / 2 - 1);
      Grid left = draws.noise(height, width, List.of(background, colours.get(3)), HALF_DENSITY);
      Grid right = draws.noise(height, width, List.of(background, colours.get(4)), HALF_DENSITY);
      Grid input =
          Grid.of(
              height,
              2 * width + 1,
              (row, column) ->
                  column == width
                      ? separator
                      : column < width ? left.at(row, column) : right.at(row, column - width - 1));
      Grid output =
          Grid.of(
              height,
              width,
              (row, column) -> {
                boolean one = left.at(row, column) != background;
                boolean other = right.at(row, column) != background;
                boolean holds =
                    condition == 0 ? one && other : condition == 1 ? one != other : one || other;
                return holds ? result : background;
              });
      return new GridPair(input, output).both(grid -> grid.turned(quarters));
    };
  }
}
