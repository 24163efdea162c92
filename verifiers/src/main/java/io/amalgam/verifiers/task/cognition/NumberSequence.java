package io.amalgam.verifiers.task.cognition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The next number of a sequence made by a drawn rule.
 *
 * <p>As in the original, {@code min_value} and {@code max_value} are checked but have no effect.
 */
public final class NumberSequence extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("number_sequence", "cognition")
          .integer("min_terms", 4)
          .integer("max_terms", 8)
          .integer("min_value", -100)
          .integer("max_value", 100)
          .integer("max_complexity", 3)
          .madeBy(NumberSequence::new);

  private static final int TRIES = 10;
  private static final BigInteger LARGEST = BigInteger.valueOf(1000);

  /** Bounds that keep one problem cheap; the original has none. */
  private static final int MAX_TERMS = 100_000;

  private static final int MAX_COMPLEXITY = 1000;

  private final Config config;

  private NumberSequence(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int minTerms, int maxTerms, int maxComplexity) {
    static Config of(FieldValues values) {
      int minTerms = values.count("min_terms", 4, MAX_TERMS);
      values.requireAtLeast("max_terms", "min_terms");
      BigInteger minValue = values.integer("min_value");
      values.require(
          values.integer("max_value").compareTo(minValue) > 0,
          "max_value",
          "greater than min_value (" + minValue + ")");
      return new Config(
          minTerms,
          values.count("max_terms", 4, MAX_TERMS),
          values.count("max_complexity", 1, MAX_COMPLEXITY));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int complexity = random.randint(1, config.maxComplexity);
    String rule = "add 2";
    Optional<List<BigInteger>> found = Optional.empty();
    int terms = 0;
    for (int attempt = 0; attempt < TRIES && found.isEmpty(); attempt++) {
      SequenceRule drawn = SequenceRule.draw(random, complexity);
      terms = random.randint(config.minTerms, config.maxTerms);
      BigInteger start = BigInteger.valueOf(random.randint(-10, 10));
      found = interesting(drawn, start, terms, complexity);
      if (found.isPresent()) {
        rule = drawn.toString();
      }
    }
    List<BigInteger> sequence = found.isPresent() ? found.get() : evenNumbers(terms + 1);
    ObjectNode metadata = metadata(index);
    metadata.put("rule", rule).put("complexity", complexity);
    metadata.set("sequence", JsonValues.integers(sequence));
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.put("max_complexity", config.maxComplexity);
    difficulty.set("terms", JsonValues.range(config.minTerms, config.maxTerms));
    String shown =
        sequence.subList(0, terms).stream()
            .map(BigInteger::toString)
            .collect(Collectors.joining(", ", "", ", ?"));
    return problem(index, shown, sequence.get(terms).toString(), metadata);
  }

  /**
   * The sequence of a rule, unless it is too large, constant or, for complex rules, an arithmetic
   * progression.
   */
  private static Optional<List<BigInteger>> interesting(
      SequenceRule rule, BigInteger start, int terms, int complexity) {
    List<BigInteger> sequence = new ArrayList<>(List.of(start));
    for (int i = 0; i < terms; i++) {
      BigInteger next = rule.next(sequence);
      // A number this large decides, and going on would square it without end.
      if (next.abs().compareTo(LARGEST) > 0) {
        return Optional.empty();
      }
      sequence.add(next);
    }
    Set<BigInteger> steps = new HashSet<>();
    for (int i = 0; i < terms; i++) {
      steps.add(sequence.get(i + 1).subtract(sequence.get(i)));
    }
    boolean constant = new HashSet<>(sequence).size() == 1;
    return constant || (complexity > 1 && steps.size() == 1)
        ? Optional.empty()
        : Optional.of(sequence);
  }

  private static List<BigInteger> evenNumbers(int count) {
    List<BigInteger> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(BigInteger.valueOf(2L * i));
    }
    return numbers;
  }
}
