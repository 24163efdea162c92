package io.amalgam.verifiers.task.graphs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The area of the largest group of ones that touch by their edges, in a grid of random walks. */
public final class LargestIsland extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("largest_island", "graphs")
          .integer("min_rows", 5)
          .integer("max_rows", 10)
          .integer("min_cols", 5)
          .integer("max_cols", 10)
          .integer("min_num_islands", 0)
          .integer("max_num_islands", 5)
          .integer("min_island_size", 0)
          .integer("max_island_size", 10)
          .madeBy(LargestIsland::new);

  private static final int LONGEST_SIDE = 5000;
  private static final int MOST = 1_000_000_000;

  private static final String QUESTION =
      """
      You are given the following {rows} x {cols} binary matrix grid:
      {grid}

      An island is a group of 1's (representing land) connected 4-directionally (horizontal or vertical).
      You may assume all four edges of the grid are surrounded by water.

      The area of an island is the number of cells with a value 1 in the island.

      Return the maximum area of an island in grid. If there is no island, return 0.
      """;

  private final Config config;

  private LargestIsland(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Span(int low, int high) {
    static Span of(FieldValues values, String name, int least, int most) {
      values.requireRange("min_" + name, "max_" + name, least);
      return new Span(
          values.count("min_" + name, least, most), values.count("max_" + name, least, most));
    }

    int draw(PythonRandom random) {
      return random.randint(low, high);
    }

    ArrayNode json() {
      return JsonValues.range(low, high);
    }
  }

  private record Config(Span rows, Span cols, Span islands, Span islandSize) {
    static Config of(FieldValues values) {
      return new Config(
          Span.of(values, "rows", 1, LONGEST_SIDE),
          Span.of(values, "cols", 1, LONGEST_SIDE),
          Span.of(values, "num_islands", 0, MOST),
          Span.of(values, "island_size", 0, MOST));
    }
  }

  private record Step(int down, int right) {}

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int rows = config.rows.draw(random);
    int cols = config.cols.draw(random);
    int islands = config.islands.draw(random);
    boolean[][] land = new boolean[rows][cols];
    // The order of the steps is shuffled in place and carries over from one walk to the next.
    List<Step> steps =
        new ArrayList<>(List.of(new Step(-1, 0), new Step(1, 0), new Step(0, -1), new Step(0, 1)));
    for (int i = 0; i < islands; i++) {
      walk(random, land, steps);
    }
    int area = largestArea(land);
    ObjectNode metadata = metadata(index);
    ArrayNode grid = metadata.putArray("grid");
    StringBuilder text = new StringBuilder();
    for (boolean[] row : land) {
      ArrayNode line = grid.addArray();
      text.append(text.isEmpty() ? "" : "\n");
      for (int col = 0; col < cols; col++) {
        line.add(row[col] ? 1 : 0);
        text.append(col == 0 ? "" : " ").append(row[col] ? '1' : '0');
      }
    }
    metadata.put("solution", area);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("rows", config.rows.json());
    difficulty.set("cols", config.cols.json());
    difficulty.set("num_islands", config.islands.json());
    difficulty.set("island_size", config.islandSize.json());
    String question =
        QUESTION
            .replace("{rows}", Integer.toString(rows))
            .replace("{cols}", Integer.toString(cols))
            .replace("{grid}", text);
    return problem(index, question, Integer.toString(area), metadata);
  }

  /** Raises land along a walk over water; a walk that is shut in stays where it is. */
  private void walk(PythonRandom random, boolean[][] land, List<Step> steps) {
    int rows = land.length;
    int cols = land[0].length;
    int row = random.randint(0, rows - 1);
    int col = random.randint(0, cols - 1);
    int length = Math.min(config.islandSize.draw(random), rows * cols);
    for (int i = 0; i < length; i++) {
      land[row][col] = true;
      random.shuffle(steps);
      for (Step step : steps) {
        int nextRow = row + step.down;
        int nextCol = col + step.right;
        if (inside(land, nextRow, nextCol) && !land[nextRow][nextCol]) {
          row = nextRow;
          col = nextCol;
          break;
        }
      }
    }
  }

  private static boolean inside(boolean[][] land, int row, int col) {
    return row >= 0 && row < land.length && col >= 0 && col < land[0].length;
  }

  private static int largestArea(boolean[][] land) {
    boolean[][] open = new boolean[land.length][];
    for (int row = 0; row < land.length; row++) {
      open[row] = land[row].clone();
    }
    int largest = 0;
    for (int row = 0; row < land.length; row++) {
      for (int col = 0; col < land[0].length; col++) {
        if (open[row][col]) {
          largest = Math.max(largest, sink(open, row, col));
        }
      }
    }
    return largest;
  }

  /** Turns an island into water and counts its cells. */
  private static int sink(boolean[][] land, int startRow, int startCol) {
    int cols = land[0].length;
    Deque<Integer> edge = new ArrayDeque<>();
    land[startRow][startCol] = false;
    edge.push(startRow * cols + startCol);
    int area = 0;
    while (!edge.isEmpty()) {
      int cell = edge.pop();
      area++;
      for (int side = 0; side < 4; side++) {
        int row = cell / cols + (side == 0 ? -1 : side == 1 ? 1 : 0);
        int col = cell % cols + (side == 2 ? -1 : side == 3 ? 1 : 0);
        if (inside(land, row, col) && land[row][col]) {
          land[row][col] = false;
          edge.push(row * cols + col);
        }
      }
    }
    return area;
  }
}
