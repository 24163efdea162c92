package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonDecimal;
import io.amalgam.verifiers.python.PythonDecimalContext;
import io.amalgam.verifiers.python.PythonDecimalNumber;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Formulas of decimal numbers, to be worked with a given number of significant digits. */
public final class DecimalArithmetic extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("decimal_arithmetic", "arithmetic")
          .integer("min_num_decimal_places", 3)
          .integer("max_num_decimal_places", 3)
          .integer("min_terms", 2)
          .integer("max_terms", 6)
          .integer("precision", 12)
          .madeBy(DecimalArithmetic::new);

  private static final int MAX_TERMS = 10_000;
  private static final int MAX_PRECISION = 1000;

  /** Numbers are at most this large. */
  private static final BigInteger LARGEST = BigInteger.TEN;

  private static final List<String> OPERATORS = List.of("+", "-", "*", "/");
  private static final List<Boolean> YES_OR_NO = List.of(true, false);

  private final Config config;
  private final PythonDecimalContext arithmetic;

  private DecimalArithmetic(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    arithmetic = new PythonDecimalContext(config.precision);
  }

  private record Config(int minPlaces, int maxPlaces, int minTerms, int maxTerms, int precision) {
    static Config of(FieldValues values) {
      int precision = values.count("precision", 2, MAX_PRECISION);
      int maxPlaces = values.count("max_num_decimal_places", 0, MAX_PRECISION);
      values.require(
          precision > maxPlaces + 1,
          "precision",
          "at least 2 more than max_num_decimal_places (" + maxPlaces + ")");
      values.requireRange("min_num_decimal_places", "max_num_decimal_places", 0);
      values.requireRange("min_terms", "max_terms", 1);
      return new Config(
          values.count("min_num_decimal_places", 0, MAX_PRECISION),
          maxPlaces,
          values.count("min_terms", 1, MAX_TERMS),
          values.count("max_terms", 1, MAX_TERMS),
          precision);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int terms = random.randint(config.minTerms, config.maxTerms);
    List<String> operands = new ArrayList<>();
    List<String> operators = new ArrayList<>();
    int mostPlaces = 1;
    for (int i = 0; i < terms; i++) {
      int places = random.randint(config.minPlaces, config.maxPlaces);
      mostPlaces = Math.max(mostPlaces, places);
      BigInteger limit = LARGEST.multiply(BigInteger.TEN.pow(places));
      BigInteger digits = random.randint(BigInteger.ONE, limit);
      operands.add(new BigDecimal(digits, places).toPlainString());
      if (i < terms - 1) {
        operators.add(random.choice(OPERATORS));
      }
    }
    StringBuilder formula = new StringBuilder();
    group(random, operands, operators, formula);
    PythonDecimalNumber value;
    try {
      value = DecimalFormula.evaluate(formula.toString(), arithmetic);
    } catch (ArithmeticException e) {
      throw cannotGenerate(index, formula + ": " + e.getMessage());
    }
    ObjectNode metadata = metadata(index);
    metadata.put("decimal_places", mostPlaces).put("num_terms", terms);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("decimal_places", JsonValues.range(config.minPlaces, config.maxPlaces));
    difficulty.set("num_terms", JsonValues.range(config.minTerms, config.maxTerms));
    String question =
        "Please solve this problem to a maximum of "
            + config.precision
            + " significant digits, rounding up from the half. Only reply with the final value.\n"
            + formula
            + " = ?";
    return problem(index, question, value.toString(), metadata);
  }

  /**
   * Joins the operands to a formula: split somewhere, each side likewise, brackets around or not.
   * Without brackets the usual precedence applies, whatever the split was.
   */
  private static void group(
      PythonRandom random, List<String> operands, List<String> operators, StringBuilder formula) {
    int count = operands.size();
    if (count == 1) {
      formula.append(operands.get(0));
      return;
    }
    int start = formula.length();
    int split = random.randint(1, count - 1);
    group(random, operands.subList(0, split), operators.subList(0, split - 1), formula);
    formula.append(operators.get(split - 1));
    group(random, operands.subList(split, count), operators.subList(split, count - 1), formula);
    if (random.choice(YES_OR_NO)) {
      formula.insert(start, '(').append(')');
    }
  }

  /** 1 within one unit of the last decimal place that the numbers may have, else 0. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    BigDecimal reference = new BigDecimal(problem.answer().orElseThrow());
    boolean right =
        answer
            .flatMap(PythonDecimal::parse)
            .flatMap(given -> near(given, reference))
            .filter(given -> isClose(given, reference))
            .isPresent();
    return Verdict.Scored.of(right ? 1.0 : 0.0);
  }

  private boolean isClose(BigDecimal given, BigDecimal reference) {
    BigDecimal difference =
        arithmetic
            .subtract(PythonDecimalNumber.of(given), PythonDecimalNumber.of(reference))
            .magnitude();
    return difference.compareTo(BigDecimal.ONE.movePointLeft(config.maxPlaces)) <= 0;
  }

  /**
   * A number of bounded size that compares with the reference just as the answer does: what is far
   * too large is left out, and digits far behind the reference's are replaced by a single one.
   */
  private Optional<BigDecimal> near(PythonDecimal given, BigDecimal reference) {
    if (given.digits().equals("nan") || given.digits().equals("inf")) {
      return Optional.empty();
    }
    int first = Math.abs(reference.precision() - reference.scale());
    int margin = first + reference.precision() + Math.abs(reference.scale()) + config.precision + 8;
    BigInteger leading = given.exponent().add(BigInteger.valueOf(given.digits().length()));
    if (given.digits().isEmpty()) {
      return Optional.of(BigDecimal.ZERO);
    }
    if (leading.compareTo(BigInteger.valueOf(margin)) > 0) {
      return Optional.empty();
    }
    int sign = given.negative() ? -1 : 1;
    if (leading.compareTo(BigInteger.valueOf(-2L * margin)) < 0) {
      return Optional.of(new BigDecimal(BigInteger.valueOf(sign), 2 * margin));
    }
    int kept = Math.min(given.digits().length(), 4 * margin);
    boolean cut = kept < given.digits().length();
    String digits = given.digits().substring(0, kept) + (cut ? "1" : "");
    BigInteger unscaled = new BigInteger(digits).multiply(BigInteger.valueOf(sign));
    return Optional.of(new BigDecimal(unscaled, digits.length() - leading.intValueExact()));
  }
}
