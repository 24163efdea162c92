package io.amalgam.verifiers.task.arc;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rules that move, repeat or resize a grid as a whole. */
final class WholeGridRules {
  private static final int SMALLEST_SIDE = 3;

  private WholeGridRules() {}

  static List<GridRule.Kind> kinds() {
    return List.of(
        new GridRule.Kind("mirror", WholeGridRules::mirror),
        new GridRule.Kind("turn", WholeGridRules::turn),
        new GridRule.Kind("enlarge", random -> resize(random, true)),
        new GridRule.Kind("shrink", random -> resize(random, false)),
        new GridRule.Kind("tile", WholeGridRules::tile),
        new GridRule.Kind("reflect", WholeGridRules::reflect),
        new GridRule.Kind("shift", WholeGridRules::shift),
        new GridRule.Kind("frame", WholeGridRules::frame),
        new GridRule.Kind("sort_bars", WholeGridRules::sortBars));
  }

  private static GridRule mirror(PythonRandom random) {
    List<UnaryOperator<Grid>> axes =
        List.of(Grid::upsideDown, Grid::leftToRight, Grid::transposed, Grid::counterTransposed);
    return changing(random.choice(axes), GridDraws.LARGEST);
  }

  private static GridRule turn(PythonRandom random) {
    int quarters = random.randint(1, 3);
    return changing(grid -> grid.turned(quarters), GridDraws.LARGEST);
  }

  private static GridRule changing(UnaryOperator<Grid> change, int largest) {
    return draws -> {
      Grid input = draws.scene(largest);
      return new GridPair(input, change.apply(input));
    };
  }

  /** Each cell becomes a square of cells, or the other way round. */
  private static GridRule resize(PythonRandom random, boolean enlarge) {
    int factor = random.randint(2, 3);
    return draws -> {
      Grid small = draws.scene(GridDraws.LARGEST / factor);
      Grid large =
          Grid.of(
              small.height() * factor,
              small.width() * factor,
              (row, column) -> small.at(row / factor, column / factor));
      return enlarge ? new GridPair(small, large) : new GridPair(large, small);
    };
  }

  /** The grid several times in both directions. */
  private static GridRule tile(PythonRandom random) {
    int down = random.randint(1, 3);
    int across = random.randint(down == 1 ? 2 : 1, 3);
    return changing(
        grid ->
            Grid.of(
                grid.height() * down,
                grid.width() * across,
                (row, column) -> grid.at(row % grid.height(), column % grid.width())),
        GridDraws.LARGEST / 3);
  }

  /** The grid and its mirror image side by side, in one of four orders. */
  private static GridRule reflect(PythonRandom random) {
    int quarters = random.randint(0, 3);
    return changing(
        grid -> {
          Grid turned = grid.turned(quarters);
          int width = turned.width();
          return Grid.of(
                  turned.height(),
                  2 * width,
                  (row, column) -> turned.at(row, column < width ? column : 2 * width - 1 - column))
              .turned(-quarters);
        },
        GridDraws.LARGEST / 2);
  }

  /** All cells move in one direction; those that leave the grid come back on the other side. */
  private static GridRule shift(PythonRandom random) {
    int distance = random.randint(1, SMALLEST_SIDE - 1);
    int quarters = random.randint(0, 3);
    return changing(
        grid -> {
          Grid turned = grid.turned(quarters);
          int width = turned.width();
          return Grid.of(
                  turned.height(),
                  width,
                  (row, column) -> turned.at(row, Math.floorMod(column - distance, width)))
              .turned(-quarters);
        },
        GridDraws.LARGEST);
  }

  private static GridRule frame(PythonRandom random) {
    int colour = random.randint(0, GridDraws.COLOURS - 1);
    int thickness = random.randint(1, 2);
    return changing(
        grid ->
            Grid.of(
                grid.height() + 2 * thickness,
                grid.width() + 2 * thickness,
                (row, column) ->
                    grid.contains(row - thickness, column - thickness)
                        ? grid.at(row - thickness, column - thickness)
                        : colour),
        GridDraws.LARGEST - 2 * thickness);
  }

  /** Bars on one side of the grid are ordered by length. */
  private static GridRule sortBars(PythonRandom random) {
    int quarters = random.randint(0, 3);
    boolean ascending = random.randint(0, 1) == 0;
    int background = random.randint(0, GridDraws.COLOURS - 1);
    return draws -> {
      int bars = draws.scaled(SMALLEST_SIDE, GridDraws.LARGEST);
      int length = draws.scaled(SMALLEST_SIDE, GridDraws.LARGEST);
      List<Integer> colours = draws.colours(draws.between(1, GridDraws.COLOURS - 1), background);
      List<int[]> rows = new ArrayList<>();
      for (int i = 0; i < bars; i++) {
        int colour = colours.get(i % colours.size());
        int filled = draws.between(1, length);
        rows.add(Grid.of(1, length, (r, c) -> c < filled ? colour : background).copy()[0]);
      }
      Comparator<int[]> byLength = Comparator.comparingInt(bar -> filled(bar, background));
      List<int[]> sorted = new ArrayList<>(rows);
      sorted.sort(ascending ? byLength : byLength.reversed());
      return new GridPair(
              Grid.of(rows.toArray(int[][]::new)), Grid.of(sorted.toArray(int[][]::new)))
          .both(grid -> grid.turned(quarters));
    };
  }

  private static int filled(int[] bar, int background) {
    int filled = 0;
    while (filled < bar.length && bar[filled] != background) {
      filled++;
    }
    return filled;
  }
}
