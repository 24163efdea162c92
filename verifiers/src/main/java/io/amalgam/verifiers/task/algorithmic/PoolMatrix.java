package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.NumpyLegacyRandom;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A matrix of digits reduced to the largest or mean digit of each of its blocks. */
public final class PoolMatrix extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("pool_matrix", "algorithmic")
          .integer("min_rows", 2)
          .integer("max_rows", 10)
          .integer("min_cols", 2)
          .integer("max_cols", 10)
          .integer("min_pool_size", 1)
          .integer("max_pool_size", 3)
          .madeBy(PoolMatrix::new);

  private static final String AVERAGE = "average";
  private static final List<String> KINDS = List.of(AVERAGE, "max");
  private static final double RIGHT = 1.0;
  private static final double RIGHT_SHAPE = 0.1;

  /** The answer is given to two decimals. */
  private static final double SCALE = 100;

  private final SizeRange rows;
  private final SizeRange columns;
  private final SizeRange pool;

  private PoolMatrix(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    rows = SizeRange.of(values, "min_rows", "max_rows", 2, SizeRange.MAX_SIDE);
    columns = SizeRange.of(values, "min_cols", "max_cols", 2, SizeRange.MAX_SIDE);
    pool = SizeRange.of(values, "min_pool_size", "max_pool_size", 1, SizeRange.MAX_SIDE);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int height = rows.draw(random);
    // The fewest columns are the fewest rows; min_cols is not used, as in the original.
    int width = random.randint(rows.low(), columns.high());
    NumpyLegacyRandom digits = new NumpyLegacyRandom(seed().add(BigInteger.valueOf(index)));
    IntMatrix matrix = IntMatrix.of(height, width, (row, column) -> digits.randint(0, 10));
    int size = pool.draw(random);
    String kind = random.choice(KINDS);
    boolean average = kind.equals(AVERAGE);
    ObjectNode metadata = metadata(index);
    metadata.set("matrix", matrix.json());
    metadata.put("pool_type", kind).put("pool_size", size);
    ArrayNode solution = metadata.putArray("solution");
    List<String> lines = new ArrayList<>();
    for (int top = 0; top < height; top += size) {
      ArrayNode results = solution.addArray();
      List<String> line = new ArrayList<>();
      for (int left = 0; left < width; left += size) {
        IntMatrix block =
            matrix.part(top, left, Math.min(size, height - top), Math.min(size, width - left));
        if (average) {
          double mean = mean(block);
          results.add(mean);
          line.add(PythonFloat.repr(Math.rint(mean * SCALE) / SCALE));
        } else {
          results.add(max(block));
          line.add(Integer.toString(max(block)));
        }
      }
      lines.add(String.join(" ", line));
    }
    metadata.put("rows", height).put("cols", width);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("rows", rows.json());
    difficulty.set("cols", columns.json());
    difficulty.set("pool_size", pool.json());
    String question =
        """
        Your job is to perform max/average pooling on the given matrix.
        The stride is equal to the kernel size, meaning there is no overlap between the pooling regions.

        Your output should be a matrix in the same format as the input matrix.
        The output matrix is smaller than the input matrix when the kernel size is greater than 1, and its elements may be floating-point numbers.
        Give elements in the output matrix correct to 2 decimal places.

        Perform %s pooling on the following matrix with a kernel size of %d:
        %s
        """
            .formatted(kind, size, matrix.text());
    return problem(index, question, String.join("\n", lines), metadata);
  }

  private static int max(IntMatrix block) {
    int max = 0;
    for (int row = 0; row < block.rows(); row++) {
      for (int column = 0; column < block.columns(); column++) {
        max = Math.max(max, block.at(row, column));
      }
    }
    return max;
  }

  private static double mean(IntMatrix block) {
    int sum = 0;
    for (int row = 0; row < block.rows(); row++) {
      for (int column = 0; column < block.columns(); column++) {
        sum += block.at(row, column);
      }
    }
    return (double) sum / (block.rows() * block.columns());
  }

  /** 1 for a matrix of the right shape whose numbers are near enough; little for the shape. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    Optional<NumberTable> wanted = problem.answer().flatMap(NumberTable::parse);
    Optional<NumberTable> given = answer.flatMap(NumberTable::parse);
    if (given.isEmpty() || wanted.isEmpty() || !given.get().sameShape(wanted.get())) {
      return Verdict.Scored.of(0.0);
    }
    return Verdict.Scored.of(given.get().near(wanted.get()) ? RIGHT : RIGHT_SHAPE);
  }
}
