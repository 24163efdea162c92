package io.amalgam.verifiers.task.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Fidelity;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Predicting a program's output from its input, or an input that gives its output.
 *
 * <p>The original runs Python programs that were collected and rewritten; here the programs are a
 * few of Amalgam's own, shown in Python and carried out in Java.
 */
public final class CodeIo extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("codeio", "code")
          .number("input_prediction_probability", 0.5)
          .json("difficulty", NullNode.getInstance())
          .fidelity(
              Fidelity.SCORES,
              "scores equal the original's; problems ask alike about programs of Amalgam's own")
          .isolated()
          .madeBy(CodeIo::new);

  private static final int MAX_DIFFICULTY = 10;

  private static final String OUTPUT_TEMPLATE =
      """

      You are given a question that requires some input and output variables as follows:

      %s

      The input and output requirements are as follows:

      %s

      Given the following input:

      %s

      Can you predict the output without writing any code? Please think and then provide the exact \
      output in the form of a JSON value (object, array, number or string, or one of the following \
      three literal names: false null true) as your final answer. The keys and values of the object \
      should strictly match the output requirement as specified.

      Tip: Here is a reference code snippet for this question. You can refer to this code to guide \
      your reasoning but not copy spans of code directly.

      %s
      """;

  private static final String INPUT_TEMPLATE =
      """

      You are given a question that requires some input and output variables as follows:

      %s

      The input and output requirements are as follows:

      %s

      Given the following output:

      %s

      Can you predict a feasible input without writing any code? Please reason and put your final \
      answer in the form of a JSON value (object, array, number or string, or one of the following \
      three literal names: false null true), even if the there is only one input variable, with keys \
      strictly matching the input variables' names as specified.

      Tip: Here is a reference code snippet for this question. You can refer to this code to guide \
      your reasoning but not copy spans of code directly.

      %s
      """;

  private final double outputShare;
  private final JsonNode difficulty;
  private final List<CodeProgram> programs;

  private CodeIo(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    outputShare = values.fraction("input_prediction_probability", 0, 1);
    difficulty = values.json("difficulty");
    values.require(
        difficulty.isNull() || difficulty.isIntegralNumber(), "difficulty", "null or 1 to 10");
    if (!difficulty.isNull()) {
      values.count("difficulty", 1, MAX_DIFFICULTY);
    }
    programs =
        CodeProgram.ALL.stream()
            .filter(program -> difficulty.isNull() || program.difficulty() == difficulty.intValue())
            .toList();
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    CodeProgram program = random.choice(programs);
    ObjectNode input = program.inputs().apply(random);
    JsonNode output = program.solution().apply(input);
    boolean asksOutput = random.random() < outputShare;
    String question =
        String.format(
            Locale.ROOT,
            asksOutput ? OUTPUT_TEMPLATE : INPUT_TEMPLATE,
            program.task(),
            program.inputsAndOutputs(),
            PythonValue.repr(asksOutput ? input : output),
            program.source());
    ObjectNode metadata = metadata(index);
    metadata.set("input_data", input);
    metadata.set("output_data", output);
    metadata.putObject("difficulty").set("difficulty", difficulty);
    return problem(index, question, PythonValue.dumps(asksOutput ? output : input), metadata);
  }

  /** 1 for the same text, else credit that falls with the distance between the JSON values. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return CodeAnswer.score(answer, problem.answer().orElseThrow());
  }
}
