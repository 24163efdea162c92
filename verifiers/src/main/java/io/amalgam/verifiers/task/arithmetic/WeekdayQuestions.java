package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/** Questions for the weekday of a date. */
final class WeekdayQuestions {
  private static final List<String> ASK_WEEKDAY =
      List.of(
          "Answer with the weekday's name (e.g., Monday, Tuesday, etc.).",
          "Provide the full name of the weekday.",
          "State the weekday (Monday through Sunday).",
          "Give the weekday name in full.",
          "Reply with just the weekday name.",
          "Write out the full weekday name.",
          "Respond with the weekday (Monday-Sunday).",
          "Answer using the complete weekday name.",
          "Name the day of the week in full.");

  private WeekdayQuestions() {}

  static CalendarQuestion weekdayOffset(PythonRandom random, CalendarQuestion.Bounds bounds) {
    LocalDate start = CalendarQuestion.dateOfYear(random, bounds);
    int distance = random.randint(1, bounds.offset());
    int offset = random.choice(List.of(-1, 1)) * distance;
    LocalDate target = CalendarQuestion.inCalendar(start.plusDays(offset));
    String today = CalendarQuestion.dated(start) + ", " + start.getYear();
    List<Supplier<String>> wordings =
        offset >= 0
            ? List.of(
                () ->
                    "If today is "
                        + today
                        + ", what day of the week will it be in "
                        + distance
                        + " days? ",
                () ->
                    "Starting from "
                        + today
                        + ", which weekday falls after a "
                        + distance
                        + "-day jump? ",
                () ->
                    "Count forward " + distance + " days from " + today + " - what's the weekday? ")
            : List.of(
                () ->
                    "If today is "
                        + today
                        + ", what day of the week was it "
                        + distance
                        + " days ago? ",
                () ->
                    "Starting from "
                        + today
                        + ", which weekday was it "
                        + distance
                        + " days before? ",
                () ->
                    "Count backward "
                        + distance
                        + " days from "
                        + today
                        + " - what's the weekday? ");
    String text = CalendarQuestion.worded(random, wordings);
    ObjectNode metadata =
        CalendarQuestion.about(CalendarQuestion.Kind.WEEKDAY_OFFSET)
            .put("start_date", start.toString())
            .put("offset_days", offset)
            .put("target_date", target.toString());
    return new CalendarQuestion(
        text + random.choice(ASK_WEEKDAY), CalendarNames.weekday(target), metadata);
  }

  static CalendarQuestion weekdayOfDate(PythonRandom random, CalendarQuestion.Bounds bounds) {
    LocalDate target = CalendarQuestion.dateOfYear(random, bounds);
    String date = CalendarNames.monthAndDay(target) + ", " + target.getYear();
    String text =
        CalendarQuestion.worded(
            random,
            List.of(
                () -> "What day of the week was " + date + "? ",
                () -> "On which weekday did " + date + " fall? ",
                () -> "Name the day of the week for " + CalendarNames.figures(target) + ". "));
    return new CalendarQuestion(
        text + random.choice(ASK_WEEKDAY),
        CalendarNames.weekday(target),
        CalendarQuestion.about(CalendarQuestion.Kind.WEEKDAY_OF_DATE)
            .put("target_date", target.toString()));
  }

  static CalendarQuestion weekdayFromFirstDay(PythonRandom random, CalendarQuestion.Bounds bounds) {
    String first = CalendarQuestion.weekday(random);
    LocalDate newYear = bounds.firstDay();
    LocalDate last =
        CalendarQuestion.earlier(
            CalendarQuestion.inCalendar(newYear.plusDays(bounds.offset())), bounds.lastDay());
    if (last.equals(newYear)) {
      throw new DateTimeException("no date after " + newYear + " is near enough");
    }
    LocalDate target = newYear;
    while (target.equals(newYear)) {
      target = CalendarQuestion.dateBetween(random, newYear, last);
    }
    int days = (int) ChronoUnit.DAYS.between(newYear, target);
    int weekdays = CalendarNames.WEEKDAYS.size();
    String answer =
        CalendarNames.WEEKDAYS.get((CalendarNames.WEEKDAYS.indexOf(first) + days) % weekdays);
    String day = CalendarNames.monthAndDay(target);
    String text =
        CalendarQuestion.worded(
            random,
            List.of(
                () ->
                    "If the first day of the year was a "
                        + first
                        + ", what day of the week will "
                        + day
                        + " be? ",
                () ->
                    "Given that January 1 fell on a "
                        + first
                        + ", which weekday occurs on "
                        + day
                        + "? ",
                () ->
                    "In a year where "
                        + first
                        + " is January 1st, name the weekday of "
                        + day
                        + ". "));
    ObjectNode metadata =
        CalendarQuestion.about(CalendarQuestion.Kind.WEEKDAY_FROM_FIRST_DAY)
            .put("year", bounds.year())
            .put("first_day", first)
            .put("target_date", target.toString())
            .put("delta_days", days);
    return new CalendarQuestion(text + random.choice(ASK_WEEKDAY), answer, metadata);
  }
}
