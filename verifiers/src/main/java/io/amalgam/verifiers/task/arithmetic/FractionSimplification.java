package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Fractions to be reduced to lowest terms, written plainly or in LaTeX. */
public final class FractionSimplification extends ProceduralTask {
  private static final String PLAIN = "plain";
  private static final String LATEX_INLINE = "latex_inline";
  private static final String LATEX_FRAC = "latex_frac";
  private static final String LATEX_DFRAC = "latex_dfrac";
  private static final List<String> STYLES = List.of(PLAIN, LATEX_INLINE, LATEX_FRAC, LATEX_DFRAC);

  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("fraction_simplification", "arithmetic")
          .integer("min_value", 1)
          .integer("max_value", 1000)
          .integer("min_factor", 1)
          .integer("max_factor", 100)
          .texts("styles", PLAIN, LATEX_INLINE, LATEX_FRAC, LATEX_DFRAC)
          .madeBy(FractionSimplification::new);

  /** Draws of a fraction that stays in range when reduced, before any fraction is taken. */
  private static final int TRIES = 10;

  private static final double HALF_WRONG = 0.1;
  private static final double ANOTHER_FRACTION = 0.05;
  private static final double NO_FRACTION = 0.01;

  private final Config config;

  private FractionSimplification(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      BigInteger minValue,
      BigInteger maxValue,
      BigInteger minFactor,
      BigInteger maxFactor,
      List<String> styles) {
    static Config of(FieldValues values) {
      BigInteger minValue = values.integer("min_value");
      values.require(minValue.signum() > 0, "min_value", "at least 1");
      values.require(
          values.integer("max_value").compareTo(minValue) > 0,
          "max_value",
          "greater than min_value (" + minValue + ")");
      values.requireRange("min_factor", "max_factor", 1);
      return new Config(
          minValue,
          values.integer("max_value"),
          values.integer("min_factor"),
          values.integer("max_factor"),
          values.texts("styles", STYLES));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    WrittenFraction simple = simplified(random);
    if (simple.numerator().compareTo(simple.denominator()) > 0) {
      simple = new WrittenFraction(simple.denominator(), simple.numerator());
    }
    BigInteger factor = random.randint(config.minFactor, config.maxFactor);
    String style = random.choice(config.styles);
    WrittenFraction extended =
        new WrittenFraction(
            simple.numerator().multiply(factor), simple.denominator().multiply(factor));
    ObjectNode metadata = metadata(index);
    metadata.set("numerator", JsonValues.integer(extended.numerator()));
    metadata.set("denominator", JsonValues.integer(extended.denominator()));
    metadata.set("simplified_numerator", JsonValues.integer(simple.numerator()));
    metadata.set("simplified_denominator", JsonValues.integer(simple.denominator()));
    metadata.set("reduction_factor", JsonValues.integer(factor));
    metadata.put("style", style);
    metadata.set("factor", JsonValues.integer(factor));
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("value", JsonValues.range(config.minValue, config.maxValue));
    difficulty.set("factor", JsonValues.range(config.minFactor, config.maxFactor));
    String question =
        "Simplify the fraction "
            + write(extended, style)
            + " to its lowest terms. Give only the simplified fraction as your final answer.";
    return problem(index, question, write(simple, style), metadata);
  }

  private WrittenFraction simplified(PythonRandom random) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      WrittenFraction drawn = drawn(random);
      BigInteger common = drawn.numerator().gcd(drawn.denominator());
      WrittenFraction reduced =
          new WrittenFraction(drawn.numerator().divide(common), drawn.denominator().divide(common));
      // Reducing cannot exceed the maximum, so only the minimum can be missed.
      if (reduced.numerator().min(reduced.denominator()).compareTo(config.minValue) >= 0) {
        return reduced;
      }
    }
    return drawn(random);
  }

  private WrittenFraction drawn(PythonRandom random) {
    BigInteger numerator = random.randint(config.minValue, config.maxValue);
    return new WrittenFraction(numerator, random.randint(config.minValue, config.maxValue));
  }

  private static String write(WrittenFraction fraction, String style) {
    String plain = fraction.numerator() + "/" + fraction.denominator();
    String braces = "{" + fraction.numerator() + "}{" + fraction.denominator() + "}$";
    switch (style) {
      case PLAIN:
        return plain;
      case LATEX_INLINE:
        return "$" + plain + "$";
      case LATEX_FRAC:
        return "$\\frac" + braces;
      default:
        return "$\\dfrac" + braces;
    }
  }

  /**
   * 1 for the reduced fraction, 0.1 if the numerator or the denominator is that of the question,
   * 0.05 for another fraction, 0.01 for everything else, even for no answer.
   */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    double score =
        answer
            .flatMap(WrittenFraction::read)
            .map(given -> credit(given, problem.metadata()))
            .orElse(NO_FRACTION);
    return Verdict.Scored.of(score);
  }

  private static double credit(WrittenFraction given, JsonNode metadata) {
    if (given.numerator().equals(metadata.get("simplified_numerator").bigIntegerValue())
        && given.denominator().equals(metadata.get("simplified_denominator").bigIntegerValue())) {
      return 1.0;
    }
    return given.numerator().equals(metadata.get("numerator").bigIntegerValue())
            || given.denominator().equals(metadata.get("denominator").bigIntegerValue())
        ? HALF_WRONG
        : ANOTHER_FRACTION;
  }
}
