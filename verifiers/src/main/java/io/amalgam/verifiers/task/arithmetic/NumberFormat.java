package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The largest or smallest of several close numbers that are written in different ways. */
public final class NumberFormat extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("number_format", "arithmetic")
          .integer("min_num_candidates", 2)
          .integer("max_num_candidates", 5)
          .numberFromWhole("min_n", 1000)
          .numberFromWhole("max_n", 1_000_000_000)
          .number("max_delta", 10.0)
          .madeBy(NumberFormat::new);

  private static final int MAX_CANDIDATES = 100_000;
  private static final int DECIMALS = 3;
  private static final int SCIENTIFIC_DIGITS = 16;
  private static final int GROUP = 3;
  private static final double TOLERANCE = 1e-2;
  private static final List<String> NOTATIONS = List.of("standard", "english", "scientific");
  private static final List<String> SIZES = List.of("largest", "smallest");

  private final Config config;

  private NumberFormat(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minCandidates, int maxCandidates, double minNumber, double maxNumber, double maxDelta) {
    static Config of(FieldValues values) {
      values.requireRange("min_num_candidates", "max_num_candidates", 2);
      double minNumber = values.number("min_n");
      values.require(minNumber >= 1, "min_n", "at least 1");
      values.require(
          values.number("max_n") > minNumber, "max_n", "greater than min_n (" + minNumber + ")");
      values.require(values.number("max_delta") > 0, "max_delta", "greater than 0");
      return new Config(
          values.count("min_num_candidates", 2, MAX_CANDIDATES),
          values.count("max_num_candidates", 2, MAX_CANDIDATES),
          minNumber,
          values.number("max_n"),
          values.number("max_delta"));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int count = random.randint(config.minCandidates, config.maxCandidates);
    List<Double> candidates = new ArrayList<>();
    double base = rounded(random.uniform(config.minNumber, config.maxNumber));
    candidates.add(base);
    while (candidates.size() < count) {
      candidates.add(base + rounded(random.uniform(-config.maxDelta, config.maxDelta)));
    }
    List<String> written = new ArrayList<>();
    for (double candidate : candidates) {
      written.add(write(candidate, random.choice(NOTATIONS)));
    }
    String size = random.choice(SIZES);
    double solution =
        size.equals("largest") ? Collections.max(candidates) : Collections.min(candidates);
    ObjectNode metadata = metadata(index);
    candidates.forEach(metadata.putArray("candidates")::add);
    metadata.put("solution", solution);
    written.forEach(metadata.putArray("formatted_candidates")::add);
    metadata.put("size", size).put("num_candidates", count);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("num_candidates", JsonValues.range(config.minCandidates, config.maxCandidates));
    ObjectNode given = config();
    difficulty.putArray("n").add(given.get("min_n")).add(given.get("max_n"));
    difficulty.set("min_delta", given.get("max_delta"));
    String question =
        "Your task is to pick the largest/smallest number out of several options.\n\n"
            + "Your output should be only the number of interest.\n\n"
            + "Now, pick the "
            + size
            + " number of the following candidates: "
            + String.join(" ", written)
            + "\n";
    return problem(index, question, PythonFloat.repr(solution), metadata);
  }

  private static double rounded(double value) {
    return Double.parseDouble(PythonFloat.fixed(value, DECIMALS));
  }

  private static String write(double value, String notation) {
    switch (notation) {
      case "standard":
        return PythonFloat.fixed(value, 6);
      case "english":
        return grouped(PythonFloat.repr(value));
      default:
        return scientific(value);
    }
  }

  /** Commas between groups of three digits before the point. */
  private static String grouped(String number) {
    StringBuilder text = new StringBuilder(number);
    int first = number.startsWith("-") ? 1 : 0;
    int end = first;
    while (end < number.length() && Character.digit(number.charAt(end), 10) >= 0) {
      end++;
    }
    for (int comma = end - GROUP; comma > first; comma -= GROUP) {
      text.insert(comma, ',');
    }
    return text.toString();
  }

  /** One digit before the point, 15 after it, and an exponent of at least two digits. */
  private static String scientific(double value) {
    BigDecimal exact = new BigDecimal(Math.abs(value));
    BigDecimal rounded = exact.round(new MathContext(SCIENTIFIC_DIGITS, RoundingMode.HALF_EVEN));
    StringBuilder digits = new StringBuilder(rounded.unscaledValue().toString());
    int exponent = rounded.signum() == 0 ? 0 : digits.length() - 1 - rounded.scale();
    while (digits.length() < SCIENTIFIC_DIGITS) {
      digits.append('0');
    }
    String power = Integer.toString(Math.abs(exponent));
    return (Math.copySign(1, value) < 0 ? "-" : "")
        + digits.insert(1, '.')
        + (exponent < 0 ? "e-" : "e+")
        + (power.length() < 2 ? "0" : "")
        + power;
  }

  /** 1 for a number less than 0.01 away, commas ignored, else 0. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    double solution = problem.metadata().get("solution").doubleValue();
    OptionalDouble given =
        answer.isPresent()
            ? PythonFloat.parse(PythonText.strip(answer.get()).replace(",", ""))
            : OptionalDouble.empty();
    boolean right = given.isPresent() && Math.abs(given.getAsDouble() - solution) < TOLERANCE;
    return Verdict.Scored.of(right ? 1.0 : 0.0);
  }
}
