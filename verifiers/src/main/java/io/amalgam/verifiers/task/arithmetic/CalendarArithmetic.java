package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Weekdays, counts of days and leap years. */
public final class CalendarArithmetic extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("calendar_arithmetic", "arithmetic")
          .integer("year", 2022)
          .json("tasks", NullNode.getInstance())
          .integer("offset_upper_bound", 100)
          .integer("leap_year_range", 200)
          .madeBy(CalendarArithmetic::new);

  private static final int LARGEST_NUMBER = 999_999_999;
  private static final double ANOTHER_WEEKDAY = 0.1;
  private static final double UNUSUAL_CASE = 0.05;

  /** How fast the credit for a wrong count falls with its relative error. */
  private static final double DECAY = -5;

  private final List<CalendarQuestion.Kind> kinds;
  private final CalendarQuestion.Bounds bounds;

  private CalendarArithmetic(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    kinds = kinds(values);
    bounds =
        new CalendarQuestion.Bounds(
            values.count("year", 1, LARGEST_NUMBER),
            values.count("offset_upper_bound", -LARGEST_NUMBER, LARGEST_NUMBER),
            values.count("leap_year_range", -LARGEST_NUMBER, LARGEST_NUMBER));
  }

  private static List<CalendarQuestion.Kind> kinds(FieldValues values) {
    JsonNode given = values.json("tasks");
    if (given.isNull()) {
      return List.of(CalendarQuestion.Kind.values());
    }
    String bound = "null or a list of elements of " + CalendarQuestion.Kind.words();
    values.require(given.isArray(), "tasks", bound);
    List<CalendarQuestion.Kind> kinds = new ArrayList<>();
    for (JsonNode element : given) {
      Optional<CalendarQuestion.Kind> kind =
          CalendarQuestion.Kind.of(element.asText().toLowerCase(Locale.ROOT));
      values.require(element.isTextual() && kind.isPresent(), "tasks", bound);
      kind.ifPresent(kinds::add);
    }
    return List.copyOf(kinds);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    CalendarQuestion question;
    try {
      question = CalendarQuestion.draw(random, random.choice(kinds), bounds);
    } catch (DateTimeException e) {
      throw cannotGenerate(index, String.valueOf(e.getMessage()));
    }
    ObjectNode metadata = question.metadata();
    metadata.setAll(metadata(index));
    ObjectNode difficulty = metadata.putObject("difficulty");
    ArrayNode tasks = difficulty.putArray("tasks");
    kinds.forEach(kind -> tasks.add(kind.word()));
    difficulty.put("offset_upper_bound", bounds.offset());
    return problem(index, question.text(), question.answer(), metadata);
  }

  /**
   * Weekdays: 1 for the right name, 0.1 for another, 0.05 for a name in unusual case. Counts:
   * credit that falls with the relative error. Leap years: 1 for the right word in any case.
   */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    String given = PythonText.strip(answer.get());
    String reference = problem.answer().orElseThrow();
    Optional<CalendarQuestion.Kind> kind =
        CalendarQuestion.Kind.of(problem.metadata().get("task").textValue());
    if (kind.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    switch (kind.get().answer()) {
      case WEEKDAY:
        return Verdict.Scored.of(weekdayCredit(given, reference));
      case COUNT:
        return countCredit(given, reference);
      case YES_OR_NO:
        boolean right = PythonCase.lower(given).equals(PythonCase.lower(reference));
        return Verdict.Scored.of(right ? 1.0 : 0.0);
    }
    throw new AssertionError(kind);
  }

  private static double weekdayCredit(String given, String reference) {
    if (given.equals(reference)) {
      return 1.0;
    }
    if (CalendarNames.WEEKDAYS.contains(given)) {
      return ANOTHER_WEEKDAY;
    }
    return CalendarNames.WEEKDAYS.stream().anyMatch(name -> isTitleOf(name, given))
        ? UNUSUAL_CASE
        : 0.0;
  }

  /** Whether a single word in title case is the name. */
  private static boolean isTitleOf(String name, String word) {
    if (word.length() != name.length()) {
      return false;
    }
    boolean same = Character.toTitleCase(word.charAt(0)) == name.charAt(0);
    for (int i = 1; i < name.length(); i++) {
      same &= Character.toLowerCase(word.charAt(i)) == name.charAt(i);
    }
    return same;
  }

  private static Verdict countCredit(String given, String reference) {
    Optional<BigInteger> count = PythonInteger.parse(given);
    BigInteger wanted = PythonInteger.parse(reference).orElseThrow();
    if (count.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    if (wanted.signum() == 0) {
      return Verdict.Scored.of(count.get().signum() == 0 ? 1.0 : 0.0);
    }
    double error =
        new BigDecimal(count.get().subtract(wanted).abs())
            .divide(new BigDecimal(wanted), MathContext.DECIMAL128)
            .doubleValue();
    double credit = Math.exp(DECAY * error);
    return Double.isInfinite(error) || Double.isInfinite(credit)
        ? new Verdict.Invalid("the count is too large to compare")
        : Verdict.Scored.of(credit);
  }
}
