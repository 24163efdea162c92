package io.amalgam.verifiers.task.cognition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.Optional;

/**
 * How many outlines of rectangles are drawn in a grid of characters.
 *
 * <p>Credit: 1 for the number, less for one that is off by 1 to 4.
 */
public final class RectangleCount extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("rectangle_count", "cognition")
          .integer("max_rectangles", 10)
          .integer("width", 80)
          .integer("height", 80)
          .madeBy(RectangleCount::new);

  private static final int SHORTEST_SIDE = 10;
  private static final int LONGEST_SIDE = 5000;
  private static final int TRIES = 100_000;
  private static final int MOST_LAYERS = 2;

  /** From this distance on nothing is earned. */
  private static final int FAR = 5;

  private static final double NEAR = 0.8;

  private static final String QUESTION =
      """
      Your task is to count how many rectangles are present in an ASCII grid.

      Single rectangles are outlined with a '#', overlapping rectangles (max 2) are shown with '█'.

      Your output should be a single number, representing the total count of rectangles.

      Now, it's your turn. How many rectangles do you see in the grid below?
      {puzzle}
      """;

  private final BigInteger maxRectangles;
  private final int width;
  private final int height;

  private RectangleCount(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    maxRectangles = values.integer("max_rectangles");
    width = values.count("width", SHORTEST_SIDE, LONGEST_SIDE);
    height = values.count("height", SHORTEST_SIDE, LONGEST_SIDE);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    BigInteger target = random.randint(BigInteger.ONE, maxRectangles);
    byte[][] layers = new byte[height][width];
    int drawn = 0;
    for (int attempt = 0;
        attempt < TRIES && BigInteger.valueOf(drawn).compareTo(target) < 0;
        attempt++) {
      int left = random.randint(0, width - 3);
      int right = random.randint(left + 2, width - 1);
      int top = random.randint(0, height - 3);
      int bottom = random.randint(top + 2, height - 1);
      if (isFree(layers, left, right, top, bottom)) {
        outline(layers, left, right, top, bottom);
        drawn++;
      }
    }
    String puzzle = print(layers);
    ObjectNode metadata = metadata(index);
    metadata.put("puzzle", puzzle);
    metadata.put("solution", drawn);
    metadata.set("num_rectangles", JsonValues.integer(target));
    metadata.putObject("difficulty").set("max_rectangles", JsonValues.integer(maxRectangles));
    return problem(index, QUESTION.replace("{puzzle}", puzzle), Integer.toString(drawn), metadata);
  }

  private static boolean isFree(byte[][] layers, int left, int right, int top, int bottom) {
    for (int col = left; col <= right; col++) {
      if (layers[top][col] >= MOST_LAYERS || layers[bottom][col] >= MOST_LAYERS) {
        return false;
      }
    }
    for (int row = top + 1; row < bottom; row++) {
      if (layers[row][left] >= MOST_LAYERS || layers[row][right] >= MOST_LAYERS) {
        return false;
      }
    }
    return true;
  }

  private static void outline(byte[][] layers, int left, int right, int top, int bottom) {
    for (int col = left; col <= right; col++) {
      layers[top][col]++;
      layers[bottom][col]++;
    }
    for (int row = top + 1; row < bottom; row++) {
      layers[row][left]++;
      layers[row][right]++;
    }
  }

  private static String print(byte[][] layers) {
    StringBuilder text = new StringBuilder();
    for (byte[] row : layers) {
      for (byte count : row) {
        text.append(count == 0 ? ' ' : count == 1 ? '#' : '█');
      }
      text.append('\n');
    }
    return text.toString();
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    Optional<BigInteger> given = answer.map(PythonText::strip).flatMap(PythonInteger::parse);
    Optional<BigInteger> wanted = problem.answer().flatMap(PythonInteger::parse);
    if (given.isEmpty() || wanted.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    BigInteger distance = given.get().subtract(wanted.get()).abs();
    if (distance.signum() == 0) {
      return Verdict.Scored.of(1.0);
    }
    if (distance.compareTo(BigInteger.valueOf(FAR)) >= 0) {
      return Verdict.Scored.of(0.0);
    }
    return Verdict.Scored.of(NEAR * (1.0 - distance.doubleValue() / FAR));
  }
}
