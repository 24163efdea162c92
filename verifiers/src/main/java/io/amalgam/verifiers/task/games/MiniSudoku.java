package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** A Sudoku of four rows with one solution. */
public final class MiniSudoku extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("mini_sudoku", "games")
          .integer("min_empty", 8)
          .integer("max_empty", 12)
          .madeBy(MiniSudoku::new);

  private static final int BLOCK = 2;

  /** Fewer than four digits never determine the rest. */
  private static final int MOST_EMPTY = 12;

  /** Draws of the diagonal blocks; at least every second one cannot be completed. */
  private static final int TRIES = 100;

  /** Every set of the four digits in ascending order. */
  private static final int[][] ASCENDING =
      IntStream.range(0, 1 << BLOCK * BLOCK)
          .mapToObj(
              set ->
                  IntStream.rangeClosed(1, BLOCK * BLOCK)
                      .filter(digit -> (set >> (digit - 1) & 1) == 1)
                      .toArray())
          .toArray(int[][]::new);

  private final Config config;

  private MiniSudoku(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int minEmpty, int maxEmpty) {
    static Config of(FieldValues values) {
      int minEmpty = values.count("min_empty", 0, MOST_EMPTY);
      values.requireAtLeast("max_empty", "min_empty");
      return new Config(minEmpty, values.count("max_empty", 0, MOST_EMPTY));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    SudokuGrid grid = new SudokuGrid(BLOCK);
    grid.fillDiagonal(random);
    for (int tries = 1; !grid.complete(ASCENDING); tries++) {
      if (tries == TRIES) {
        throw cannotGenerate(index, TRIES + " drawn diagonals cannot be completed");
      }
      grid = new SudokuGrid(BLOCK);
      grid.fillDiagonal(random);
    }
    int[][] solution = grid.toRows();
    grid.removeDigits(random.randint(config.minEmpty, config.maxEmpty), random);
    int[][] puzzle = grid.toRows();

    ObjectNode metadata = metadata(index);
    metadata.set("puzzle", Boards.json(puzzle));
    metadata.set("solution", Boards.json(solution));
    // Unlike the large Sudoku, this one records how many cells are really empty.
    metadata.put(
        "num_empty",
        (int) Arrays.stream(puzzle).flatMapToInt(Arrays::stream).filter(n -> n == 0).count());
    metadata
        .putObject("difficulty")
        .set("empty", JsonValues.range(config.minEmpty, config.maxEmpty));
    String question =
        """
        In 4x4 Mini Sudoku:
        - Each row must contain each number from 1-4 exactly once
        - Each column must contain each number 1-4 exactly once
        - Each 2x2 subgrid must contain each number 1-4 exactly once
        Solve this 4x4 Mini Sudoku puzzle:
        %s
        Format your response as the puzzle above, with spaces separating each number within a row, and newlines separating rows.
        """
            .formatted(Boards.text(puzzle, Boards.BLANK));
    return problem(index, question, Boards.text(solution, Boards.BLANK), metadata);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return DigitGridRule.score(problem, answer);
  }
}
