package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The kinds of change that a matrix can be asked to undergo, by the original's names. */
enum MatrixOperation {
  ROTATE {
    @Override
    Optional<Step> draw(PythonRandom random, IntMatrix matrix) {
      int turns = random.choice(TURNS);
      String degrees = Integer.toString(turns * QUARTER);
      return step(
          described().put("degrees", degrees),
          "Rotate the matrix " + degrees + " degrees",
          m -> m.quarterTurns(turns),
          matrix);
    }
  },
  HMIRROR {
    @Override
    Optional<Step> draw(PythonRandom random, IntMatrix matrix) {
      return step(described(), "Horizontally mirror the matrix", IntMatrix::upsideDown, matrix);
    }
  },
  VMIRROR {
    @Override
    Optional<Step> draw(PythonRandom random, IntMatrix matrix) {
      return step(described(), "Vertically mirror the matrix", IntMatrix::leftToRight, matrix);
    }
  },
  DMIRROR {
    @Override
    Optional<Step> draw(PythonRandom random, IntMatrix matrix) {
      return step(
          described(), "Mirror the matrix along the diagonal", IntMatrix::transposed, matrix);
    }
  },
  CMIRROR {
    @Override
    Optional<Step> draw(PythonRandom random, IntMatrix matrix) {
      return step(
          described(),
          "Mirror the matrix along the counterdiagonal",
          m -> m.quarterTurns(2).transposed(),
          matrix);
    }
  },
  MAP {
    @Override
    Optional<Step> draw(PythonRandom random, IntMatrix matrix) {
      List<Integer> pair = random.sample(DIGITS, 2);
      int from = pair.get(0);
      int to = pair.get(1);
      return step(
          described().put("from", from).put("to", to),
          "Map each occurrence of " + from + " to " + to,
          m -> m.map(x -> x == from ? to : x),
          matrix);
    }
  },
  ZERO_DIVISIBLE {
    @Override
    Optional<Step> draw(PythonRandom random, IntMatrix matrix) {
      int k = random.randint(1, 9);
      return step(
          described().put("k", k),
          "Set all elements divisible by " + k + " to zero",
          m -> m.map(x -> x % k == 0 ? 0 : x),
          matrix);
    }
  },
  CROP {
    @Override
    Optional<Step> draw(PythonRandom random, IntMatrix matrix) {
      int top = random.randint(1, matrix.rows());
      int bottom = random.randint(top, matrix.rows());
      int left = random.randint(1, matrix.columns());
      int right = random.randint(left, matrix.columns());
      ObjectNode description = described().put("row_start", top).put("row_end", bottom);
      description.put("col_start", left).put("col_end", right);
      String instruction =
          "Crop the matrix to rows %d-%d and columns %d-%d (1-indexed)"
              .formatted(top, bottom, left, right);
      return step(
          description,
          instruction,
          m -> m.part(top - 1, left - 1, bottom - top + 1, right - left + 1),
          matrix);
    }
  },
  REMOVE_EVERY_NTH_ROW {
    @Override
    Optional<Step> draw(PythonRandom random, IntMatrix matrix) {
      if (matrix.rows() < 2) {
        return Optional.empty();
      }
      int n = random.randint(2, matrix.rows());
      return step(described().put("n", n), removal(n, "row"), m -> m.withoutEveryRow(n), matrix);
    }
  },
  REMOVE_EVERY_NTH_COL {
    @Override
    Optional<Step> draw(PythonRandom random, IntMatrix matrix) {
      if (matrix.columns() < 2) {
        return Optional.empty();
      }
      int n = random.randint(2, matrix.columns());
      return step(
          described().put("n", n), removal(n, "column"), m -> m.withoutEveryColumn(n), matrix);
    }
  };

  private static final int QUARTER = 90;
  private static final List<Integer> TURNS = List.of(1, 2, 3, 4);
  private static final List<Integer> DIGITS = IntStream.range(0, 10).boxed().toList();

  /**
   * One change with its parameters drawn.
   *
   * @param description what the metadata says of it
   * @param instruction what the question says of it
   * @param result the matrix afterwards
   */
  record Step(ObjectNode description, String instruction, IntMatrix result) {}

  /** Draws the parameters and applies the change; nothing if the matrix is too small for it. */
  abstract Optional<Step> draw(PythonRandom random, IntMatrix matrix);

  /** The name in the metadata. */
  String transform() {
    return name().toLowerCase(Locale.ROOT);
  }

  ObjectNode described() {
    return JsonNodeFactory.instance.objectNode().put("transform", transform());
  }

  private static Optional<Step> step(
      ObjectNode description,
      String instruction,
      UnaryOperator<IntMatrix> change,
      IntMatrix matrix) {
    String item = "- " + instruction;
    description.put("instruction", item);
    return Optional.of(new Step(description, item, change.apply(matrix)));
  }

  private static String removal(int n, String what) {
    return "Remove every " + n + (n == 2 ? "-nd " : "-th ") + what + " (1-indexed)";
  }
}
