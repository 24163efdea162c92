package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonLiteral;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far each cell of a matrix of zeros and ones is from the nearest zero. */
public final class BinaryMatrix extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("binary_matrix", "algorithmic")
          .integer("min_n", 3)
          .integer("max_n", 10)
          .number("p_zero", 0.25)
          .madeBy(BinaryMatrix::new);

  /** For the right matrix in another notation. */
  private static final double OTHER_NOTATION = 0.1;

  private static final String QUESTION =
      """
      Given a square matrix, your job is to find the taxicab (Manhattan) distance of the nearest 0 for each cell.

      The output should be a matrix of the same size as the input matrix, where each cell contains the distance to the nearest 0.

      Find the distance to the nearest 0 for each cell in the matrix below:
      """;

  private final SizeRange side;
  private final double zeroShare;

  /** The share as metadata shows it: in the configuration's notation. */
  private final JsonNode zeroShareField;

  private BinaryMatrix(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    side = SizeRange.of(values, "min_n", "max_n", 1, SizeRange.MAX_SIDE);
    zeroShare = values.number("p_zero");
    values.require(zeroShare > 0 && zeroShare <= 1, "p_zero", "greater than 0 and at most 1");
    zeroShareField = config().path("p_zero");
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int n = side.draw(random);
    int[] cells = new int[n * n]; // the first cell is always 0
    for (int i = 1; i < cells.length; i++) {
      cells[i] = random.random() < zeroShare ? 0 : 1;
    }
    random.shuffle(cells);
    IntMatrix matrix = IntMatrix.square(n, cells);
    IntMatrix distances = NearestSource.distances(matrix, cell -> cell == 0, cell -> true);
    ObjectNode metadata = metadata(index);
    metadata.set("matrix", matrix.json());
    metadata.set("solution", distances.json());
    metadata.put("n", n);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("n", side.json());
    difficulty.set("p_zero", zeroShareField);
    return problem(index, QUESTION + matrix.text() + "\n", distances.text(), metadata);
  }

  /** 1 for the exact text; little for a literal of the rows. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isPresent() && answer.equals(problem.answer())) {
      return Verdict.Scored.of(1.0);
    }
    Optional<String> listed =
        answer
            .flatMap(PythonLiteral::parse)
            .flatMap(LiteralElements::of)
            .flatMap(BinaryMatrix::lines);
    return Verdict.Scored.of(
        listed.isPresent() && listed.equals(problem.answer()) ? OTHER_NOTATION : 0.0);
  }

  private static Optional<String> lines(List<PythonLiteral> rows) {
    List<String> lines = new ArrayList<>();
    for (PythonLiteral row : rows) {
      Optional<String> line = LiteralElements.joined(row, " ");
      if (line.isEmpty()) {
        return Optional.empty();
      }
      lines.add(line.get());
    }
    return Optional.of(String.join("\n", lines));
  }
}
