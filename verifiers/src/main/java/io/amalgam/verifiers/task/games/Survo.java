package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A matrix with sums at its right and lower border in which some numbers are to be filled in. */
public final class Survo extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("survo", "games")
          .integer("min_board_size", 4)
          .integer("max_board_size", 5)
          .integer("min_empty", 3)
          .integer("max_empty", 5)
          .integer("min_num", 1)
          .integer("max_num", 9)
          .madeBy(Survo::new);

  private static final int SMALLEST_BOARD = 4;
  private static final int LARGEST_BOARD = 100;

  /** Keeps every sum of a board in an {@code int}. */
  private static final int LARGEST_NUMBER = 100_000;

  private final Config config;

  private Survo(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minSize, int maxSize, int minEmpty, int maxEmpty, int minNumber, int maxNumber) {
    static Config of(FieldValues values) {
      int minSize = values.count("min_board_size", SMALLEST_BOARD, LARGEST_BOARD);
      values.requireAtLeast("max_board_size", "min_board_size");
      int maxSize = values.count("max_board_size", SMALLEST_BOARD, LARGEST_BOARD);
      int minEmpty = values.count("min_empty", 1, Integer.MAX_VALUE);
      BigInteger inner = BigInteger.valueOf((minSize - 1) * (minSize - 1));
      values.require(
          values.integer("max_empty").compareTo(inner) <= 0,
          "max_empty",
          "at most " + inner + " for the smallest board");
      values.requireAtLeast("max_empty", "min_empty");
      int minNumber = values.count("min_num", 1, LARGEST_NUMBER);
      int maxNumber = values.count("max_num", 1, LARGEST_NUMBER);
      values.require(minNumber < maxNumber, "max_num", "greater than min_num (" + minNumber + ")");
      return new Config(
          minSize,
          maxSize,
          minEmpty,
          values.count("max_empty", 1, Integer.MAX_VALUE),
          minNumber,
          maxNumber);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int size = random.randint(config.minSize, config.maxSize);
    int empty = random.randint(config.minEmpty, config.maxEmpty);
    int[][] solution = matrix(random, size);
    int[][] puzzle = Boards.copy(solution);
    int inner = size - 1;
    List<Integer> cells = IntStream.range(0, inner * inner).boxed().toList();
    List<Integer> numbers = new ArrayList<>();
    for (int cell : random.sample(cells, empty)) {
      numbers.add(solution[cell / inner][cell % inner]);
      puzzle[cell / inner][cell % inner] = 0;
    }
    String question =
        random
            .choice(SurvoPrompts.ALL)
            .replace("{n}", Integer.toString(size))
            .replace("{matrix}", Boards.text(puzzle, "0"))
            .replace("{numbers}", numbers.toString());

    // The index has another name here than in most tasks.
    ObjectNode metadata =
        JsonNodeFactory.instance
            .objectNode()
            .put("source_dataset", name())
            .put("source_idx", index);
    metadata.set("puzzle", Boards.json(puzzle));
    metadata.set("solution", Boards.json(solution));
    metadata.set(
        "candidate_numbers", Boards.json(numbers.stream().mapToInt(Integer::intValue).toArray()));
    metadata
        .put("board_size", size)
        .put("num_empty", empty)
        .put("min_num", config.minNumber)
        .put("max_num", config.maxNumber);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("board_size", JsonValues.range(config.minSize, config.maxSize));
    difficulty.set("empty", JsonValues.range(config.minEmpty, config.maxEmpty));
    return problem(index, question, Boards.text(solution, "0"), metadata);
  }

  private int[][] matrix(PythonRandom random, int size) {
    int[][] matrix = new int[size][size];
    int border = size - 1;
    for (int row = 0; row < border; row++) {
      for (int column = 0; column < border; column++) {
        int number = random.randint(config.minNumber, config.maxNumber);
        matrix[row][column] = number;
        matrix[row][border] += number;
        matrix[border][column] += number;
        matrix[border][border] += number;
      }
    }
    return matrix;
  }

  /**
   * 1 if the whole numbers of the answer, line by line, are the solution; other words are noise.
   */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    JsonNode solution = problem.metadata().path("solution");
    int row = 0;
    for (String line : answer.orElse("").split("\n", -1)) {
      List<BigInteger> numbers =
          Tokens.of(line).stream().map(PythonInteger::parse).flatMap(Optional::stream).toList();
      if (numbers.isEmpty()) {
        continue;
      }
      if (row >= solution.size() || !equal(numbers, solution.get(row))) {
        return Verdict.Scored.of(0);
      }
      row++;
    }
    return Verdict.Scored.of(row == solution.size() ? 1 : 0);
  }

  private static boolean equal(List<BigInteger> numbers, JsonNode row) {
    return numbers.size() == row.size()
        && IntStream.range(0, row.size())
            .allMatch(i -> numbers.get(i).equals(row.get(i).bigIntegerValue()));
  }
}
