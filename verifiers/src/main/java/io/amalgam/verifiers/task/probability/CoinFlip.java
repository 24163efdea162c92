package io.amalgam.verifiers.task.probability;

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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The probability of a number of heads, exactly or at least, in flips of a fair coin. */
public final class CoinFlip extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("coin_flip", "probability")
          .integer("min_trials", 3)
          .integer("max_trials", 15)
          .flag("allow_exact", true)
          .flag("allow_at_least", true)
          .madeBy(CoinFlip::new);

  /** From about a thousand flips on, Python's numbers overflow for most problems. */
  private static final int MOST_TRIALS = 100_000;

  private static final double TOLERANCE = 1e-4;
  private static final MathContext TEN_DIGITS = new MathContext(10, RoundingMode.HALF_EVEN);
  private static final String EXACT = "exact";
  private static final String AT_LEAST = "at_least";

  private final Config config;

  private CoinFlip(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int minTrials, int maxTrials, List<String> types) {
    static Config of(FieldValues values) {
      int minTrials = values.count("min_trials", 1, MOST_TRIALS);
      values.requireAtLeast("max_trials", "min_trials");
      List<String> types = new ArrayList<>();
      if (values.flag("allow_exact")) {
        types.add(EXACT);
      }
      if (values.flag("allow_at_least")) {
        types.add(AT_LEAST);
      }
      values.require(!types.isEmpty(), "allow_exact", "true unless allow_at_least is");
      return new Config(minTrials, values.count("max_trials", 1, MOST_TRIALS), List.copyOf(types));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int trials = random.randint(config.minTrials, config.maxTrials);
    String type = random.choice(config.types);
    int heads = random.randint(0, trials);
    boolean exact = type.equals(EXACT);
    BigInteger ways = ways(trials, heads, !exact);
    double waysAsDouble = ways.doubleValue();
    if (Double.isInfinite(waysAsDouble)) {
      throw cannotGenerate(index, "number of ways for " + trials + " flips exceeds a double");
    }
    String question =
        "What is the probability of getting %s %d heads in %d fair coin flips?"
            .formatted(exact ? "exactly" : "at least", heads, trials);
    ObjectNode metadata = metadata(index);
    metadata.put("num_trials", trials);
    metadata.put("k_heads", heads);
    metadata.put("problem_type", type);
    ObjectNode rational = metadata.putObject("rational");
    rational.set("numerator", JsonValues.integer(ways));
    rational.set("denominator", JsonValues.integer(BigInteger.ONE.shiftLeft(trials)));
    metadata
        .putObject("difficulty")
        .set("num_trials", JsonValues.range(config.minTrials, config.maxTrials));
    return problem(index, question, tenDigits(waysAsDouble * Math.scalb(1.0, -trials)), metadata);
  }

  /** Outcomes with a number of heads, or with at least as many. */
  private static BigInteger ways(int trials, int heads, boolean orMore) {
    BigInteger choices = BigInteger.ONE;
    BigInteger total = BigInteger.ZERO;
    // From all heads downwards: C(n, i) = C(n, i + 1) (i + 1) / (n - i).
    for (int i = trials; i >= heads; i--) {
      if (i < trials) {
        choices =
            choices.multiply(BigInteger.valueOf(i + 1)).divide(BigInteger.valueOf(trials - i));
      }
      total = orMore ? total.add(choices) : choices;
    }
    return total;
  }

  /** The number with up to ten significant digits ({@code f"{value:.10g}"}). */
  private static String tenDigits(double value) {
    if (value == 0) {
      return Math.copySign(1, value) < 0 ? "-0" : "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(TEN_DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < TEN_DIGITS.getPrecision()) {
      return rounded.toPlainString();
    }
    String digits = rounded.unscaledValue().abs().toString();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "%s%02d".formatted(exponent < 0 ? "e-" : "e+", Math.abs(exponent));
  }

  /**
   * 1 within 0.0001 of the probability; else the share of leading characters that agree once both
   * are written with ten digits. Fractions and decimals are read, commas are ignored.
   */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty() || PythonText.strip(answer.get()).isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    Optional<Double> given = RationalText.parse(answer.get().replace(",", ""));
    Optional<Double> right =
        problem.answer().flatMap(text -> RationalText.parse(text.replace(",", "")));
    if (given.isEmpty() || right.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    if (given.get().isInfinite()) {
      return new Verdict.Invalid("number too large for a double");
    }
    if (Math.abs(given.get() - right.get()) <= TOLERANCE) {
      return Verdict.Scored.of(1.0);
    }
    String givenText = tenDigits(given.get());
    String rightText = tenDigits(right.get());
    int shorter = Math.min(givenText.length(), rightText.length());
    int same = 0;
    while (same < shorter && givenText.charAt(same) == rightText.charAt(same)) {
      same++;
    }
    return Verdict.Scored.of((double) same / shorter);
  }
}
