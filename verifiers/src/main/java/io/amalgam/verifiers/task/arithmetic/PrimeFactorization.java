package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.Fidelity;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The prime factors of a number.
 *
 * <p>Credit: 1 for the factors in any order, 0.5 for other factors with the right product, 0.01 for
 * other whole numbers. A part that is no whole number makes the answer invalid, where the original
 * raises an error out of its scorer.
 */
public final class PrimeFactorization extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("prime_factorization", "arithmetic")
          .integer("min_value", 2)
          .integer("max_value", 1000)
          .fidelity(
              Fidelity.COMPLETE,
              "question, answer, metadata and scores equal the original's; values up to 10^16")
          .madeBy(PrimeFactorization::new);

  /** Keeps the trial division under a second. */
  private static final BigInteger MAX_VALUE = BigInteger.TEN.pow(16);

  private static final String SIGN = "×";

  private record Config(BigInteger minValue, BigInteger maxValue) {}

  private final Config config;

  private PrimeFactorization(TaskSetup setup) {
    super(setup);
    config = new Config(setup.values().integer("min_value"), setup.values().integer("max_value"));
    setup
        .values()
        .require(config.minValue.compareTo(BigInteger.TWO) >= 0, "min_value", "at least 2");
    setup.values().requireAtLeast("max_value", "min_value");
    setup
        .values()
        .require(config.maxValue.compareTo(MAX_VALUE) <= 0, "max_value", "at most " + MAX_VALUE);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    BigInteger number = random.randint(config.minValue, config.maxValue);
    List<BigInteger> factors = factorsOf(number.longValueExact());
    ObjectNode metadata = metadata(index);
    metadata.set("number", JsonValues.integer(number));
    metadata.set("factors", JsonValues.integers(factors));
    metadata
        .putObject("difficulty")
        .set("value", JsonValues.range(config.minValue, config.maxValue));
    String question =
        "Find the prime factorization of "
            + number
            + ". Write the factors separated by × (Example: for 12 the answer would be: 2 × 2 × 3)";
    String answer =
        factors.stream().map(BigInteger::toString).collect(Collectors.joining(" " + SIGN + " "));
    return problem(index, question, answer, metadata);
  }

  private static List<BigInteger> factorsOf(long number) {
    List<BigInteger> factors = new ArrayList<>();
    long rest = number;
    for (long divisor = 2; divisor * divisor <= rest; divisor++) {
      for (; rest % divisor == 0; rest /= divisor) {
        factors.add(BigInteger.valueOf(divisor));
      }
    }
    if (rest > 1) {
      factors.add(BigInteger.valueOf(rest));
    }
    return factors;
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    Optional<List<BigInteger>> given = parse(answer.get());
    if (given.isEmpty()) {
      return new Verdict.Invalid("prime_factorization: a part of the answer is not a whole number");
    }
    List<BigInteger> wanted = parse(problem.answer().orElseThrow()).orElseThrow();
    if (given.get().equals(wanted)) {
      return Verdict.Scored.of(1.0);
    }
    BigInteger number = wanted.stream().reduce(BigInteger.ONE, BigInteger::multiply);
    return Verdict.Scored.of(hasProduct(given.get(), number) ? 0.5 : 0.01);
  }

  /** The sorted factors; empty if a part between the signs is not a whole number. */
  private static Optional<List<BigInteger>> parse(String answer) {
    List<BigInteger> factors = new ArrayList<>();
    for (String part : answer.split(SIGN, -1)) {
      if (!PythonText.strip(part).isEmpty()) {
        Optional<BigInteger> factor = PythonInteger.parse(PythonText.strip(part));
        if (factor.isEmpty()) {
          return Optional.empty();
        }
        factors.add(factor.get());
      }
    }
    Collections.sort(factors);
    return Optional.of(factors);
  }

  /**
   * Whether the product is a non-zero number; stops as soon as it is too large, so that long
   * answers stay cheap.
   */
  private static boolean hasProduct(List<BigInteger> factors, BigInteger number) {
    if (factors.contains(BigInteger.ZERO)) {
      return false;
    }
    BigInteger product = BigInteger.ONE;
    for (BigInteger factor : factors) {
      product = product.multiply(factor);
      if (product.bitLength() > number.bitLength() + 1) {
        return false;
      }
    }
    return product.equals(number);
  }
}
