package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.Arrays;
import java.util.List;

/** The length of the shortest way through a walled maze drawn with random characters. */
public final class Maze extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("maze", "games")
          .integer("min_dist", 5)
          .integer("max_dist", 10)
          .integer("min_grid_size", 5)
          .integer("max_grid_size", 10)
          .madeBy(Maze::new);

  private static final int MAX_SIZE = 1000;

  /** Mazes drawn, and cells drawn to find an open one, before giving up. */
  private static final int TRIES = 1000;

  private static final double OPEN_SHARE = 0.7;

  /** Digits, letters, punctuation: the order matters. */
  private static final List<String> SYMBOLS =
      ("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
              + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
          .chars()
          .mapToObj(Character::toString)
          .toList();

  private final Config config;

  private Maze(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int minDistance, int maxDistance, int minSize, int maxSize) {
    static Config of(FieldValues values) {
      int minDistance = values.count("min_dist", 1, Integer.MAX_VALUE);
      values.requireAtLeast("max_dist", "min_dist");
      int minSize = values.count("min_grid_size", 2, MAX_SIZE);
      values.requireAtLeast("max_grid_size", "min_grid_size");
      return new Config(
          minDistance,
          values.count("max_dist", 1, Integer.MAX_VALUE),
          minSize,
          values.count("max_grid_size", 2, MAX_SIZE));
    }
  }

  private record Symbols(char wall, char open, char start, char goal) {}

  @Override
  protected Problem generate(PythonRandom random, int index) {
    List<String> drawn = random.sample(SYMBOLS, 4);
    Symbols symbols =
        new Symbols(
            drawn.get(0).charAt(0),
            drawn.get(1).charAt(0),
            drawn.get(2).charAt(0),
            drawn.get(3).charAt(0));
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int size = random.randint(config.minSize, config.maxSize);
      char[][] grid = draw(random, size, symbols);
      int start = openCell(random, grid, symbols, index);
      grid[start / size][start % size] = symbols.start;
      int goal = openCell(random, grid, symbols, index);
      grid[goal / size][goal % size] = symbols.goal;
      int distance = distance(grid, start, goal, symbols.wall);
      if (distance >= config.minDistance && distance <= config.maxDistance) {
        return found(index, grid, symbols, distance);
      }
    }
    throw cannotGenerate(
        index,
        TRIES
            + " mazes without a distance from "
            + config.minDistance
            + " to "
            + config.maxDistance);
  }

  private static char[][] draw(PythonRandom random, int size, Symbols symbols) {
    char[][] grid = new char[size][size];
    for (char[] row : grid) {
      Arrays.fill(row, symbols.wall);
    }
    for (int row = 1; row < size - 1; row++) {
      for (int column = 1; column < size - 1; column++) {
        if (random.random() < OPEN_SHARE) {
          grid[row][column] = symbols.open;
        }
      }
    }
    return grid;
  }

  private int openCell(PythonRandom random, char[][] grid, Symbols symbols, int index) {
    int size = grid.length;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int row = random.randint(1, size - 2);
      int column = random.randint(1, size - 2);
      if (grid[row][column] == symbols.open) {
        return row * size + column;
      }
    }
    throw cannotGenerate(index, "no open cell among " + TRIES + " drawn ones");
  }

  /** The number of steps between two cells, or -1 if walls part them. */
  private static int distance(char[][] grid, int start, int goal, char wall) {
    int size = grid.length;
    int[] steps = new int[size * size];
    Arrays.fill(steps, -1);
    int[] queue = new int[size * size];
    int[] neighbours = {-size, 1, size, -1};
    int last = 0;
    queue[last++] = start;
    steps[start] = 0;
    for (int first = 0; first < last && steps[goal] < 0; first++) {
      int cell = queue[first];
      for (int move : neighbours) {
        // The border is wall all round, so no neighbour lies outside.
        int next = cell + move;
        if (steps[next] < 0 && grid[next / size][next % size] != wall) {
          steps[next] = steps[cell] + 1;
          queue[last++] = next;
        }
      }
    }
    return steps[goal];
  }

  private Problem found(int index, char[][] grid, Symbols symbols, int distance) {
    List<String> rows = Arrays.stream(grid).map(String::new).toList();
    ObjectNode metadata = metadata(index).put("grid_size", grid.length);
    ArrayNode lines = metadata.putArray("grid");
    rows.forEach(lines::add);
    metadata
        .put("shortest_path_length", distance)
        .put("start", Character.toString(symbols.start))
        .put("goal", Character.toString(symbols.goal))
        .put("wall", Character.toString(symbols.wall))
        .put("path", Character.toString(symbols.open));
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("dist", JsonValues.range(config.minDistance, config.maxDistance));
    difficulty.set("grid_size", JsonValues.range(config.minSize, config.maxSize));
    String question =
        """
        Navigate from '%c' (start) to '%c' (goal):

        ```
        %s
        ```
        Legend: '%c' = Wall, '%c' = Passage

        What is the minimum number of steps to reach the goal?
        Give only the number of steps as your final answer, no other text or formatting."""
            .formatted(
                symbols.start, symbols.goal, String.join("\n", rows), symbols.wall, symbols.open);
    return problem(index, question, Integer.toString(distance), metadata);
  }
}
