package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Fidelity;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** Durations between two times, dates or both, in several notations. */
public final class TimeIntervals extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("time_intervals", "arithmetic")
          .text("min_time", "00:00:00")
          .text("max_time", "23:59:59.999999")
          .integer("max_time_difference_seconds", 86_400)
          .text("min_date", "1900-01-01")
          .text("max_date", "3000-01-01")
          .integer("max_date_difference_days", 100)
          .texts("task_types", "time", "time_seconds", "time_ms", "date", "datetime", "datetime_tz")
          .fidelity(
              Fidelity.COMPLETE,
              "question, answer, metadata and scores equal the original's; times without a date"
                  + " are given the same day in the metadata every day")
          .madeBy(TimeIntervals::new);

  private static final int LARGEST_DIFFERENCE = 999_999_999;
  private static final int LAST_YEAR = 9999;

  private static final List<String> TEMPLATES =
      List.of(
          "What is the duration between {start} and {end}? Please answer in {format}.",
          "Calculate the time difference between {start} and {end}. Express the result in"
              + " {format}.",
          "How much time elapsed from {start} to {end}? Give your answer in {format}.",
          "A meeting started at {start} and ended at {end}. How long was the meeting? Answer in"
              + " {format}.",
          "A system operation started at {start} and completed at {end}. What was the operation"
              + " duration? Answer in {format}.",
          "A database query started at {start} and ended at {end}. How long did the query take?"
              + " Answer in {format}.",
          "A flight departed at {start} and arrived at {end}. How long was the flight? Answer in"
              + " {format}.",
          "A video call started at {start} and ended at {end}. How long was the call? Answer in"
              + " {format}.",
          "A system backup started at {start} and completed at {end}. What was the total backup"
              + " duration? Answer in {format}.",
          "A conference call began at {start} and ended at {end}. How long was the conference?"
              + " Answer in {format}.");

  private final List<String> types;
  private final DrawnInterval.Bounds bounds;

  private TimeIntervals(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    requireTime(values, "min_time");
    requireTime(values, "max_time");
    int seconds = values.count("max_time_difference_seconds", 1, LARGEST_DIFFERENCE);
    int days = values.count("max_date_difference_days", 1, LARGEST_DIFFERENCE);
    LocalDate first = date(values, "min_date");
    LocalDate last = date(values, "max_date");
    values.require(last.isAfter(first), "max_date", "later than min_date (" + first + ")");
    bounds = new DrawnInterval.Bounds(seconds, first, last, days);
    types = values.anyTexts("task_types");
  }

  /** The times of day are checked but, as in the original, not used. */
  private static void requireTime(FieldValues values, String field) {
    boolean valid = true;
    try {
      LocalTime.parse(values.text(field));
    } catch (DateTimeException e) {
      valid = false;
    }
    values.require(valid, field, "a time such as 23:59:59");
  }

  private static LocalDate date(FieldValues values, String field) {
    Optional<LocalDate> date = Optional.empty();
    try {
      date = Optional.of(LocalDate.parse(values.text(field)));
    } catch (DateTimeException e) {
      // The refusal below names the field.
    }
    boolean valid = date.isPresent() && date.get().getYear() > 0;
    values.require(
        valid && date.orElseThrow().getYear() <= LAST_YEAR, field, "a date such as 2024-12-31");
    return date.orElseThrow();
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    String type = random.choice(types);
    DrawnInterval interval;
    try {
      interval = DrawnInterval.draw(random, type, bounds);
    } catch (DateTimeException e) {
      throw cannotGenerate(index, String.valueOf(e.getMessage()));
    }
    String question =
        random
            .choice(TEMPLATES)
            .replace("{start}", interval.start().text())
            .replace("{end}", interval.end().text())
            .replace("{format}", interval.answerFormat());
    ObjectNode metadata = metadata(index);
    metadata
        .put("task_type", type)
        .put("start_time", interval.start().read())
        .put("end_time", interval.end().read())
        .put("format", interval.format())
        .put("expected_format", interval.answerFormat())
        .putObject("difficulty")
        .put("max_time_difference_seconds", bounds.seconds())
        .put("max_date_difference_days", bounds.days());
    return problem(index, question, interval.answer(), metadata);
  }

  /** 1 for the right duration, else less the further it is off, compared with the configuration. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    String type = problem.metadata().get("task_type").textValue();
    Optional<WrittenDuration> given = WrittenDuration.read(type, answer.get());
    Optional<WrittenDuration> wanted = WrittenDuration.read(type, problem.answer().orElseThrow());
    if (given.isEmpty() || wanted.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    return given.get().credit(wanted.get(), WrittenDuration.largestDifference(type, bounds));
  }
}
