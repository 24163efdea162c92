package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonLiteral;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.Optional;

/** The digits of a square read in a spiral from the outside. */
public final class SpiralMatrix extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("spiral_matrix", "algorithmic")
          .integer("min_n", 2)
          .integer("max_n", 10)
          .madeBy(SpiralMatrix::new);

  /** For the right elements in another notation. */
  private static final double OTHER_NOTATION = 0.1;

  private static final String QUESTION =
      """
      Given a matrix, your job is to generate a list of elements in spiral order, starting from the top-left element.

      The spiral order is clockwise, starting from the top-left corner. More precisely:
      - Start from the top-left corner and move right along the top row.
      - Move down along the right column.
      - Move left along the bottom row.
      - Move up along the left column.
      - Repeat the steps for the inner elements of the matrix until every entry is visited.

      Hint: Think of peeling the matrix layer by layer from the outside inward. Each layer forms a rectangular frame, and you traverse each frame clockwise starting from its top-left corner.

      Your output should be a space-separated list of integers, e.g. 1 2 3 4 5 6

      For the matrix below, what is the list of elements in spiral order?
      """;

  private final SizeRange side;

  private SpiralMatrix(TaskSetup setup) {
    super(setup);
    side = SizeRange.of(setup.values(), "min_n", "max_n", 2, SizeRange.MAX_SIDE);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int n = side.draw(random);
    int[] digits = new int[n * n];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = random.randint(0, 9);
    }
    random.shuffle(digits);
    IntMatrix matrix = IntMatrix.square(n, digits);
    int[] spiral = spiral(matrix);
    ObjectNode metadata = metadata(index);
    metadata.set("matrix", matrix.json());
    ArrayNode solution = metadata.putArray("solution");
    StringBuilder answer = new StringBuilder(2 * spiral.length);
    for (int digit : spiral) {
      solution.add(digit);
      answer.append(answer.isEmpty() ? "" : " ").append(digit);
    }
    metadata.put("n", n);
    metadata.putObject("difficulty").set("n", side.json());
    String question = QUESTION + matrix.text() + "\n";
    return problem(index, question, answer.toString(), metadata);
  }

  /** Frame by frame, each from its upper left corner clockwise. */
  private static int[] spiral(IntMatrix matrix) {
    int[] spiral = new int[matrix.rows() * matrix.columns()];
    int end = 0;
    for (int first = 0, last = matrix.rows() - 1; first <= last; first++, last--) {
      for (int column = first; column <= last; column++) {
        spiral[end++] = matrix.at(first, column);
      }
      for (int row = first + 1; row <= last; row++) {
        spiral[end++] = matrix.at(row, last);
      }
      for (int column = last - 1; column >= first; column--) {
        spiral[end++] = matrix.at(last, column);
      }
      for (int row = last - 1; row > first; row--) {
        spiral[end++] = matrix.at(row, first);
      }
    }
    return spiral;
  }

  /** 1 for the exact list, white space around it aside; little for a literal of the elements. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    Optional<String> wanted = problem.answer().map(PythonText::strip);
    Optional<String> given = answer.filter(text -> !text.isEmpty()).map(PythonText::strip);
    if (given.isPresent() && given.equals(wanted)) {
      return Verdict.Scored.of(1.0);
    }
    Optional<String> listed =
        given
            .flatMap(PythonLiteral::parse)
            .flatMap(literal -> LiteralElements.joined(literal, " "));
    return Verdict.Scored.of(listed.isPresent() && listed.equals(wanted) ? OTHER_NOTATION : 0.0);
  }
}
