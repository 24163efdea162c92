package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonJson;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonRepr;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A list of numbers in rising or falling order. */
public final class NumberSorting extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("number_sorting", "algorithmic")
          .integer("min_numbers", 3)
          .integer("max_numbers", 10)
          .integer("min_decimals", 0)
          .integer("max_decimals", 2)
          .number("min_value", -100.0)
          .number("max_value", 100.0)
          .madeBy(NumberSorting::new);

  private static final String ASCENDING = "ascending";
  private static final List<Boolean> EITHER = List.of(true, false);

  /** How far a number may lie from the one that belongs in its place. */
  private static final double TOLERANCE = 1;

  /** A number and how Python writes it. */
  private record Written(double number, String text) {
    /** Python's order of numbers, for which the two zeros are equal. */
    static final Comparator<Written> ORDER =
        (a, b) -> a.number < b.number ? -1 : a.number > b.number ? 1 : 0;

    static Written of(double number) {
      return new Written(number, PythonFloat.repr(number));
    }

    static List<String> texts(List<Written> numbers) {
      List<String> texts = new ArrayList<>(numbers.size());
      for (Written number : numbers) {
        texts.add(number.text);
      }
      return texts;
    }
  }

  private static final String INSTRUCTION =
      """

      Please follow the instruction below:
      ## 1. Let all your answers be a list of numbers. Instead of reporting your answer as -69, -13, 1, 7, 11, 43, 59, 61, use ['-69', '-13', '1', '7', '11', '43', '59', '61'] instead
      ## 2. Convert all numbers in the square brackets as strings. For example, ['-69', '-13', '1', '7', '11', '43', '59', '61']
      """;

  private final DecimalDraw draw;

  private NumberSorting(TaskSetup setup) {
    super(setup);
    draw = DecimalDraw.of(setup.values());
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int count = draw.numbers().draw(random);
    List<Written> numbers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      double drawn = draw.value(random);
      numbers.add(Written.of(rounded(drawn, draw.decimals().draw(random))));
    }
    boolean ascending = random.choice(EITHER);
    List<String> texts = Written.texts(numbers);
    numbers.sort(ascending ? Written.ORDER : Written.ORDER.reversed());
    List<String> result = Written.texts(numbers);
    String direction = ascending ? ASCENDING : "descending";
    ObjectNode metadata = metadata(index);
    texts.forEach(metadata.putArray("original_numbers")::add);
    metadata.put("direction", direction);
    result.forEach(metadata.putArray("sorted_numbers")::add);
    metadata.put("numbers", count);
    metadata.set("difficulty", draw.difficulty());
    String question =
        "Sort these numbers in " + direction + " order: " + String.join(", ", texts) + INSTRUCTION;
    return problem(index, question, PythonRepr.ofStrings(result), metadata);
  }

  /** The rounding of numpy: scaled, rounded half to even, scaled back. */
  private static double rounded(double value, int decimals) {
    double scale = 1;
    for (int i = 0; i < decimals; i++) {
      scale *= 10; // numpy multiplies too, which beyond 22 decimals is not the nearest power
    }
    return decimals == 0 ? Math.rint(value) : Math.rint(value * scale) / scale;
  }

  /**
   * 1 for a JSON list of as many numbers, in order, each near the one that belongs in its place;
   * single quotes are read as double ones.
   */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    Optional<JsonNode> list =
        answer.flatMap(text -> PythonJson.parse(text.replace('\'', '"'))).filter(JsonNode::isArray);
    JsonNode wanted = problem.metadata().get("sorted_numbers");
    boolean ascending = problem.metadata().get("direction").textValue().equals(ASCENDING);
    boolean right = list.isPresent() && agrees((ArrayNode) list.get(), wanted, ascending);
    return Verdict.Scored.of(right ? 1.0 : 0.0);
  }

  /**
   * Nothing compares with "not a number", so that it passes for any number anywhere, as in the
   * original.
   */
  private static boolean agrees(ArrayNode list, JsonNode wanted, boolean ascending) {
    if (list.size() != wanted.size()) {
      return false;
    }
    double last = Double.NaN;
    for (int i = 0; i < list.size(); i++) {
      OptionalDouble read = number(list.get(i));
      OptionalDouble place = number(wanted.get(i));
      if (read.isEmpty() || place.isEmpty()) {
        return false;
      }
      double value = read.getAsDouble();
      if (ascending ? value < last : value > last) {
        return false;
      }
      if (Math.abs(value - place.getAsDouble()) > TOLERANCE) {
        return false;
      }
      last = value;
    }
    return true;
  }

  private static OptionalDouble number(JsonNode value) {
    if (value.isTextual()) {
      return PythonFloat.parse(value.textValue());
    }
    if (value.isBoolean()) {
      return OptionalDouble.of(value.booleanValue() ? 1 : 0);
    }
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }
}
