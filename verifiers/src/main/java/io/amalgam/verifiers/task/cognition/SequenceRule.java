package io.amalgam.verifiers.task.cognition;

import io.amalgam.verifiers.python.PythonRandom;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a sequence goes on from its last number: some operations one after the other. */
final class SequenceRule {
  private enum Operation {
    ADD,
    MULTIPLY,
    SQUARE,
    DOUBLE,
    HALF,
    PREVIOUS,
    // The original draws these two but they change nothing.
    ALTERNATE,
    COMPOSE
  }

  private record Step(Operation operation, int parameter) {}

  /** A chain of squares inside one step of a sequence; no accepted number is near it. */
  private static final int MAX_BITS = 1 << 16;

  private static final List<Operation> OPERATIONS = List.of(Operation.values());

  private final List<Step> steps;

  private SequenceRule(List<Step> steps) {
    this.steps = steps;
  }

  /**
   * Draws between 1 and complexity + 1 operations, with a parameter other than 0 for sums and
   * products.
   */
  static SequenceRule draw(PythonRandom random, int complexity) {
    int count = random.randint(1, complexity + 1);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Operation operation = random.choice(OPERATIONS);
      int parameter = 0;
      if (operation == Operation.ADD || operation == Operation.MULTIPLY) {
        do {
          parameter = random.randint(-10, 10);
        } while (parameter == 0);
      }
      steps.add(new Step(operation, parameter));
    }
    return new SequenceRule(steps);
  }

  /** The number after the last one of a sequence. */
  BigInteger next(List<BigInteger> sequence) {
    int last = sequence.size() - 1;
    BigInteger previous = last > 0 ? sequence.get(last - 1) : BigInteger.ZERO;
    BigInteger value = sequence.get(last);
    for (Step step : steps) {
      value = apply(step, value, previous);
      if (value.bitLength() > MAX_BITS) {
        return value;
      }
    }
    return value;
  }

  private static BigInteger apply(Step step, BigInteger value, BigInteger previous) {
    return switch (step.operation) {
      case ADD -> value.add(BigInteger.valueOf(step.parameter));
      case MULTIPLY -> value.multiply(BigInteger.valueOf(step.parameter));
      case SQUARE -> value.multiply(value);
      case DOUBLE -> value.shiftLeft(1);
      case HALF -> value.shiftRight(1);
      case PREVIOUS -> value.add(previous);
      case ALTERNATE, COMPOSE -> value;
    };
  }

  private static String words(Step step) {
    return switch (step.operation) {
      case ADD -> "add " + step.parameter;
      case MULTIPLY -> "multiply by " + step.parameter;
      case SQUARE -> "square";
      case DOUBLE -> "double";
      case HALF -> "halve";
      case PREVIOUS -> "add previous";
      case ALTERNATE, COMPOSE -> "";
    };
  }

  /** The rule in words. */
  @Override
  public String toString() {
    return steps.stream()
        .map(SequenceRule::words)
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(" then "));
  }
}
