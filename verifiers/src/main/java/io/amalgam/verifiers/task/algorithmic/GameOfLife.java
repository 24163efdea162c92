package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonJson;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.Optional;

/** Conway's Game of Life on a board whose edges meet, some steps later. */
public final class GameOfLife extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("game_of_life", "algorithmic")
          .integer("grid_size_x", 10)
          .integer("grid_size_y", 10)
          .number("filled_cells_weights", 0.1)
          .integer("filled_cells", 10)
          .integer("simulation_steps", 1)
          .madeBy(GameOfLife::new);

  private static final int MIN_SIDE = 3;
  private static final int MAX_SIDE = 999;
  private static final int MAX_STEPS = 1_000_000;

  private final Config config;

  private GameOfLife(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int rows, int columns, JsonNode weight, int filled, int steps) {
    static Config of(FieldValues values) {
      int rows = values.count("grid_size_x", MIN_SIDE, MAX_SIDE);
      int columns = values.count("grid_size_y", MIN_SIDE, MAX_SIDE);
      int steps = values.count("simulation_steps", 0, MAX_STEPS);
      int filled = values.count("filled_cells", Integer.MIN_VALUE, rows * columns);
      return new Config(rows, columns, values.json("filled_cells_weights"), filled, steps);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int[][] cells = new int[config.rows][config.columns];
    for (int i = 0; i < config.filled; i++) {
      int row = random.randint(0, config.rows - 1);
      cells[row][random.randint(0, config.columns - 1)] = 1;
    }
    IntMatrix board =
        IntMatrix.of(config.rows, config.columns, (row, column) -> cells[row][column]);
    IntMatrix last = board;
    for (int step = 0; step < config.steps; step++) {
      last = next(last);
    }
    ObjectNode metadata = metadata(index);
    metadata.put("grid_size_x", config.rows).put("grid_size_y", config.columns);
    metadata.put("filled_cells", config.filled).put("simulation_steps", config.steps);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.put("grid_size_x", config.rows).put("grid_size_y", config.columns);
    difficulty.set("filled_cells_weights", config.weight);
    difficulty.put("simulation_steps", config.steps);
    String question =
        "What will this Game of Life board look like after "
            + config.steps
            + " steps of simulation? Assume a Moore neighborhood and wrapping topology. Reply as"
            + " array of arrays representing rows in the grid from top to bottom in JSON format."
            + " (An empty 3x3 grid would look like this: [[0,0,0],[0,0,0],[0,0,0]])\n\n"
            + written(board, ",\n ")
            + ".";
    return problem(index, question, written(last, ","), metadata);
  }

  private static IntMatrix next(IntMatrix board) {
    int rows = board.rows();
    int columns = board.columns();
    return IntMatrix.of(
        rows,
        columns,
        (row, column) -> {
          int up = (row + rows - 1) % rows;
          int down = (row + 1) % rows;
          int left = (column + columns - 1) % columns;
          int right = (column + 1) % columns;
          int alive = board.at(up, left) + board.at(up, column) + board.at(up, right);
          alive += board.at(row, left) + board.at(row, right);
          alive += board.at(down, left) + board.at(down, column) + board.at(down, right);
          return alive == 3 || (alive == 2 && board.at(row, column) == 1) ? 1 : 0;
        });
  }

  private static String written(IntMatrix board, String separator) {
    return "[[" + board.text().replace(" ", ",").replace("\n", "]" + separator + "[") + "]]";
  }

  /** The share of cells that agree; an answer that is an object makes the original fail. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    Optional<JsonNode> given = answer.flatMap(PythonJson::parse);
    Optional<JsonNode> wanted = problem.answer().flatMap(PythonJson::parse);
    if (given.isEmpty() || wanted.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    int cells = 0;
    int equal = 0;
    for (int i = 0; i < wanted.get().size(); i++) {
      JsonNode row = given.get().path(i);
      if (given.get().isObject() || row.isObject()) {
        return new Verdict.Invalid("a row or the board is a JSON object and has no cell 0");
      }
      for (int j = 0; j < wanted.get().get(i).size(); j++) {
        cells++;
        equal += isNumber(row.path(j), wanted.get().get(i).get(j).intValue()) ? 1 : 0;
      }
    }
    return Verdict.Scored.of(cells == 0 ? 0.0 : (double) equal / cells);
  }

  /** Whether a value equals a whole number for Python: {@code 1}, {@code 1.0} or {@code true}. */
  private static boolean isNumber(JsonNode value, int number) {
    if (value.isBoolean()) {
      return (value.booleanValue() ? 1 : 0) == number;
    }
    return value.isNumber() && value.doubleValue() == number;
  }
}
