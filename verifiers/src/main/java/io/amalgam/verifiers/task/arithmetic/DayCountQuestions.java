package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Questions for a number of days or the day of a month. */
final class DayCountQuestions {
  private static final int WORKDAYS = 5;

  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "last");

  private static final List<String> ASK_COUNT =
      List.of(
          "Answer with a number.",
          "Provide the count as a number.",
          "Respond with just the number.",
          "Write the total number.",
          "Give the count numerically.",
          "State the amount as a number.",
          "Reply with the numerical value.",
          "Express your answer as a number.");

  private DayCountQuestions() {}

  static CalendarQuestion recurringEvent(PythonRandom random, CalendarQuestion.Bounds bounds) {
    int month = random.randint(1, 12);
    String ordinal = random.choice(ORDINALS);
    String weekday = CalendarQuestion.weekday(random);
    LocalDate first = bounds.firstDay().withMonth(month);
    int weekdays = CalendarNames.WEEKDAYS.size();
    int ahead =
        CalendarNames.WEEKDAYS.indexOf(weekday) - CalendarNames.weekdayIndex(first) + weekdays;
    int day = 1 + ahead % weekdays;
    // Every weekday falls into the first seven days, so that the first four always exist.
    int place = ORDINALS.indexOf(ordinal);
    boolean last = place == ORDINALS.size() - 1;
    day += last ? (first.lengthOfMonth() - day) / weekdays * weekdays : place * weekdays;
    String event = ordinal + " " + weekday;
    String monthOfYear = CalendarNames.month(month) + " " + bounds.year();
    String text =
        CalendarQuestion.worded(
            random,
            List.of(
                () ->
                    "If a meeting is scheduled on the "
                        + event
                        + " of "
                        + monthOfYear
                        + ", on which day of the month does it occur? ",
                () ->
                    "In "
                        + monthOfYear
                        + ", if an event recurs on the "
                        + event
                        + ", what is the date (day of the month) of the event? ",
                () ->
                    "Determine the day of the month for the "
                        + event
                        + " in "
                        + monthOfYear
                        + ". "));
    ObjectNode metadata =
        CalendarQuestion.about(CalendarQuestion.Kind.RECURRING_EVENT)
            .put("year", bounds.year())
            .put("month", month)
            .put("ordinal", ordinal)
            .put("weekday", weekday);
    return new CalendarQuestion(
        text
            + random.choice(ASK_COUNT)
            + " Answer with -1 if the ordinal does not exist in the month.",
        Integer.toString(day),
        metadata);
  }

  static CalendarQuestion countDays(PythonRandom random, CalendarQuestion.Bounds bounds) {
    LocalDate start = CalendarQuestion.dateBetween(random, bounds.firstDay(), bounds.lastDay());
    LocalDate limit = CalendarQuestion.inCalendar(start.plusDays(bounds.offset()));
    LocalDate end =
        CalendarQuestion.dateBetween(
            random, start, CalendarQuestion.earlier(bounds.lastDay(), limit));
    String weekday = CalendarQuestion.weekday(random);
    int weekdays = CalendarNames.WEEKDAYS.size();
    int ahead =
        CalendarNames.WEEKDAYS.indexOf(weekday) - CalendarNames.weekdayIndex(start) + weekdays;
    long days = ChronoUnit.DAYS.between(start, end) + 1;
    long count = (days - ahead % weekdays + weekdays - 1) / weekdays;
    String from = CalendarQuestion.dated(start);
    String to = CalendarQuestion.dated(end) + ", " + bounds.year();
    String text =
        CalendarQuestion.worded(
            random,
            List.of(
                () ->
                    "How many "
                        + weekday
                        + "s are there from "
                        + from
                        + ", "
                        + bounds.year()
                        + " to "
                        + to
                        + " (inclusive of both dates)? ",
                () ->
                    "Count the occurrences of "
                        + weekday
                        + " from "
                        + from
                        + " to "
                        + to
                        + " (including both start and end dates). ",
                () ->
                    "Between "
                        + from
                        + ", "
                        + bounds.year()
                        + " and "
                        + to
                        + " (counting both dates), how many times does "
                        + weekday
                        + " occur? "));
    ObjectNode metadata =
        CalendarQuestion.about(CalendarQuestion.Kind.COUNT_DAYS)
            .put("year", bounds.year())
            .put("start_date", start.toString())
            .put("end_date", end.toString());
    return new CalendarQuestion(text + random.choice(ASK_COUNT), Long.toString(count), metadata);
  }

  static CalendarQuestion countBusinessDays(PythonRandom random, CalendarQuestion.Bounds bounds) {
    LocalDate start = CalendarQuestion.dateBetween(random, bounds.firstDay(), bounds.lastDay());
    LocalDate end =
        CalendarQuestion.dateBetween(
            random, start, CalendarQuestion.inCalendar(start.plusDays(bounds.offset())));
    int weekdays = CalendarNames.WEEKDAYS.size();
    long days = ChronoUnit.DAYS.between(start, end) + 1;
    long count = days / weekdays * WORKDAYS;
    for (int i = 0; i < days % weekdays; i++) {
      count += (CalendarNames.weekdayIndex(start) + i) % weekdays < WORKDAYS ? 1 : 0;
    }
    String from = CalendarQuestion.dated(start);
    // The year of the question is the configured one even if the range runs into the next.
    String to = CalendarQuestion.dated(end) + ", " + bounds.year();
    String text =
        CalendarQuestion.worded(
            random,
            List.of(
                () ->
                    "How many business days (Monday-Friday) are there from "
                        + from
                        + ", "
                        + bounds.year()
                        + " to "
                        + to
                        + " (inclusive of both dates)? ",
                () ->
                    "Count the weekdays (excluding weekends) from "
                        + from
                        + " to "
                        + to
                        + " (including both start and end dates). ",
                () ->
                    "Between "
                        + from
                        + ", "
                        + bounds.year()
                        + " and "
                        + to
                        + " (counting both dates), what's the total count of business days (Monday"
                        + " through Friday)? "));
    ObjectNode metadata =
        CalendarQuestion.about(CalendarQuestion.Kind.COUNT_BUSINESS_DAYS)
            .put("start_date", start.toString())
            .put("end_date", end.toString());
    return new CalendarQuestion(text + random.choice(ASK_COUNT), Long.toString(count), metadata);
  }
}
