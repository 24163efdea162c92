package io.amalgam.verifiers.task.arc;

import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.arc.GridDraws.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Rules on boxes that lie apart on a plain background. */
final class BoxRules {
  private static final int SMALLEST_GRID = 8;
  private static final int MOST_BOXES = 12;

  /** The least side of a box with an inside. */
  private static final int HOLLOW_SIDE = 3;

  private BoxRules() {}

  static List<GridRule.Kind> kinds() {
    return List.of(
        new GridRule.Kind("outline", BoxRules::outline),
        new GridRule.Kind("hollow", BoxRules::hollow),
        new GridRule.Kind("fill", BoxRules::fill),
        new GridRule.Kind("largest", BoxRules::largest),
        new GridRule.Kind("crop", BoxRules::crop));
  }

  /** Boxes in a grid with a colour for each. */
  private record Scene(
      int height, int width, int background, List<Box> boxes, List<Integer> colours) {
    static Scene draw(GridDraws draws, int background, int leastSide, Integer... unused) {
      int height = draws.scaled(SMALLEST_GRID, GridDraws.LARGEST);
      int width = draws.scaled(SMALLEST_GRID, GridDraws.LARGEST);
      Integer[] others =
          Stream.concat(Stream.of(background), Stream.of(unused)).toArray(Integer[]::new);
      List<Integer> palette =
          draws.colours(draws.between(1, GridDraws.COLOURS - others.length), others);
      List<Box> boxes = draws.boxes(height, width, draws.scaled(1, MOST_BOXES), leastSide, 1);
      List<Integer> colours = new ArrayList<>();
      for (int i = 0; i < boxes.size(); i++) {
        colours.add(palette.get(i % palette.size()));
      }
      return new Scene(height, width, background, boxes, colours);
    }

    /** All boxes in their colours. */
    int[][] painted() {
      int[][] cells = GridDraws.plain(height, width, background);
      for (int i = 0; i < boxes.size(); i++) {
        boxes.get(i).paint(cells, colours.get(i));
      }
      return cells;
    }

    /** All boxes with another colour inside. */
    Grid withInside(int colour) {
      int[][] cells = painted();
      boxes.forEach(box -> box.grown(-1).paint(cells, colour));
      return Grid.of(cells);
    }
  }

  /** A line of one colour around each box. */
  private static GridRule outline(PythonRandom random) {
    List<Integer> colours = GridDraws.colours(random, 2);
    return draws -> {
      Scene scene = Scene.draw(draws, colours.get(0), 1, colours.get(1));
      int[][] output = scene.painted();
      for (int i = 0; i < scene.boxes().size(); i++) {
        scene.boxes().get(i).grown(1).paint(output, colours.get(1));
        scene.boxes().get(i).paint(output, scene.colours().get(i));
      }
      return new GridPair(Grid.of(scene.painted()), Grid.of(output));
    };
  }

  /** Only the edge of each box remains. */
  private static GridRule hollow(PythonRandom random) {
    int background = random.randint(0, GridDraws.COLOURS - 1);
    return draws -> {
      Scene scene = Scene.draw(draws, background, HOLLOW_SIDE);
      return new GridPair(Grid.of(scene.painted()), scene.withInside(background));
    };
  }

  /** What the edges enclose takes one colour. */
  private static GridRule fill(PythonRandom random) {
    List<Integer> colours = GridDraws.colours(random, 2);
    return draws -> {
      Scene scene = Scene.draw(draws, colours.get(0), HOLLOW_SIDE, colours.get(1));
      return new GridPair(scene.withInside(colours.get(0)), scene.withInside(colours.get(1)));
    };
  }

  /** The box with the most cells takes one colour; of equal ones, all do. */
  private static GridRule largest(PythonRandom random) {
    List<Integer> colours = GridDraws.colours(random, 2);
    return draws -> {
      Scene scene = Scene.draw(draws, colours.get(0), 1, colours.get(1));
      Comparator<Box> byArea = Comparator.comparingInt(box -> box.height() * box.width());
      Box largest = scene.boxes().stream().max(byArea).orElseThrow();
      int[][] output = scene.painted();
      scene.boxes().stream()
          .filter(box -> byArea.compare(box, largest) == 0)
          .forEach(box -> box.paint(output, colours.get(1)));
      return new GridPair(Grid.of(scene.painted()), Grid.of(output));
    };
  }

  /** The coloured part of the grid without the background around it. */
  private static GridRule crop(PythonRandom random) {
    int background = random.randint(0, GridDraws.COLOURS - 1);
    return draws -> {
      List<Integer> colours = new ArrayList<>(List.of(background));
      colours.addAll(draws.colours(draws.between(2, GridDraws.COLOURS - 1), background));
      int height = draws.scaled(SMALLEST_GRID, GridDraws.LARGEST);
      int width = draws.scaled(SMALLEST_GRID, GridDraws.LARGEST);
      Box box = draws.boxes(height, width, 1, 2, 1).get(0);
      Grid content =
          draws.noise(box.height(), box.width(), colours.subList(1, colours.size()), 0.5);
      Grid input =
          Grid.of(
              height,
              width,
              (row, column) ->
                  content.contains(row - box.top(), column - box.left())
                      ? content.at(row - box.top(), column - box.left())
                      : background);
      return new GridPair(input, content);
    };
  }
}
