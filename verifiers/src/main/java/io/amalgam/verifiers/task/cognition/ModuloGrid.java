package io.amalgam.verifiers.task.cognition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.List;
import java.util.Optional;

/**
 * A grid marked where a function of the coordinates leaves a certain rest; holes are to be filled.
 */
public final class ModuloGrid extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("modulo_grid", "cognition")
          .integer("size_x", 20)
          .integer("size_y", 20)
          .integer("max_divisor", 20)
          .integer("max_target", 20)
          .integer("max_holes", 1)
          .madeBy(ModuloGrid::new);

  private static final List<String> OPERATIONS = List.of("sum", "diff", "prod", "pow");
  private static final int SMALLEST_SIDE = 6;
  private static final int LARGEST_SIDE = 2000;
  private static final int LARGEST_NUMBER = 1_000_000_000;
  private static final int MOST_HOLES = 10_000_000;

  /** Where the original draws for ever. */
  private static final int TRIES = 5_000_000;

  private static final char MARKED = '✅';
  private static final char UNMARKED = '❌';
  private static final char HOLE = '❔';

  private static final String QUESTION =
      "Identify the mathematical pattern which defines this grid, then use that pattern to fill in"
          + " the question marks. Return the entire completed grid as your answer.\n\n";

  private final Config config;

  private ModuloGrid(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int sizeX, int sizeY, int maxDivisor, int maxTarget, int maxHoles) {
    static Config of(FieldValues values) {
      return new Config(
          values.count("size_x", SMALLEST_SIDE, LARGEST_SIDE),
          values.count("size_y", SMALLEST_SIDE, LARGEST_SIDE),
          values.count("max_divisor", 1, LARGEST_NUMBER),
          values.count("max_target", 1, LARGEST_NUMBER),
          values.count("max_holes", 1, MOST_HOLES));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int divisor = random.randint(1, config.maxDivisor);
      int target = random.randint(1, config.maxTarget);
      String operation = random.choice(OPERATIONS);
      Optional<char[][]> grid =
          target < divisor ? grid(operation, divisor, target) : Optional.empty();
      if (grid.isPresent()) {
        return problem(random, index, grid.get(), divisor, target, operation);
      }
    }
    throw cannotGenerate(index, "none of " + TRIES + " drawn patterns marks a cell");
  }

  /** The grid of a pattern; empty if it marks nothing. */
  private Optional<char[][]> grid(String operation, int divisor, int target) {
    char[][] grid = new char[config.sizeY][config.sizeX];
    boolean any = false;
    for (int y = 0; y < config.sizeY; y++) {
      for (int x = 0; x < config.sizeX; x++) {
        boolean marked = rest(operation, x, y, divisor) == target;
        grid[y][x] = marked ? MARKED : UNMARKED;
        any |= marked;
      }
    }
    return any ? Optional.of(grid) : Optional.empty();
  }

  private static long rest(String operation, int x, int y, int divisor) {
    return switch (operation) {
      case "sum" -> (x + y) % divisor;
      case "diff" -> Math.abs(x - y) % divisor;
      case "prod" -> x * y % divisor;
      default -> power(x, y, divisor);
    };
  }

  /** The rest of x to the power of y, by repeated squaring; 0 to the power of 0 is 1. */
  private static long power(int x, int y, int divisor) {
    long result = 1 % divisor;
    long square = x % divisor;
    for (int left = y; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        result = result * square % divisor;
      }
      square = square * square % divisor;
    }
    return result;
  }

  private Problem problem(
      PythonRandom random, int index, char[][] grid, int divisor, int target, String operation) {
    String answer = print(grid);
    for (int i = 0; i < config.maxHoles; i++) {
      int y = random.randint(0, config.sizeY - 1);
      int x = random.randint(0, config.sizeX - 1);
      grid[y][x] = HOLE;
    }
    ObjectNode metadata = metadata(index);
    metadata.put("divisor", divisor);
    metadata.put("target", target);
    metadata.put("operation", operation);
    metadata
        .putObject("difficulty")
        .put("size_x", config.sizeX)
        .put("size_y", config.sizeY)
        .put("holes", config.maxHoles)
        .put("divisor", config.maxDivisor)
        .put("target", config.maxTarget);
    return problem(index, QUESTION + print(grid), answer, metadata);
  }

  private static String print(char[][] grid) {
    StringBuilder text = new StringBuilder();
    for (char[] row : grid) {
      text.append(text.isEmpty() ? "" : "\n").append(row);
    }
    return text.toString();
  }
}
