package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.amalgam.verifiers.python.PythonLiteral;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Fidelity;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Queens to be added to a chess board until there is one in every row and none attack another. */
public final class NQueens extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("n_queens", "games")
          .integer("n", 8)
          .integer("min_remove", 1)
          .integer("max_remove", 7)
          .fidelity(
              Fidelity.COMPLETE,
              Fidelity.COMPLETE.words()
                  + "; boards written in Python are read as literals, never evaluated")
          .madeBy(NQueens::new);

  private static final int SMALLEST_BOARD = 4;
  private static final int LARGEST_BOARD = 12;
  private static final String QUEEN = "Q";
  private static final String FREE = "_";
  private static final TextNode QUEEN_NODE = TextNode.valueOf(QUEEN);
  private static final TextNode FREE_NODE = TextNode.valueOf(FREE);

  /** Credit for a right board written as a Python list. */
  private static final double LITERAL_BOARD = 0.5;

  /** Marks a row whose queen was removed. */
  private static final int REMOVED = -1;

  private final Config config;

  /** All complete boards, as the queen's column in each row, in lexicographic order. */
  private final List<int[]> boards;

  private NQueens(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    boards = new ArrayList<>();
    collectBoards(new int[config.side], 0, 0, 0, 0);
  }

  private record Config(int side, int minRemoved, int maxRemoved) {
    static Config of(FieldValues values) {
      int side = values.count("n", SMALLEST_BOARD, LARGEST_BOARD);
      int minRemoved = values.count("min_remove", 1, Integer.MAX_VALUE);
      values.requireAtLeast("max_remove", "min_remove");
      int maxRemoved = values.count("max_remove", 1, Integer.MAX_VALUE);
      values.require(maxRemoved <= side, "max_remove", "at most n (" + side + ")");
      return new Config(side, minRemoved, maxRemoved);
    }
  }

  /** Adds every board that begins with given rows; the attacked columns are bit sets. */
  private void collectBoards(int[] queens, int row, int columns, int falling, int rising) {
    if (row == queens.length) {
      boards.add(queens.clone());
      return;
    }
    int free = (1 << queens.length) - 1 & ~(columns | falling | rising);
    for (; free != 0; free &= free - 1) {
      int queen = Integer.lowestOneBit(free);
      queens[row] = Integer.numberOfTrailingZeros(queen);
      collectBoards(
          queens, row + 1, columns | queen, (falling | queen) << 1, (rising | queen) >> 1);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int[] puzzle = random.choice(boards).clone();
    int removed = random.randint(config.minRemoved, config.maxRemoved);
    int[] rows = new int[puzzle.length];
    Arrays.setAll(rows, row -> row);
    random.shuffle(rows);
    for (int i = 0; i < removed; i++) {
      puzzle[rows[i]] = REMOVED;
    }
    List<int[]> solutions = new ArrayList<>();
    List<String> answers = new ArrayList<>(); // sorted as the boards are, for Q is less than _
    for (int[] board : boards) {
      if (completes(board, puzzle)) {
        solutions.add(board);
        answers.add(text(board));
      }
    }
    String answer = random.choice(answers);

    ObjectNode metadata = metadata(index);
    metadata.set("puzzle", json(puzzle));
    ArrayNode solutionList = metadata.putArray("solutions");
    solutions.forEach(board -> solutionList.add(json(board)));
    metadata.put("num_removed", removed);
    ArrayNode answerList = metadata.putArray("valid_answers");
    answers.forEach(answerList::add);
    ObjectNode difficulty = metadata.putObject("difficulty").put("n", config.side);
    difficulty.set("num_removed", JsonValues.range(config.minRemoved, config.maxRemoved));
    return problem(index, question(puzzle, removed), answer, metadata);
  }

  private static boolean completes(int[] board, int[] puzzle) {
    for (int row = 0; row < board.length; row++) {
      if (puzzle[row] != REMOVED && puzzle[row] != board[row]) {
        return false;
      }
    }
    return true;
  }

  private static String text(int[] queens) {
    StringBuilder text = new StringBuilder(2 * queens.length * queens.length);
    for (int row = 0; row < queens.length; row++) {
      text.append(row == 0 ? "" : "\n");
      for (int column = 0; column < queens.length; column++) {
        text.append(column == 0 ? "" : " ").append(queens[row] == column ? QUEEN : FREE);
      }
    }
    return text.toString();
  }

  private static ArrayNode json(int[] queens) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode(queens.length);
    for (int queen : queens) {
      ArrayNode cells = JsonNodeFactory.instance.arrayNode(queens.length);
      for (int column = 0; column < queens.length; column++) {
        cells.add(queen == column ? QUEEN_NODE : FREE_NODE);
      }
      rows.add(cells);
    }
    return rows;
  }

  private static String question(int[] puzzle, int removed) {
    return """
        Your job is to complete an n x n chess board with n Queens in total, such that no two attack each other.

        No two queens attack each other if they are not in the same row, column, or diagonal.

        You can place a queen by replacing an underscore (_) with a Q.

        Your output should be also a board in the same format as the input, with queens placed on the board by replacing underscores with the letter Q.

        Given the below board of size\s"""
        + puzzle.length
        + " x "
        + puzzle.length
        + " your job is to place "
        + removed
        + " queen(s) on the board such that no two queens attack each other.\n"
        + text(puzzle)
        + "\n";
  }

  /** 1 for one of the possible boards to the letter, 0.5 for one as a Python literal, else 0. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    JsonNode valid = problem.metadata().path("valid_answers");
    if (contains(valid, answer.get())) {
      return Verdict.Scored.of(1);
    }
    Optional<String> written = PythonLiteral.parse(answer.get()).flatMap(NQueens::written);
    boolean right = written.isPresent() && contains(valid, written.get());
    return Verdict.Scored.of(right ? LITERAL_BOARD : 0);
  }

  private static boolean contains(JsonNode texts, String wanted) {
    for (JsonNode text : texts) {
      if (text.textValue().equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** A literal board in the notation of the questions, if its cells are texts. */
  private static Optional<String> written(PythonLiteral board) {
    List<String> lines = new ArrayList<>();
    for (PythonLiteral row : parts(board)) {
      List<String> cells = new ArrayList<>();
      for (PythonLiteral cell : parts(row)) {
        if (!(cell instanceof PythonLiteral.Text text)) {
          return Optional.empty();
        }
        cells.add(text.value());
      }
      lines.add(String.join(" ", cells));
    }
    return Optional.of(String.join("\n", lines));
  }

  /**
   * What Python iterates over: elements, characters or keys. A set has an order of its own there
   * and counts as empty, like what cannot be iterated over: no board has an empty row.
   */
  private static List<PythonLiteral> parts(PythonLiteral literal) {
    if (literal instanceof PythonLiteral.Items items && items.kind() != PythonLiteral.Kind.SET) {
      return items.elements();
    }
    if (literal instanceof PythonLiteral.Pairs pairs) {
      return pairs.keys().stream().distinct().toList();
    }
    if (literal instanceof PythonLiteral.Text text) {
      return text.value()
          .codePoints()
          .<PythonLiteral>mapToObj(c -> new PythonLiteral.Text(Character.toString(c)))
          .toList();
    }
    return List.of();
  }
}
