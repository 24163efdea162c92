package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;

/** A square of digits turned by a multiple of 90 degrees. */
public final class RotateMatrix extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("rotate_matrix", "algorithmic")
          .integer("min_n", 2)
          .integer("max_n", 10)
          .integer("min_rotations", 0)
          .integer("max_rotations", 10)
          .madeBy(RotateMatrix::new);

  private static final int QUARTER = 90;

  private final SizeRange side;
  private final SizeRange rotations;

  private RotateMatrix(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    side = SizeRange.of(values, "min_n", "max_n", 2, SizeRange.MAX_SIDE);
    rotations = SizeRange.of(values, "min_rotations", "max_rotations", 0, SizeRange.MAX_LENGTH);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int n = side.draw(random);
    IntMatrix matrix = IntMatrix.digits(random, n, n);
    int turns = rotations.draw(random);
    IntMatrix turned = matrix.quarterTurns(turns);
    ObjectNode metadata = metadata(index);
    metadata.set("matrix", matrix.json());
    metadata.put("num_rotations", turns);
    metadata.set("solution", turned.json());
    metadata.put("n", n);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("n", side.json());
    difficulty.set("num_rotations", rotations.json());
    String question =
        """
        Given a square matrix, your job is to rotate it clockwise.

        Your output should be a matrix in the same format as the input.

        Rotate the matrix below by %d degrees clockwise:
        %s
        """
            .formatted(turns * QUARTER, matrix.text());
    return problem(index, question, turned.text(), metadata);
  }
}
