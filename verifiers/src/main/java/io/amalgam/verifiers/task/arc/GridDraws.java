package io.amalgam.verifiers.task.arc;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What is drawn for one pair of grids: sizes by difficulty, colours, and scenes of coloured cells
 * or boxes.
 */
final class GridDraws {
  static final int COLOURS = 10;
  static final int LARGEST = 30;

  private static final int SMALLEST_NOISE = 3;
  private static final int SMALLEST_SCENE = 6;
  private static final int MOST_BOXES = 8;
  private static final int MOST_NOISE_COLOURS = 8;
  private static final double SPARSE = 0.1;
  private static final double DENSE = 0.9;
  private static final int TRIES_PER_BOX = 20;

  private final PythonRandom random;
  private final double low;
  private final double high;
  private final List<Double> difficulties;

  /**
   * Draws of some difficulty.
   *
   * @param low least difficulty, from 0
   * @param high greatest difficulty, to 1
   * @param difficulties takes the difficulties drawn
   */
  GridDraws(PythonRandom random, double low, double high, List<Double> difficulties) {
    this.random = random;
    this.low = low;
    this.high = high;
    this.difficulties = difficulties;
  }

  /** A number whose place between the bounds is a difficulty. */
  int scaled(int least, int most) {
    double difficulty = random.uniform(low, high);
    difficulties.add(difficulty);
    int value = (int) Math.rint(least + (most - least) * difficulty);
    return Math.min(Math.max(least, value), most);
  }

  int between(int least, int most) {
    return random.randint(least, most);
  }

  boolean coin() {
    return random.random() < 0.5;
  }

  <T> List<T> sample(List<T> population, int count) {
    return random.sample(population, Math.min(count, population.size()));
  }

  /** Different colours, none of which is among the given ones. */
  List<Integer> colours(int count, Integer... others) {
    return colours(random, count, others);
  }

  /** Different colours, none of which is among the given ones. */
  static List<Integer> colours(PythonRandom random, int count, Integer... others) {
    List<Integer> free = new ArrayList<>();
    for (int colour = 0; colour < COLOURS; colour++) {
      if (!List.of(others).contains(colour)) {
        free.add(colour);
      }
    }
    return random.sample(free, Math.min(count, free.size()));
  }

  /** A grid of colours by chance or of boxes of one colour; not larger than a side. */
  Grid scene(int largest) {
    if (coin()) {
      return noise(largest, colours(between(2, MOST_NOISE_COLOURS + 1)));
    }
    int height = scaled(Math.min(SMALLEST_SCENE, largest), largest);
    int width = scaled(Math.min(SMALLEST_SCENE, largest), largest);
    List<Integer> colours = colours(2);
    int[][] cells = plain(height, width, colours.get(0));
    for (Box box : boxes(height, width, scaled(1, MOST_BOXES), 1, 0)) {
      box.paint(cells, colours.get(1));
    }
    return Grid.of(cells);
  }

  /** A grid of colours by chance; the first one is the background. */
  Grid noise(int largest, List<Integer> colours) {
    int height = scaled(SMALLEST_NOISE, largest);
    int width = scaled(SMALLEST_NOISE, largest);
    return noise(height, width, colours, random.uniform(SPARSE, DENSE));
  }

  /** A grid of colours by chance; the first one is the background. */
  Grid noise(int height, int width, List<Integer> colours, double density) {
    List<Integer> paints = colours.subList(1, colours.size());
    int[][] cells = plain(height, width, colours.get(0));
    for (int[] row : cells) {
      for (int column = 0; column < width; column++) {
        if (random.random() < density) {
          row[column] = random.choice(paints);
        }
      }
    }
    cells[between(0, height - 1)][between(0, width - 1)] = random.choice(paints);
    return Grid.of(cells);
  }

  static int[][] plain(int height, int width, int colour) {
    return Grid.of(height, width, (row, column) -> colour).copy();
  }

  /**
   * Boxes that do not touch, as many as find room, at least one.
   *
   * @param leastSide least height and width
   * @param margin free cells around each, also to the edges
   */
  List<Box> boxes(int height, int width, int count, int leastSide, int margin) {
    List<Box> boxes = new ArrayList<>();
    int roomDown = height - 2 * margin;
    int roomAcross = width - 2 * margin;
    for (int i = 0; i < count * TRIES_PER_BOX && boxes.size() < count; i++) {
      int boxHeight = between(leastSide, Math.max(leastSide, roomDown / 2));
      int boxWidth = between(leastSide, Math.max(leastSide, roomAcross / 2));
      int top = margin + between(0, roomDown - boxHeight);
      int left = margin + between(0, roomAcross - boxWidth);
      Box box = new Box(top, left, boxHeight, boxWidth);
      if (boxes.stream().noneMatch(other -> other.isWithin(1 + 2 * margin, box))) {
        boxes.add(box);
      }
    }
    return boxes;
  }

  /** A filled rectangle of cells. */
  record Box(int top, int left, int height, int width) {
    boolean isWithin(int distance, Box other) {
      return top - other.top - other.height < distance
          && other.top - top - height < distance
          && left - other.left - other.width < distance
          && other.left - left - width < distance;
    }

    /** The box with as many more cells on each side; fewer if negative. */
    Box grown(int cells) {
      return new Box(top - cells, left - cells, height + 2 * cells, width + 2 * cells);
    }

    void paint(int[][] cells, int colour) {
      for (int row = top; row < top + height; row++) {
        for (int column = left; column < left + width; column++) {
          cells[row][column] = colour;
        }
      }
    }
  }
}
