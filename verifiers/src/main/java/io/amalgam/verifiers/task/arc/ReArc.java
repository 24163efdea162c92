package io.amalgam.verifiers.task.arc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Fidelity;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Grid tasks whose pairs are drawn anew with a difficulty: the rule is to be found from examples.
 *
 * <p>The original draws from 400 generators that imitate the tasks of ARC; here there are 21 kinds
 * of rule of our own. How difficulties are drawn and measured is the original's.
 */
public final class ReArc extends ProceduralTask {
  private static final String DIFF_LB = "diff_lb";
  private static final String DIFF_UB = "diff_ub";
  private static final double[] RNG_LEVELS = {0.0, 0.025, 0.05, 0.075, 0.1, 0.125, 0.15, 0.2};
  private static final double[] PSO_LEVELS = {0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 1};

  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("rearc", "arc")
          .integer("min_examples", 3)
          .integer("max_examples", 5)
          .number(DIFF_LB, 0)
          .number(DIFF_UB, 0.2)
          .json(GridFormat.FIELD, GridFormat.defaults())
          .json(Difficulty.RNG + Difficulty.RANGES, ranges(RNG_LEVELS))
          .numbers(Difficulty.RNG + Difficulty.WEIGHTS, evenWeights(RNG_LEVELS))
          .json(Difficulty.PSO + Difficulty.RANGES, ranges(PSO_LEVELS))
          .numbers(Difficulty.PSO + Difficulty.WEIGHTS, evenWeights(PSO_LEVELS))
          .fidelity(
              Fidelity.SCORES,
              "scores equal the original's; problems come from 21 kinds of rule of our own, with the"
                  + " original's measures of difficulty")
          .madeBy(ReArc::new);

  private static final int MOST_EXAMPLES = 1000;

  /** Pairs drawn before a range of difficulties is given up. */
  private static final int TRIES = 100_000;

  private static final List<GridRule.Kind> KINDS =
      Stream.of(WholeGridRules.kinds(), CellRules.kinds(), BoxRules.kinds())
          .flatMap(List::stream)
          .toList();

  private final Config config;

  private ReArc(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private static ArrayNode ranges(double[] levels) {
    ArrayNode ranges = JsonNodeFactory.instance.arrayNode();
    for (int i = 1; i < levels.length; i++) {
      ranges.addArray().add(levels[i - 1]).add(levels[i]);
    }
    return ranges;
  }

  private static double[] evenWeights(double[] levels) {
    int count = levels.length - 1;
    return DoubleStream.generate(() -> 1.0 / count).limit(count).toArray();
  }

  private record Range(double low, double high) {}

  /** Ranges of a difficulty with the weights by which one of them is drawn. */
  private record Difficulty(List<Range> ranges, List<Double> weights) {
    static final String RNG = "rng_difficulty";
    static final String PSO = "pso_difficulty";
    static final String RANGES = "_ranges";
    static final String WEIGHTS = "_weights";

    static Difficulty of(FieldValues values, String measure) {
      List<Range> ranges = new ArrayList<>();
      JsonNode pairs = values.json(measure + RANGES);
      values.require(pairs.isArray() && !pairs.isEmpty(), measure + RANGES, "a list of pairs");
      for (JsonNode pair : pairs) {
        values.require(
            pair.size() == 2 && pair.get(0).isNumber() && pair.get(1).isNumber(),
            measure + RANGES,
            "a list of pairs of numbers");
        ranges.add(new Range(pair.get(0).doubleValue(), pair.get(1).doubleValue()));
      }
      List<Double> weights = values.numbers(measure + WEIGHTS);
      values.require(
          weights.size() == ranges.size(),
          measure + WEIGHTS,
          "a list of " + ranges.size() + " numbers, one per range");
      double total = weights.stream().mapToDouble(Double::doubleValue).sum();
      values.require(
          total > 0 && Double.isFinite(total), measure + WEIGHTS, "numbers with a positive sum");
      return new Difficulty(ranges, weights);
    }

    Range draw(PythonRandom random) {
      double[] shares = weights.stream().mapToDouble(Double::doubleValue).toArray();
      return random.choices(ranges, shares, 1).get(0);
    }
  }

  private record Config(
      int minExamples,
      int maxExamples,
      Range exampleDifficulty,
      GridFormat format,
      Difficulty rng,
      Difficulty pso,
      ObjectNode difficulty) {
    static Config of(FieldValues values) {
      int minExamples = values.count("min_examples", 1, MOST_EXAMPLES);
      values.requireAtLeast("max_examples", "min_examples");
      double low = values.number(DIFF_LB);
      double high = values.number(DIFF_UB);
      values.require(low <= high, DIFF_LB, "at most " + DIFF_UB + " (" + high + ")");
      ObjectNode difficulty = JsonNodeFactory.instance.objectNode();
      for (String measure : List.of(Difficulty.RNG, Difficulty.PSO)) {
        String weights = measure + Difficulty.WEIGHTS;
        difficulty.set(weights, values.json(weights).deepCopy());
      }
      return new Config(
          minExamples,
          values.count("max_examples", 1, MOST_EXAMPLES),
          new Range(low, high),
          GridFormat.of(values),
          Difficulty.of(values, Difficulty.RNG),
          Difficulty.of(values, Difficulty.PSO),
          difficulty);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    Range wanted = config.pso.draw(random);
    List<Double> difficulties = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      GridRule.Kind kind = random.choice(KINDS);
      Range range = config.rng.draw(random);
      GridRule rule = kind.rules().apply(random);
      GridPair test = rule.pair(new GridDraws(random, range.low(), range.high(), difficulties));
      double pso = PairDifficulty.of(test);
      if (pso >= wanted.low() && pso <= wanted.high()) {
        ObjectNode metadata = metadata(index);
        metadata.set("input", test.input().toJson());
        metadata.set("output", test.output().toJson());
        metadata
            .put("task_id", kind.name())
            .put("rng", difficulties.stream().mapToDouble(d -> d).average().orElse(0))
            .put("pso", pso);
        metadata.set("difficulty", config.difficulty.deepCopy());
        String question = config.format.question(examples(rule, random), test.input());
        return problem(index, question, config.format.write(test.output()), metadata);
      }
    }
    throw cannotGenerate(
        index,
        "no pair of difficulty "
            + wanted.low()
            + " to "
            + wanted.high()
            + " in "
            + TRIES
            + " tries");
  }

  private List<GridPair> examples(GridRule rule, PythonRandom random) {
    int count = random.randint(config.minExamples, config.maxExamples);
    Range range = config.exampleDifficulty;
    List<GridPair> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(rule.pair(new GridDraws(random, range.low(), range.high(), new ArrayList<>())));
    }
    return examples;
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return config.format.score(problem, answer);
  }
}
