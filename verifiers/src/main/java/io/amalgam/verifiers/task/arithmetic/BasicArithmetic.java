package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.math.BigInteger;
import java.util.List;

/**
 * Expressions of the four operations, with or without parentheses.
 *
 * <p>As in the original, without parentheses an expression that shows a division does not agree
 * with its answer: the answer divides by another number than the one shown, and is worked from left
 * to right without precedence.
 */
public final class BasicArithmetic extends ProceduralTask {
  private static final List<String> OPERATORS = List.of("+", "-", "*", "/");
  private static final List<String> STYLES = List.of("simple", "natural");
  private static final List<String> SPACES = List.of("no_space", "single", "random");

  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("basic_arithmetic", "arithmetic")
          .integer("min_terms", 2)
          .integer("max_terms", 6)
          .integer("min_digits", 1)
          .integer("max_digits", 4)
          .texts("operators", "+", "-", "*", "/")
          .flag("allow_parentheses", true)
          .flag("allow_negation", true)
          .text("format_style", "simple")
          .text("whitespace", "single")
          .madeBy(BasicArithmetic::new);

  private static final List<String> QUESTIONS =
      List.of("What is %s?", "Solve %s.", "Compute %s.", "Evaluate: %s.");

  /**
   * The original nests as deep as terms allow, and its interpreter does not go deeper than this.
   */
  private static final int MAX_TERMS = 500;

  private static final int MAX_DIGITS = 1000;

  private final Config config;

  private BasicArithmetic(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minTerms,
      int maxTerms,
      int minDigits,
      int maxDigits,
      List<String> operators,
      boolean allowParentheses,
      boolean allowNegation,
      String formatStyle,
      String whitespace) {
    static Config of(FieldValues values) {
      int minTerms = values.count("min_terms", 1, MAX_TERMS);
      values.requireAtLeast("max_terms", "min_terms");
      int minDigits = values.count("min_digits", 1, MAX_DIGITS);
      values.requireAtLeast("max_digits", "min_digits");
      return new Config(
          minTerms,
          values.count("max_terms", 1, MAX_TERMS),
          minDigits,
          values.count("max_digits", 1, MAX_DIGITS),
          values.texts("operators", OPERATORS),
          values.flag("allow_parentheses"),
          values.flag("allow_negation"),
          values.text("format_style", STYLES),
          values.text("whitespace", SPACES));
    }
  }

  /** What is shown and what it is said to be. */
  record Expression(String text, BigInteger value) {}

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int terms = random.randint(config.minTerms, config.maxTerms);
    int digits = random.randint(config.minDigits, config.maxDigits);
    Expression expression;
    try {
      expression =
          config.allowParentheses
              ? nested(random, terms, digits)
              : FlatExpression.draw(random, terms, digits, config.operators);
    } catch (ArithmeticException e) {
      throw cannotGenerate(index, String.valueOf(e.getMessage()));
    }
    String question =
        config.formatStyle.equals("simple")
            ? "Calculate " + expression.text + "."
            : String.format(random.choice(QUESTIONS), expression.text);
    ObjectNode metadata = metadata(index);
    metadata.put("expression", expression.text).put("num_terms", terms).put("num_digits", digits);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("num_terms", JsonValues.range(config.minTerms, config.maxTerms));
    difficulty.set("num_digits", JsonValues.range(config.minDigits, config.maxDigits));
    return problem(index, question, expression.value.toString(), metadata);
  }

  private Expression nested(PythonRandom random, int terms, int digits) {
    List<String> parts =
        new NestedExpression(random, digits, config.operators, config.allowNegation).draw(terms);
    String text;
    if (config.whitespace.equals("no_space")) {
      text = String.join("", parts);
    } else if (config.whitespace.equals("single")) {
      text = String.join(" ", parts);
    } else {
      StringBuilder spaced = new StringBuilder();
      for (String part : parts) {
        spaced.append(random.random() < 0.15 ? " " : "").append(part);
      }
      text = spaced.toString().strip();
    }
    text = text.replace("/ 0", "/ 1");
    return new Expression(text, FloorArithmetic.evaluate(text));
  }
}
