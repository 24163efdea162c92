package io.amalgam.verifiers.task.arc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.Optional;

/**
 * Finding the rule that maps rows of coloured cells, from examples, and applying it.
 *
 * <p>After the 1D-ARC collection of Xu and others, "LLMs and the Abstraction and Reasoning Corpus",
 * 2023.
 */
public final class Arc1d extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("arc_1d", "arc")
          .integer("min_size", 10)
          .integer("max_size", 30)
          .integer("num_train", 3)
          .madeBy(Arc1d::new);

  private static final int MOST_CELLS = 100_000;
  private static final int MOST_EXAMPLES = 10_000;

  /** Cells drawn for one example before giving up; the original goes on for ever. */
  private static final long CELLS_TRIED = 500_000_000;

  /** Characters that most questions need no more than; an estimate for the buffer. */
  private static final int USUAL_LENGTH = 1024;

  private final Config config;

  private Arc1d(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int minSize, int maxSize, int examples) {
    static Config of(FieldValues values) {
      int minSize = values.count("min_size", 8, MOST_CELLS);
      values.requireAtLeast("max_size", "min_size");
      return new Config(
          minSize,
          values.count("max_size", minSize, MOST_CELLS),
          values.count("num_train", 1, MOST_EXAMPLES));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    String name = random.choice(RowRules.names());
    RowRule rule = RowRules.named(name);
    int size = random.randint(config.minSize, config.maxSize);
    ObjectNode metadata = metadata(index);
    metadata.put("task_name", name);
    metadata.put("size", size);
    ArrayNode examples = metadata.putArray("train_examples");
    StringBuilder question =
        new StringBuilder(USUAL_LENGTH)
            .append("Find the common rule that maps an input grid to an output grid, given the")
            .append(" examples below.\n\n");
    for (int i = 1; i <= config.examples; i++) {
      RowPair example = draw(rule, random, size, index);
      examples.add(example.toJson());
      example.writeInput(question.append("Example ").append(i).append(":\nInput:  "));
      example.writeOutput(question.append("\nOutput: "));
      question.append("\n\n");
    }
    RowPair test = draw(rule, random, size, index);
    metadata.set("test_example", test.toJson());
    metadata.putObject("difficulty").set("size", JsonValues.range(config.minSize, config.maxSize));
    question
        .append("Below is a test input grid. Predict the corresponding output grid by applying the")
        .append(" rule you found. Describe how you derived the rule and your overall reasoning")
        .append(" process in detail before you submit your answer. Your final answer should be")
        .append(" just the test output grid itself.\n\nInput:\n");
    test.writeInput(question);
    StringBuilder answer = new StringBuilder(2 * size);
    test.writeOutput(answer);
    return problem(index, question.toString(), answer.toString(), metadata);
  }

  private RowPair draw(RowRule rule, PythonRandom random, int size, int index) {
    for (long cells = 0; cells < CELLS_TRIED; cells += size) {
      Optional<RowPair> pair = rule.draw(random, size);
      if (pair.isPresent()) {
        return pair.get();
      }
    }
    throw cannotGenerate(index, "no row of " + size + " cells fits the rule");
  }
}
