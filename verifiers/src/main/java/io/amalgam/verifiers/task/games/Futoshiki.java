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
import io.amalgam.verifiers.task.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A Latin square to be completed so that inequalities between neighbours hold. */
public final class Futoshiki extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("futoshiki", "games")
          .integer("min_board_size", 4)
          .integer("max_board_size", 9)
          .integer("min_difficulty", 0)
          .integer("max_difficulty", 3)
          .madeBy(Futoshiki::new);

  private static final int SMALLEST_BOARD = 4;

  /** Above this, every pair of neighbours has a rule. */
  private static final int HIGHEST_DIFFICULTY = 1000;

  private static final String ABOVE_SMALLER = "∧";
  private static final String ABOVE_LARGER = "∨";

  private final Config config;

  private Futoshiki(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int minSize, int maxSize, int minDifficulty, int maxDifficulty) {
    static Config of(FieldValues values) {
      int minSize = values.count("min_board_size", SMALLEST_BOARD, FutoshikiLogic.LARGEST_BOARD);
      values.requireAtLeast("max_board_size", "min_board_size");
      int maxSize = values.count("max_board_size", SMALLEST_BOARD, FutoshikiLogic.LARGEST_BOARD);
      int minDifficulty = values.count("min_difficulty", 0, HIGHEST_DIFFICULTY);
      values.requireAtLeast("max_difficulty", "min_difficulty");
      return new Config(
          minSize, maxSize, minDifficulty, values.count("max_difficulty", 0, HIGHEST_DIFFICULTY));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int size = random.randint(config.minSize, config.maxSize);
    int difficulty = random.randint(config.minDifficulty, config.maxDifficulty);
    FutoshikiBoard board = FutoshikiBoard.draw(size, difficulty, random);

    ObjectNode metadata = metadata(index);
    metadata.set("puzzle", Boards.json(board.puzzle()));
    ArrayNode constraints = metadata.putArray("constraints");
    for (FutoshikiRule rule : board.rules()) {
      constraints
          .addArray()
          .add(rule.first() / size)
          .add(rule.first() % size)
          .add(rule.second() / size)
          .add(rule.second() % size)
          .add(rule.ascending() ? "<" : ">");
    }
    metadata.set("solution", Boards.json(board.solution()));
    metadata.put("board_size", size).put("difficulty_rating", difficulty);
    ObjectNode ranges = metadata.putObject("difficulty");
    ranges.set("board_size", JsonValues.range(config.minSize, config.maxSize));
    ranges.set("difficulty", JsonValues.range(config.minDifficulty, config.maxDifficulty));
    String question =
        """
        Solve the following %dx%d Futoshiki puzzle:

        %s

        Ensure your answer follows the same format as the puzzle above, just replace blanks (_) with the correct value for the cell.
        Use < and > for horizontal constraints. Use ∧ and ∨ for vertical constraints.
        Remember, in Futoshiki each row and column must contain each number from 1 to %d exactly once."""
            .formatted(size, size, text(board.puzzle(), board.rules()), size);
    return problem(index, question, text(board.solution(), board.rules()), metadata);
  }

  /** Numbers and signs on every second line and column, with a blank between any two columns. */
  private static String text(int[][] numbers, List<FutoshikiRule> rules) {
    int size = numbers.length;
    String[][] signs = new String[2 * size - 1][2 * size - 1];
    for (String[] line : signs) {
      Arrays.fill(line, " ");
    }
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int number = numbers[row][column];
        signs[2 * row][2 * column] = number == 0 ? Boards.BLANK : Integer.toString(number);
      }
    }
    for (FutoshikiRule rule : rules) {
      int row = 2 * (rule.first() / size);
      int column = 2 * (rule.first() % size);
      if (rule.second() == rule.first() + 1) {
        signs[row][column + 1] = rule.ascending() ? "<" : ">";
      } else {
        signs[row + 1][column] = rule.ascending() ? ABOVE_SMALLER : ABOVE_LARGER;
      }
    }
    return String.join("\n", Arrays.stream(signs).map(line -> String.join(" ", line)).toList());
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return DigitGridRule.score(problem, answer);
  }
}
