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
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Sums and differences of several decimal numbers, worked from left to right. */
public final class DecimalChainSum extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("decimal_chain_sum", "arithmetic")
          .integer("min_terms", 2)
          .integer("max_terms", 6)
          .integer("min_digits", 1)
          .integer("max_digits", 4)
          .integer("min_decimal_places", 1)
          .integer("max_decimal_places", 4)
          .flag("allow_negation", false)
          .madeBy(DecimalChainSum::new);

  private static final int MAX_TERMS = 100_000;
  private static final int MAX_PLACES = 4000;
  private static final List<String> OPERATORS = List.of("+", "-");
  private static final List<BigInteger> POWERS_OF_TEN =
      IntStream.range(0, 20).mapToObj(BigInteger.TEN::pow).toList();
  private static final PythonDecimalContext ARITHMETIC =
      new PythonDecimalContext(PythonDecimalContext.DEFAULT_PRECISION);

  private final Config config;

  private DecimalChainSum(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minTerms,
      int maxTerms,
      int minDigits,
      int maxDigits,
      int minPlaces,
      int maxPlaces,
      boolean allowNegation) {
    static Config of(FieldValues values) {
      values.requireRange("min_terms", "max_terms", 1);
      values.requireRange("min_digits", "max_digits", 1);
      values.requireRange("min_decimal_places", "max_decimal_places", 0);
      return new Config(
          values.count("min_terms", 1, MAX_TERMS),
          values.count("max_terms", 1, MAX_TERMS),
          values.count("min_digits", 1, MAX_PLACES),
          values.count("max_digits", 1, MAX_PLACES),
          values.count("min_decimal_places", 0, MAX_PLACES),
          values.count("max_decimal_places", 0, MAX_PLACES),
          values.flag("allow_negation"));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int terms = random.randint(config.minTerms, config.maxTerms);
    int digits = random.randint(config.minDigits, config.maxDigits);
    BigInteger highest = nines(digits);
    BigInteger lowest = config.allowNegation ? highest.negate() : leastOfLength(digits);
    List<BigInteger> wholes = new ArrayList<>(terms);
    for (int i = 0; i < terms; i++) {
      wholes.add(random.randint(lowest, highest));
    }
    int[] places = new int[terms];
    int mostPlaces = 0;
    for (int i = 0; i < terms; i++) {
      places[i] = random.randint(config.minPlaces, config.maxPlaces);
      mostPlaces = Math.max(mostPlaces, places[i]);
    }
    List<PythonDecimalNumber> numbers = new ArrayList<>(terms);
    for (int i = 0; i < terms; i++) {
      numbers.add(withDecimals(random, wholes.get(i), places[i]));
    }
    StringBuilder expression = new StringBuilder(write(numbers.get(0), places[0]));
    PythonDecimalNumber result = numbers.get(0);
    for (int i = 1; i < terms; i++) {
      String operator = random.choice(OPERATORS);
      PythonDecimalNumber number = numbers.get(i);
      expression.append(' ').append(operator).append(' ').append(write(number, places[i]));
      result =
          operator.equals("+")
              ? ARITHMETIC.add(result, number)
              : ARITHMETIC.subtract(result, number);
    }
    ObjectNode metadata = metadata(index);
    metadata
        .put("num_terms", terms)
        .put("num_digits", digits)
        .put("expression", expression.toString());
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("num_terms", JsonValues.range(config.minTerms, config.maxTerms));
    difficulty.set("num_digits", JsonValues.range(config.minDigits, config.maxDigits));
    difficulty.set("decimal_places", JsonValues.range(config.minPlaces, config.maxPlaces));
    String question =
        "State the final answer to the following arithmetic problem: " + expression + " =";
    return problem(index, question, withPlaces(result, mostPlaces).toString(), metadata);
  }

  /** The smallest positive number with so many digits, but zero for a single or no digit. */
  private static BigInteger leastOfLength(int digits) {
    return digits <= 1 ? BigInteger.ZERO : powerOfTen(digits - 1);
  }

  private static BigInteger nines(int digits) {
    return powerOfTen(digits).subtract(BigInteger.ONE);
  }

  private static BigInteger powerOfTen(int exponent) {
    return exponent < POWERS_OF_TEN.size()
        ? POWERS_OF_TEN.get(exponent)
        : BigInteger.TEN.pow(exponent);
  }

  private static PythonDecimalNumber withDecimals(
      PythonRandom random, BigInteger whole, int places) {
    BigInteger lowest = places == 0 ? BigInteger.ZERO : powerOfTen(places - 1);
    PythonDecimalNumber fraction =
        ARITHMETIC.shifted(random.randint(lowest, nines(places)), places);
    return ARITHMETIC.add(PythonDecimalNumber.of(new BigDecimal(whole)), fraction);
  }

  private static String write(PythonDecimalNumber number, int places) {
    return number.value().setScale(places, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** The number with so many decimals, unless that takes more digits than the precision allows. */
  private static PythonDecimalNumber withPlaces(PythonDecimalNumber number, int places) {
    BigDecimal rounded = number.magnitude().setScale(places, RoundingMode.HALF_EVEN);
    return rounded.precision() > PythonDecimalContext.DEFAULT_PRECISION
        ? number
        : new PythonDecimalNumber(number.negative(), rounded);
  }

  /** 1 for the same decimal number however it is written, else 0. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    PythonDecimal reference = PythonDecimal.parse(problem.answer().orElseThrow()).orElseThrow();
    boolean right = answer.flatMap(PythonDecimal::parse).filter(reference::sameValue).isPresent();
    return Verdict.Scored.of(right ? 1.0 : 0.0);
  }
}
