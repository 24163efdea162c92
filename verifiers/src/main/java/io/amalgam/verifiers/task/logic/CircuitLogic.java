package io.amalgam.verifiers.task.logic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import io.amalgam.verifiers.task.logic.Circuit.Gate;
import io.amalgam.verifiers.task.logic.Circuit.Literal;
import io.amalgam.verifiers.task.logic.Circuit.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The output of a drawn circuit of gates for given inputs.
 *
 * <p>As in the original, the metadata's {@code source_index} is not the problem's index but the
 * number of inputs less one.
 */
public final class CircuitLogic extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("circuit_logic", "logic")
          .integer("min_terms", 3)
          .integer("max_terms", 5)
          .integer("min_inputs", 2)
          .integer("max_inputs", 4)
          .number("neg_prob", 0.3)
          .flag("allow_reuse", true)
          .madeBy(CircuitLogic::new);

  private static final int MOST = 1_000_000;

  /** About how long a question is besides its diagram. */
  private static final int LENGTH_OF_WORDS = 320;

  private static final double REUSE_PROBABILITY = 0.5;
  private static final List<Gate> TERM_GATES = List.of(Gate.AND, Gate.NAND, Gate.XOR);
  private static final List<Gate> FINAL_GATES = List.of(Gate.OR, Gate.NOR, Gate.XOR, Gate.AND);
  private static final List<Integer> BITS = List.of(0, 1);

  private final Config config;

  private CircuitLogic(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minTerms,
      int maxTerms,
      int minInputs,
      int maxInputs,
      double negationProbability,
      boolean allowReuse) {
    static Config of(FieldValues values) {
      int minInputs = values.count("min_inputs", 1, MOST);
      values.requireAtLeast("max_inputs", "min_inputs");
      int minTerms = values.count("min_terms", 1, MOST);
      values.requireAtLeast("max_terms", "min_terms");
      return new Config(
          minTerms,
          values.count("max_terms", 1, MOST),
          minInputs,
          values.count("max_inputs", 1, MOST),
          values.fraction("neg_prob", 0, 1),
          values.flag("allow_reuse"));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    Circuit circuit = draw(random);
    SortedMap<String, Integer> assignment = new TreeMap<>();
    circuit.inputs().forEach(input -> assignment.put(input, random.choice(BITS)));

    String diagram = new CircuitDiagram(circuit).text();
    StringBuilder question =
        new StringBuilder(diagram.length() + LENGTH_OF_WORDS)
            .append("Below is a randomly generated logic circuit.\n\n")
            .append(diagram)
            .append("\n\n\nLegend for gates:\n");
    TERM_GATES.forEach(gate -> question.append(gate.legend()));
    if (config.negationProbability > 0) {
      question.append(">o: Negate\n");
    }
    question.append(circuit.finalGate().legend());
    question.append("\nGiven the following input assignments:\n");
    assignment.forEach(
        (input, bit) -> question.append("  ").append(input).append(" = ").append(bit).append('\n'));
    question.append("\nWhat is the final output?");

    ObjectNode metadata = metadata(assignment.size() - 1);
    List<String> expressions = circuit.terms().stream().map(Term::expression).toList();
    metadata.put("expression", circuit.expression(expressions));
    ObjectNode assignments = metadata.putObject("assignments");
    assignment.forEach(assignments::put);
    ArrayNode terms = metadata.putArray("term_strings");
    expressions.forEach(terms::add);
    metadata.put("final_gate", circuit.finalGate().name());
    ArrayNode inputs = metadata.putArray("inputs");
    assignment.keySet().forEach(inputs::add);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("terms", JsonValues.range(config.minTerms, config.maxTerms));
    difficulty.set("inputs", JsonValues.range(config.minInputs, config.maxInputs));
    return problem(
        index, question.toString(), Integer.toString(circuit.output(assignment)), metadata);
  }

  private Circuit draw(PythonRandom random) {
    int termCount = random.randint(config.minTerms, config.maxTerms);
    Gate finalGate = random.choice(FINAL_GATES);
    List<String> inputs = new ArrayList<>();
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < termCount; i++) {
      Gate gate = random.choice(TERM_GATES);
      int count = random.randint(config.minInputs, config.maxInputs);
      List<Literal> literals = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        String input;
        if (config.allowReuse && !inputs.isEmpty() && random.random() < REUSE_PROBABILITY) {
          input = random.choice(inputs);
        } else {
          input = Circuit.inputName(inputs.size());
          inputs.add(input);
        }
        literals.add(new Literal(input, random.random() < config.negationProbability));
      }
      terms.add(new Term(gate, literals));
    }
    return new Circuit(finalGate, terms);
  }

  /** The reference counts; with white space around, its share of the length. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty() || answer.get().isEmpty() || problem.answer().isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    String reference = problem.answer().get();
    if (!reference.equals(PythonText.strip(answer.get())) && !reference.equals(answer.get())) {
      return Verdict.Scored.of(0.0);
    }
    return Verdict.Scored.of(
        (double) PythonText.length(reference) / PythonText.length(answer.get()));
  }
}
