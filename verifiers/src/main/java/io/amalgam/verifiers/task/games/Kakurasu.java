package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.Arrays;
import java.util.Optional;

/** A grid of zeros and ones with given sums of the ones' positions in every row and column. */
public final class Kakurasu extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("kakurasu", "games")
          .integer("min_rows", 4)
          .integer("max_rows", 5)
          .integer("min_cols", 4)
          .integer("max_cols", 5)
          .number("p_ones", 0.3)
          .integer("max_retries", 1000)
          .madeBy(Kakurasu::new);

  private static final int SHORTEST_SIDE = 3;
  private static final int LONGEST_SIDE = 9;

  private final Config config;

  private Kakurasu(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  /**
   * The configuration.
   *
   * @param writtenOnes the probability of a one as it was given, which metadata repeat
   */
  private record Config(
      int minRows,
      int maxRows,
      int minColumns,
      int maxColumns,
      double ones,
      JsonNode writtenOnes,
      int grids) {
    static Config of(FieldValues values) {
      int minRows = values.count("min_rows", SHORTEST_SIDE, LONGEST_SIDE);
      int maxRows = values.count("max_rows", SHORTEST_SIDE, LONGEST_SIDE);
      int maxColumns = values.count("max_cols", SHORTEST_SIDE, LONGEST_SIDE);
      values.requireAtLeast("max_rows", "min_rows");
      values.requireAtLeast("max_cols", "min_cols");
      return new Config(
          minRows,
          maxRows,
          values.count("min_cols", 1, LONGEST_SIDE),
          maxColumns,
          values.fraction("p_ones", 0, 1),
          values.json("p_ones"),
          values.count("max_retries", Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int rows = random.randint(config.minRows, config.maxRows);
    int columns = random.randint(config.minColumns, config.maxColumns);
    for (int tries = 1; tries <= config.grids; tries++) {
      int[][] grid = grid(random, rows, columns);
      KakurasuSums sums = KakurasuSums.of(grid);
      // The last grid is taken as it is.
      if (tries == config.grids || (sums.balanced() && sums.determineGrid())) {
        return drawn(index, random.choice(KakurasuPrompts.ALL), grid, sums);
      }
    }
    throw cannotGenerate(index, "max_retries allows no grid to be drawn");
  }

  /** A random grid; empty rows and columns get a one. */
  private int[][] grid(PythonRandom random, int rows, int columns) {
    int[][] grid = new int[rows][columns];
    for (int[] row : grid) {
      for (int column = 0; column < columns; column++) {
        row[column] = random.random() < config.ones ? 1 : 0;
      }
    }
    for (int[] row : grid) {
      if (Arrays.stream(row).allMatch(cell -> cell == 0)) {
        row[random.randint(0, columns - 1)] = 1;
      }
    }
    for (int i = 0; i < columns; i++) {
      int column = i;
      if (Arrays.stream(grid).allMatch(row -> row[column] == 0)) {
        grid[random.randint(0, rows - 1)][column] = 1;
      }
    }
    return grid;
  }

  private Problem drawn(int index, String prompt, int[][] grid, KakurasuSums sums) {
    int rows = grid.length;
    int columns = grid[0].length;
    int[][] empty = new int[rows][columns];
    String question =
        prompt
            .replace("{n_rows}", Integer.toString(rows))
            .replace("{n_cols}", Integer.toString(columns))
            .replace("{row_sums}", Arrays.toString(sums.rows()))
            .replace("{col_sums}", Arrays.toString(sums.columns()))
            .replace("{puzzle}", Boards.text(empty, "0"));

    // The index has another name here than in most tasks.
    ObjectNode metadata =
        JsonNodeFactory.instance
            .objectNode()
            .put("source_dataset", name())
            .put("source_idx", index);
    metadata.put("n_rows", rows).put("n_cols", columns).set("p_ones", config.writtenOnes);
    metadata.set("puzzle", Boards.json(empty));
    metadata.set("row_sums", Boards.json(sums.rows()));
    metadata.set("col_sums", Boards.json(sums.columns()));
    metadata.set("solution", Boards.json(grid));
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("rows", JsonValues.range(config.minRows, config.maxRows));
    difficulty.set("cols", JsonValues.range(config.minColumns, config.maxColumns));
    difficulty.set("p_ones", config.writtenOnes);
    return problem(index, question, Boards.text(grid, "0"), metadata);
  }

  /** 1 if the zeros and ones of the answer, line by line, have the shape and the sums, else 0. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    JsonNode rowSums = problem.metadata().path("row_sums");
    JsonNode columnSums = problem.metadata().path("col_sums");
    String[] lines = PythonText.strip(answer.orElse("")).split("\n", -1);
    if (lines.length != rowSums.size()) {
      return Verdict.Scored.of(0);
    }
    int[][] grid = new int[lines.length][];
    for (int row = 0; row < lines.length; row++) {
      grid[row] = lines[row].chars().filter(c -> c == '0' || c == '1').map(c -> c - '0').toArray();
      if (grid[row].length != columnSums.size()) {
        return Verdict.Scored.of(0);
      }
    }
    KakurasuSums sums = KakurasuSums.of(grid);
    boolean right =
        Boards.json(sums.rows()).equals(rowSums) && Boards.json(sums.columns()).equals(columnSums);
    return Verdict.Scored.of(right ? 1 : 0);
  }
}
