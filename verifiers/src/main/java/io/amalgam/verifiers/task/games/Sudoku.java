package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonSet;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A Sudoku of nine rows with one solution. */
public final class Sudoku extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("sudoku", "games")
          .integer("min_empty", 30)
          .integer("max_empty", 50)
          .madeBy(Sudoku::new);

  private static final int BLOCK = 3;
  private static final int SIDE = BLOCK * BLOCK;

  /** A Sudoku with one solution has at least 17 digits (McGuire et al., 2012). */
  private static final int MOST_EMPTY = 64;

  /** The orders in which a search in Python goes through the sets of possible digits. */
  private static final int[][] ORDERS =
      IntStream.range(0, 1 << SIDE).mapToObj(Sudoku::orderOf).toArray(int[][]::new);

  private final Config config;

  private Sudoku(TaskSetup setup) {
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

  /** The order of the set that is left of all digits without those in use. */
  private static int[] orderOf(int candidates) {
    List<Integer> digits = IntStream.rangeClosed(1, SIDE).boxed().toList();
    PythonSet<Integer> used = new PythonSet<>();
    // The mark of an empty cell is always among the numbers in use.
    used.add(0);
    digits.stream().filter(digit -> (candidates >> (digit - 1) & 1) == 0).forEach(used::add);
    return PythonSet.of(digits).difference(used).toList().stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    SudokuGrid grid = new SudokuGrid(BLOCK);
    grid.fillDiagonal(random);
    grid.complete(ORDERS);
    int[][] solution = grid.toRows();
    int empty = random.randint(config.minEmpty, config.maxEmpty);
    grid.removeDigits(empty, random);
    int[][] puzzle = grid.toRows();

    ObjectNode metadata = metadata(index);
    metadata.set("puzzle", Boards.json(puzzle));
    metadata.set("solution", Boards.json(solution));
    metadata.put("num_empty", empty);
    metadata
        .putObject("difficulty")
        .set("empty", JsonValues.range(config.minEmpty, config.maxEmpty));
    String question =
        """
        Solve this Sudoku puzzle:
        %s
        Respond with only your answer, formatted as the puzzle, a 9x9 grid with numbers separated by spaces, and rows separated by newlines."""
            .formatted(Boards.text(puzzle, Boards.BLANK));
    return problem(index, question, Boards.text(solution, Boards.BLANK), metadata);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return DigitGridRule.score(problem, answer);
  }
}
