package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.answer.AnswerRules;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A matrix of digits after a series of changes. */
public final class ManipulateMatrix extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("manipulate_matrix", "algorithmic")
          .integer("min_rows", 2)
          .integer("min_cols", 2)
          .integer("max_rows", 10)
          .integer("max_cols", 10)
          .integer("min_transforms", 1)
          .integer("max_transforms", 10)
          .number("w_rotate", 1)
          .number("w_hmirror", 1)
          .number("w_vmirror", 1)
          .number("w_dmirror", 1)
          .number("w_cmirror", 1)
          .number("w_map", 1)
          .number("w_crop", 1)
          .number("w_remove_every_nth_row", 1)
          .number("w_remove_every_nth_col", 1)
          .number("w_zero_divisible", 1)
          .madeBy(ManipulateMatrix::new);

  /**
   * The fields whose weights go to the operations in turn. The last four are not those of the
   * operations they are named after; this is the original's assignment.
   */
  private static final List<String> WEIGHT_FIELDS =
      List.of(
          "w_rotate",
          "w_hmirror",
          "w_vmirror",
          "w_dmirror",
          "w_cmirror",
          "w_map",
          "w_crop",
          "w_remove_every_nth_row",
          "w_remove_every_nth_col",
          "w_zero_divisible");

  private static final List<MatrixOperation> OPERATIONS = List.of(MatrixOperation.values());

  /** Draws in a row that a matrix may be too small for. */
  private static final int MAX_REFUSALS = 100_000;

  private final Config config;

  private ManipulateMatrix(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  @SuppressWarnings("ArrayRecordComponent") // read only, and as the weighted draw takes it
  private record Config(SizeRange rows, SizeRange columns, SizeRange steps, double[] weights) {
    static Config of(FieldValues values) {
      SizeRange rows = SizeRange.of(values, "min_rows", "max_rows", 2, SizeRange.MAX_SIDE);
      SizeRange columns = SizeRange.of(values, "min_cols", "max_cols", 2, SizeRange.MAX_SIDE);
      SizeRange steps =
          SizeRange.of(values, "min_transforms", "max_transforms", 1, SizeRange.MAX_LENGTH);
      return new Config(rows, columns, steps, softmax(values));
    }

    private static double[] softmax(FieldValues values) {
      double[] weights = new double[WEIGHT_FIELDS.size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.exp(values.number(WEIGHT_FIELDS.get(i)));
      }
      // Eight sums are combined in pairs before the rest is added: the original's order.
      double sum =
          ((weights[0] + weights[1]) + (weights[2] + weights[3]))
              + ((weights[4] + weights[5]) + (weights[6] + weights[7]));
      sum = sum + weights[8] + weights[9];
      values.require(
          sum > 0 && Double.isFinite(sum),
          "w_rotate",
          "such that the exponentials of all weights add up to a positive finite number");
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= sum;
      }
      return weights;
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int rows = config.rows.draw(random);
    int columns = config.columns.draw(random);
    IntMatrix matrix = IntMatrix.digits(random, rows, columns);
    int count = config.steps.draw(random);
    IntMatrix result = matrix;
    List<MatrixOperation.Step> steps = new ArrayList<>();
    for (int refusals = 0; steps.size() < count; ) {
      MatrixOperation operation = random.choices(OPERATIONS, config.weights, 1).get(0);
      Optional<MatrixOperation.Step> step = operation.draw(random, result);
      if (step.isPresent()) {
        steps.add(step.get());
        result = step.get().result();
        refusals = 0;
      } else if (++refusals == MAX_REFUSALS) {
        throw cannotGenerate(index, "no operation fits a matrix of a single row or column");
      }
    }
    ObjectNode metadata = metadata(index);
    metadata.set("matrix", matrix.json());
    metadata.set("solution", result.json());
    ArrayNode operations = metadata.putArray("operations");
    steps.forEach(step -> operations.add(step.description()));
    metadata.put("rows", rows).put("cols", columns).put("num_transforms", count);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("rows", config.rows.json());
    difficulty.set("cols", config.columns.json());
    difficulty.set("num_transforms", config.steps.json());
    String question =
        """
        For the following matrix:
        %s

        Perform the following series of operations in order:
        - Identity transformation, i.e. no change
        %s
        """
            .formatted(
                matrix.text(),
                String.join("\n", steps.stream().map(MatrixOperation.Step::instruction).toList()));
    return problem(index, question, result.text(), metadata);
  }

  /** The containment rule, blind to the amount of white space between the numbers of a line. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    Optional<String> wanted = problem.answer().map(PythonText::strip);
    Optional<String> given =
        answer.filter(text -> !text.isEmpty()).map(ManipulateMatrix::normalised);
    return Verdict.Scored.of(AnswerRules.containment(given, wanted));
  }

  private static String normalised(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : PythonText.strip(text).split("\n", -1)) {
      lines.add(String.join(" ", Words.split(line)));
    }
    return PythonText.strip(String.join("\n", lines));
  }
}
