package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

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
    String monthName = CalendarNames.month(month);
    String text =
        random.choice(
            List.of(
                String.format(
                    Locale.ROOT,
                    "If a meeting is scheduled on the %s %s of %s %d, on which day of the month"
                        + " does it occur? ",
                    ordinal,
                    weekday,
                    monthName,
                    bounds.year()),
                String.format(
                    Locale.ROOT,
                    "In %s %d, if an event recurs on the %s %s, what is the date (day of the"
                        + " month) of the event? ",
                    monthName,
                    bounds.year(),
                    ordinal,
                    weekday),
                String.format(
                    Locale.ROOT,
                    "Determine the day of the month for the %s %s in %s %d. ",
                    ordinal,
                    weekday,
                    monthName,
                    bounds.year())));
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
    String to = CalendarQuestion.dated(end);
    String text =
        random.choice(
            List.of(
                String.format(
                    Locale.ROOT,
                    "How many %ss are there from %s, %d to %s, %d (inclusive of both dates)? ",
                    weekday,
                    from,
                    bounds.year(),
                    to,
                    bounds.year()),
                String.format(
                    Locale.ROOT,
                    "Count the occurrences of %s from %s to %s, %d (including both start and end"
                        + " dates). ",
                    weekday,
                    from,
                    to,
                    bounds.year()),
                String.format(
                    Locale.ROOT,
                    "Between %s, %d and %s, %d (counting both dates), how many times does %s"
                        + " occur? ",
                    from,
                    bounds.year(),
                    to,
                    bounds.year(),
                    weekday)));
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
        random.choice(
            List.of(
                String.format(
                    Locale.ROOT,
                    "How many business days (Monday-Friday) are there from %s, %d to %s"
                        + " (inclusive of both dates)? ",
                    from,
                    bounds.year(),
                    to),
                String.format(
                    Locale.ROOT,
                    "Count the weekdays (excluding weekends) from %s to %s (including both start"
                        + " and end dates). ",
                    from,
                    to),
                String.format(
                    Locale.ROOT,
                    "Between %s, %d and %s (counting both dates), what's the total count of"
                        + " business days (Monday through Friday)? ",
                    from,
                    bounds.year(),
                    to)));
    ObjectNode metadata =
        CalendarQuestion.about(CalendarQuestion.Kind.COUNT_BUSINESS_DAYS)
            .put("start_date", start.toString())
            .put("end_date", end.toString());
    return new CalendarQuestion(text + random.choice(ASK_COUNT), Long.toString(count), metadata);
  }
}
