package io.amalgam.verifiers.task.graphs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A shortest way between two cells of a grid with blocked cells. */
public final class ShortestPath extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("shortest_path", "graphs")
          .integer("min_rows", 5)
          .integer("max_rows", 8)
          .integer("min_cols", 5)
          .integer("max_cols", 8)
          .number("p_blocked", 0.4)
          .madeBy(ShortestPath::new);

  private static final int MAX_SIDE = 1000;
  private static final char START = '*';
  private static final char GOAL = '#';
  private static final char OPEN = 'O';
  private static final char BLOCKED = 'X';
  private static final String NO_PATH = "infeasible";

  /** What comes before the grid. */
  private static final String QUESTION =
      """
      Your task is to find the shortest path from the start to the destination point in a grid.

      The grid is represented as a matrix with the following types of cells:
      - *: your starting point
      - #: your destination point
      - O: an open cell
      - X: a blocked cell

      Therefore, you need to find the shortest path from * to #, moving only through open cells.

      You may only move in four directions: up, down, left, and right.

      If there is no path from * to #, simply write "infeasible" (without quotes).

      Your output should be a sequence of directions that leads from * to #, e.g. right right down down up left

      Now, find the shortest path from * to # in the following grid:
      """;

  private static final JsonNode START_NODE = TextNode.valueOf(Character.toString(START));
  private static final JsonNode GOAL_NODE = TextNode.valueOf(Character.toString(GOAL));
  private static final JsonNode OPEN_NODE = TextNode.valueOf(Character.toString(OPEN));
  private static final JsonNode BLOCKED_NODE = TextNode.valueOf(Character.toString(BLOCKED));

  /** In the order in which they are searched. */
  private static final List<Direction> DIRECTIONS =
      List.of(
          new Direction("right", 0, 1),
          new Direction("down", 1, 0),
          new Direction("left", 0, -1),
          new Direction("up", -1, 0));

  private final Config config;

  private ShortestPath(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int minRows, int maxRows, int minColumns, int maxColumns, double blocked) {
    static Config of(FieldValues values) {
      int minRows = values.count("min_rows", 1, MAX_SIDE);
      values.requireAtLeast("max_rows", "min_rows");
      int minColumns = values.count("min_cols", 1, MAX_SIDE);
      values.requireAtLeast("max_cols", "min_cols");
      return new Config(
          minRows,
          values.count("max_rows", 1, MAX_SIDE),
          minColumns,
          values.count("max_cols", 1, MAX_SIDE),
          values.fraction("p_blocked", 0, 1));
    }
  }

  private record Direction(String name, int down, int right) {}

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int rows = random.randint(config.minRows, config.maxRows);
    int columns = random.randint(config.minColumns, config.maxColumns);
    if (rows * columns == 1) {
      throw cannotGenerate(index, "a single cell has no room for start and destination");
    }
    char[][] grid = new char[rows][columns];
    for (char[] row : grid) {
      for (int column = 0; column < columns; column++) {
        row[column] = random.random() < config.blocked ? BLOCKED : OPEN;
      }
    }
    int start = cell(random, rows, columns);
    int goal = cell(random, rows, columns);
    while (goal == start) {
      goal = cell(random, rows, columns);
    }
    grid[start / columns][start % columns] = START;
    grid[goal / columns][goal % columns] = GOAL;
    return drawn(index, grid, path(grid, start));
  }

  private static int cell(PythonRandom random, int rows, int columns) {
    int row = random.randint(0, rows - 1);
    return row * columns + random.randint(0, columns - 1);
  }

  /** The names of the steps, breadth first; empty if there is no way. */
  private static List<String> path(char[][] grid, int start) {
    int columns = grid[0].length;
    int cells = grid.length * columns;
    int[] stepInto = new int[cells];
    Arrays.fill(stepInto, -1);
    int[] queue = new int[cells];
    int last = 0;
    queue[last++] = start;
    for (int first = 0; first < last; first++) {
      int row = queue[first] / columns;
      int column = queue[first] % columns;
      for (int step = 0; step < DIRECTIONS.size(); step++) {
        int newRow = row + DIRECTIONS.get(step).down;
        int newColumn = column + DIRECTIONS.get(step).right;
        if (newRow < 0 || newRow >= grid.length || newColumn < 0 || newColumn >= columns) {
          continue;
        }
        int next = newRow * columns + newColumn;
        char content = grid[newRow][newColumn];
        if (stepInto[next] < 0 && (content == OPEN || content == GOAL)) {
          stepInto[next] = step;
          queue[last++] = next;
          if (content == GOAL) {
            return steps(stepInto, next, start, columns);
          }
        }
      }
    }
    return List.of();
  }

  private static List<String> steps(int[] stepInto, int goal, int start, int columns) {
    List<String> names = new ArrayList<>();
    for (int cell = goal; cell != start; ) {
      Direction step = DIRECTIONS.get(stepInto[cell]);
      names.add(step.name);
      cell -= step.down * columns + step.right;
    }
    Collections.reverse(names);
    return names;
  }

  private Problem drawn(int index, char[][] grid, List<String> path) {
    ObjectNode metadata = metadata(index);
    ArrayNode matrix = metadata.putArray("matrix");
    for (char[] row : grid) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode(row.length);
      for (char content : row) {
        list.add(node(content));
      }
      matrix.add(list);
    }
    ArrayNode solution = metadata.putArray("solution");
    path.forEach(solution::add);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("rows", JsonValues.range(config.minRows, config.maxRows));
    difficulty.set("cols", JsonValues.range(config.minColumns, config.maxColumns));
    String answer = path.isEmpty() ? NO_PATH : String.join(" ", path);
    return problem(index, question(grid), answer, metadata);
  }

  private static JsonNode node(char content) {
    return switch (content) {
      case START -> START_NODE;
      case GOAL -> GOAL_NODE;
      case OPEN -> OPEN_NODE;
      default -> BLOCKED_NODE;
    };
  }

  private static String question(char[][] grid) {
    StringBuilder question =
        new StringBuilder(QUESTION.length() + 2 * grid.length * grid[0].length);
    question.append(QUESTION);
    for (char[] row : grid) {
      for (int column = 0; column < row.length; column++) {
        question.append(row[column]).append(column + 1 < row.length ? ' ' : '\n');
      }
    }
    return question.toString();
  }

  /**
   * 1 for the reference or another way of its length, 0.5 for a way of another length, else 0. A
   * way may pass the destination and come back.
   */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    String given = PythonText.strip(answer.orElse(""));
    String reference = PythonText.strip(problem.answer().orElse(""));
    if (given.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    if (given.equals(reference)) {
      return Verdict.Scored.of(1);
    }
    List<String> steps = PythonText.words(given);
    if (!leadsToGoal(problem.metadata().get("matrix"), steps)) {
      return Verdict.Scored.of(0);
    }
    return Verdict.Scored.of(steps.size() == PythonText.words(reference).size() ? 1 : 0.5);
  }

  private static boolean leadsToGoal(JsonNode matrix, List<String> steps) {
    int row = -1;
    int column = -1;
    for (int r = 0; r < matrix.size() && row < 0; r++) {
      for (int c = 0; c < matrix.get(r).size() && row < 0; c++) {
        if (matrix.get(r).get(c).textValue().charAt(0) == START) {
          row = r;
          column = c;
        }
      }
    }
    for (String name : steps) {
      Optional<Direction> step = DIRECTIONS.stream().filter(d -> d.name.equals(name)).findFirst();
      if (step.isEmpty()) {
        return false;
      }
      row += step.get().down;
      column += step.get().right;
      JsonNode cell = matrix.path(row).path(column);
      if (cell.isMissingNode() || cell.textValue().charAt(0) == BLOCKED) {
        return false;
      }
    }
    return matrix.path(row).path(column).asText().equals(Character.toString(GOAL));
  }
}
