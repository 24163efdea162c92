package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonDecimal;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonPower;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Fidelity;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.Optional;

/** Whole powers of decimal numbers, to three significant digits. */
public final class PowerFunction extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("power_function", "arithmetic")
          .number("min_base", -1e3)
          .number("max_base", 1e3)
          .integer("min_exponent", 0)
          .integer("max_exponent", 8)
          .fidelity(
              Fidelity.COMPLETE,
              "question, answer, metadata and scores equal the original's, but that about one"
                  + " power in 700 differs in its last digit, where the original's C library does"
                  + " not give the nearest double")
          .madeBy(PowerFunction::new);

  private static final int LARGEST_EXPONENT = 1_000_000;
  private static final int BASE_DECIMALS = 4;
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double WRONG = 0.01;

  private final Config config;

  private PowerFunction(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(double minBase, double maxBase, int minExponent, int maxExponent) {
    /** The original refuses nothing; an empty range of exponents fails when a problem is drawn. */
    static Config of(FieldValues values) {
      return new Config(
          values.number("min_base"),
          values.number("max_base"),
          values.count("min_exponent", -LARGEST_EXPONENT, LARGEST_EXPONENT),
          values.count("max_exponent", -LARGEST_EXPONENT, LARGEST_EXPONENT));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    double drawn = random.uniform(config.minBase, config.maxBase);
    double base = Double.parseDouble(PythonFloat.fixed(drawn, BASE_DECIMALS));
    int exponent = random.randint(config.minExponent, config.maxExponent);
    if (random.random() < 0.5) {
      exponent = -exponent;
    }
    double power = PythonPower.power(base, exponent);
    if (Double.isInfinite(power)) {
      throw cannotGenerate(index, base + " to the power " + exponent + " is out of range");
    }
    ObjectNode metadata = metadata(index);
    metadata.put("base", base).put("exponent", exponent).put("solution", power);
    metadata
        .putObject("difficulty")
        .set("exponent", JsonValues.range(config.minExponent, config.maxExponent));
    String question =
        "Your task is to compute an exponentiation of a number.\n\nCompute "
            + PythonFloat.repr(base)
            + "^"
            + exponent
            + ". Return your final answer correct to 3 significant figures.\n"
            + "Provide your answer in scientific notation using 'e' notation (e.g., 1.23e+4).\n";
    return problem(index, question, PythonFloat.repr(power), metadata);
  }

<<<<<<< HEAD
  /** The double nearest to the power, which Java's own function often misses by a bit. */
  private static double power(double base, int exponent) {
    if (base == 0 || Math.abs(exponent) > EXACT_POWER) {
      return StrictMath.pow(base, exponent);
    }
    double quick = DoubledPower.of(base, exponent);
    if (!Double.isNaN(quick)) {
      return quick;
    }
    BigDecimal exact = new BigDecimal(base).pow(Math.abs(exponent));
    return exponent < 0
        ? BigDecimal.ONE.divide(exact, RECIPROCAL).doubleValue()
        : exact.doubleValue();
  }

=======
>>>>>>> parity
  /** 1 for the same number to three significant digits, else 0.01; without an answer 0. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    Optional<PythonDecimal> reference = rounded(problem.answer().orElseThrow());
    boolean right = reference.isPresent() && reference.equals(rounded(answer.get()));
    return Verdict.Scored.of(right ? 1.0 : WRONG);
  }

  /** The number to three significant digits, half to even; empty for what is no finite number. */
  private static Optional<PythonDecimal> rounded(String text) {
    return PythonDecimal.parse(text)
        .filter(number -> !number.digits().equals("nan") && !number.digits().equals("inf"))
        .flatMap(PowerFunction::rounded);
  }

  private static Optional<PythonDecimal> rounded(PythonDecimal number) {
    String digits = number.digits();
    int dropped = digits.length() - SIGNIFICANT_DIGITS;
    if (dropped <= 0) {
      return Optional.of(number);
    }
    int leading = Integer.parseInt(digits.substring(0, SIGNIFICANT_DIGITS));
    int next = digits.charAt(SIGNIFICANT_DIGITS) - '0';
    boolean half = next == 5 && dropped == 1;
    if (next > 5 || (next == 5 && !half) || (half && leading % 2 == 1)) {
      leading++;
    }
    BigInteger exponent = number.exponent().add(BigInteger.valueOf(dropped));
    return PythonDecimal.parse((number.negative() ? "-" : "") + leading + "e" + exponent);
  }
}
