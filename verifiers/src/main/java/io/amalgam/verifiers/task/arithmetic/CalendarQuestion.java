package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A drawn question about the calendar.
 *
 * @param text the question
 * @param answer the reference answer
 * @param metadata what it was made from
 */
record CalendarQuestion(String text, String answer, ObjectNode metadata) {

  /** What kind of answer is asked for. */
  enum Answer {
    WEEKDAY,
    COUNT,
    YES_OR_NO
  }

  /** The kinds of question, in the order in which they are drawn from. */
  enum Kind {
    WEEKDAY_OFFSET("weekday_offset", Answer.WEEKDAY),
    WEEKDAY_OF_DATE("weekday_of_date", Answer.WEEKDAY),
    WEEKDAY_FROM_FIRST_DAY("weekday_of_date_from_first_date", Answer.WEEKDAY),
    RECURRING_EVENT("recurring_event_day", Answer.COUNT),
    COUNT_DAYS("count_days", Answer.COUNT),
    COUNT_BUSINESS_DAYS("count_business_days", Answer.COUNT),
    LEAP_YEAR("is_leap_year", Answer.YES_OR_NO);

    private final String word;
    private final Answer answer;

    Kind(String word, Answer answer) {
      this.word = word;
      this.answer = answer;
    }

    String word() {
      return word;
    }

    Answer answer() {
      return answer;
    }

    static List<String> words() {
      return Arrays.stream(values()).map(Kind::word).toList();
    }

    static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
  }

  /**
   * What the questions are drawn from.
   *
   * @param year the year of all dates
   * @param offset largest distance between two dates in days
   * @param leapYearRange width of the range of years around it
   */
  record Bounds(int year, int offset, int leapYearRange) {
    LocalDate firstDay() {
      return inCalendar(LocalDate.of(year, 1, 1));
    }

    LocalDate lastDay() {
      return inCalendar(LocalDate.of(year, 12, 31));
    }
  }

  private static final int LAST_YEAR = 9999;

  /**
   * Draws a question.
   *
   * @throws DateTimeException where a date leaves the years 1 to 9999 or no date can be drawn
   */
  static CalendarQuestion draw(PythonRandom random, Kind kind, Bounds bounds) {
    switch (kind) {
      case WEEKDAY_OFFSET:
        return WeekdayQuestions.weekdayOffset(random, bounds);
      case WEEKDAY_OF_DATE:
        return WeekdayQuestions.weekdayOfDate(random, bounds);
      case WEEKDAY_FROM_FIRST_DAY:
        return WeekdayQuestions.weekdayFromFirstDay(random, bounds);
      case RECURRING_EVENT:
        return DayCountQuestions.recurringEvent(random, bounds);
      case COUNT_DAYS:
        return DayCountQuestions.countDays(random, bounds);
      case COUNT_BUSINESS_DAYS:
        return DayCountQuestions.countBusinessDays(random, bounds);
      case LEAP_YEAR:
        return leapYear(random, bounds);
    }
    throw new AssertionError(kind);
  }

  static ObjectNode about(Kind kind) {
    return JsonNodeFactory.instance.objectNode().put("task", kind.word());
  }

  static LocalDate inCalendar(LocalDate date) {
    if (date.getYear() < 1 || date.getYear() > LAST_YEAR) {
      throw new DateTimeException("the date " + date + " lies outside the years 1 to 9999");
    }
    return date;
  }

  static LocalDate dateOfYear(PythonRandom random, Bounds bounds) {
    int year = bounds.firstDay().getYear();
    int month = random.randint(1, 12);
    return LocalDate.of(year, month, random.randint(1, YearMonth.of(year, month).lengthOfMonth()));
  }

  static LocalDate dateBetween(PythonRandom random, LocalDate start, LocalDate end) {
    if (start.isAfter(end)) {
      throw new DateTimeException("no date between " + start + " and " + end);
    }
    return start.plusDays(random.randint(0, (int) ChronoUnit.DAYS.between(start, end)));
  }

  static LocalDate earlier(LocalDate left, LocalDate right) {
    return left.isBefore(right) ? left : right;
  }

  static String weekday(PythonRandom random) {
    return CalendarNames.WEEKDAYS.get(random.randint(0, 6));
  }

  /** The text of a drawn wording; the others are not written out. */
  static String worded(PythonRandom random, List<Supplier<String>> wordings) {
    return random.choice(wordings).get();
  }

  static String dated(LocalDate date) {
    return CalendarNames.weekday(date) + ", " + CalendarNames.monthAndDay(date);
  }

  private static CalendarQuestion leapYear(PythonRandom random, Bounds bounds) {
    int half = Math.floorDiv(bounds.leapYearRange, 2);
    int year = random.randint(bounds.year - half, bounds.year + half);
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    String text =
        worded(
            random,
            List.of(
                () -> "Determine if the year " + year + " is a leap year. ",
                () -> "Is " + year + " a leap year? ",
                () -> "Tell me whether " + year + " is a leap year. "));
    return new CalendarQuestion(
        text + "Answer with Yes or No.",
        leap ? "Yes" : "No",
        about(Kind.LEAP_YEAR).put("year", year).put("is_leap", leap));
  }
}
