package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The exact probability that some dice show at least a given total. */
public final class Dice extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("dice", "arithmetic")
          .integer("num_dice", 4)
          .integer("max_dice_size", 20)
          .madeBy(Dice::new);

  private static final int MAX_DICE = 100;
  private static final int MAX_SIDES = 1000;

  /** Bits of a quotient that leave room for correct rounding to 53. */
  private static final int QUOTIENT_BITS = 66;

  private final Config config;

  private Dice(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int dice, int maxSides) {
    static Config of(FieldValues values) {
      return new Config(
          values.count("num_dice", 1, MAX_DICE), values.count("max_dice_size", 2, MAX_SIDES));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    List<Integer> dice = new ArrayList<>();
    dice.add(config.maxSides);
    while (dice.size() < config.dice) {
      // Two-sided dice leave nothing to draw.
      dice.add(config.maxSides > 2 ? random.randint(2, config.maxSides - 1) : 2);
    }
    dice.sort(Comparator.reverseOrder());
    int least = config.dice;
    int spread = dice.stream().mapToInt(Integer::intValue).sum() - least;
    int target = random.randint(least + spread / 3, least + 2 * spread / 3);

    BigInteger ways = waysToReach(dice, target);
    BigInteger outcomes =
        dice.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    BigInteger common = ways.gcd(outcomes);
    BigInteger numerator = ways.divide(common);
    BigInteger denominator = outcomes.divide(common);

    String written = dice.stream().map(sides -> "1d" + sides).collect(Collectors.joining(", "));
    ObjectNode metadata = metadata(index);
    ObjectNode puzzle = metadata.putObject("puzzle");
    puzzle.put("dice_str", written).put("target", target);
    puzzle.set("num", JsonValues.integer(numerator));
    puzzle.set("den", JsonValues.integer(denominator));
    puzzle.put("probability", quotient(ways, outcomes));
    metadata
        .putObject("difficulty")
        .put("num_dice", config.dice)
        .put("max_dice_size", config.maxSides);
    String question =
        "I have these dice: "
            + written
            + ". What are the odds of rolling "
            + target
            + " or higher? (Assume that all dice are rolled at once, and that '1d6' represents one"
            + " roll of a 6-sided dice.) Please respond with a reduced fraction representing the"
            + " probability [ex., 1/60].";
    return problem(index, question, numerator + "/" + denominator, metadata);
  }

  /** The number of outcomes with at least a total. */
  private static BigInteger waysToReach(List<Integer> dice, int target) {
    BigInteger[] ways = {BigInteger.ONE};
    for (int sides : dice) {
      BigInteger[] more = new BigInteger[ways.length + sides];
      more[0] = BigInteger.ZERO;
      // The ways to a total are a window of those of the other dice, moved by one each time.
      BigInteger window = BigInteger.ZERO;
      for (int total = 1; total < more.length; total++) {
        if (total <= ways.length) {
          window = window.add(ways[total - 1]);
        }
        if (total > sides) {
          window = window.subtract(ways[total - 1 - sides]);
        }
        more[total] = window;
      }
      ways = more;
    }
    return Arrays.stream(ways, target, ways.length).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** The double nearest to a quotient of positive numbers. */
  private static double quotient(BigInteger dividend, BigInteger divisor) {
    int shift = Math.max(0, divisor.bitLength() - dividend.bitLength() + QUOTIENT_BITS);
    BigInteger[] parts = dividend.shiftLeft(shift).divideAndRemainder(divisor);
    // A remainder only matters as a last bit that says "a little more".
    BigInteger quotient = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
    return Math.scalb(quotient.doubleValue(), -shift);
  }

  /** 1 for the reduced fraction, whatever its line breaks; blanks are not forgiven. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    boolean right =
        answer.isPresent()
            && problem.answer().isPresent()
            && onOneLine(answer.get()).equals(onOneLine(problem.answer().get()));
    return Verdict.Scored.of(right ? 1 : 0);
  }

  private static String onOneLine(String text) {
    return PythonCase.lower(text).replace("\n", "");
  }
}
