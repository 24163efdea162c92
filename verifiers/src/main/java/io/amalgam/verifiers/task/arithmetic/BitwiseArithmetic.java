package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonIntegerLiteral;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Nested sums, differences, products and shifts of hexadecimal numbers. */
public final class BitwiseArithmetic extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("bitwise_arithmetic", "arithmetic")
          .integer("difficulty", 2)
          .madeBy(BitwiseArithmetic::new);

  private static final int MAX_DIFFICULTY = 10;
  private static final int SMALLEST_NUMBER = 0x100;
  private static final int LARGEST_NUMBER = 0xffff;
  private static final int LARGEST_SHIFT = 3;
  private static final double SHARE_OF_EARLY_NUMBERS = 0.01;
  private static final List<String> OPERATORS = List.of("+", "-", "*", "<<", ">>");
  private static final String INSTRUCTION =
      "Please solve this problem. Assume there is arbitrary bit depth and that there are signed "
          + "integers. If the answer is negative, reply as a negative value (ex., -0x3), not the "
          + "two's-compliment form. Reply only with the final hexidecimal value.\n";

  private final int difficulty;

  private BitwiseArithmetic(TaskSetup setup) {
    super(setup);
    difficulty = setup.values().count("difficulty", 1, MAX_DIFFICULTY);
  }

  /** A formula and its value. */
  private record Term(String text, BigInteger value) {
    static Term number(PythonRandom random, int low, int high) {
      BigInteger value = BigInteger.valueOf(random.randint(low, high));
      return new Term(hexadecimal(value), value);
    }
  }

  private static String hexadecimal(BigInteger value) {
    BigInteger magnitude = value.abs();
    String digits =
        magnitude.bitLength() < Long.SIZE
            ? Long.toHexString(magnitude.longValue())
            : magnitude.toString(16);
    return (value.signum() < 0 ? "-0x" : "0x") + digits;
  }

  private static Term term(PythonRandom random, int depth) {
    if (depth == 0 || random.random() < SHARE_OF_EARLY_NUMBERS) {
      return Term.number(random, SMALLEST_NUMBER, LARGEST_NUMBER);
    }
    String operator = random.choice(OPERATORS);
    Term left = term(random, depth - 1);
    Term right = term(random, depth - 1);
    if (operator.length() == 2) {
      // Shifts are by a small number of their own; what was drawn for the right side is lost.
      right = Term.number(random, 0, LARGEST_SHIFT);
    }
    return new Term(
        "(" + left.text + " " + operator + " " + right.text + ")",
        apply(operator, left.value, right.value));
  }

  private static BigInteger apply(String operator, BigInteger left, BigInteger right) {
    switch (operator) {
      case "+":
        return left.add(right);
      case "-":
        return left.subtract(right);
      case "*":
        return left.multiply(right);
      case "<<":
        return left.shiftLeft(right.intValueExact());
      default:
        return left.shiftRight(right.intValueExact());
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    Term term = term(random, difficulty);
    ObjectNode metadata = metadata(index);
    metadata.put("problem", term.text);
    metadata.putObject("difficulty").put("difficulty", difficulty);
    return problem(index, INSTRUCTION + term.text, hexadecimal(term.value), metadata);
  }

  /** 1 for the same number in any base that its prefix names, else 0. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    String reference = problem.answer().orElseThrow();
    BigInteger value = new BigInteger(reference.replaceFirst("0x", ""), 16);
    boolean right =
        answer
            .flatMap(PythonIntegerLiteral::parse)
            .filter(given -> given.hasValue(value))
            .isPresent();
    return Verdict.Scored.of(right ? 1.0 : 0.0);
  }
}
