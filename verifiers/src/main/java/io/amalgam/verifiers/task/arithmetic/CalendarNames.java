package io.amalgam.verifiers.task.arithmetic;

import java.time.LocalDate;
import java.util.List;

/** English names of weekdays and months, as Python's {@code strftime} writes them. */
final class CalendarNames {
  /** The days of the week, Monday first. */
  static final List<String> WEEKDAYS =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  private static final int SHORT = 3;

  private CalendarNames() {}

  /** The place of a date's weekday, 0 for Monday. */
  static int weekdayIndex(LocalDate date) {
    return date.getDayOfWeek().ordinal();
  }

  /** {@code %A}. */
  static String weekday(LocalDate date) {
    return WEEKDAYS.get(weekdayIndex(date));
  }

  /** {@code %a}. */
  static String shortWeekday(LocalDate date) {
    return weekday(date).substring(0, SHORT);
  }

  /** {@code %B} of month 1 to 12. */
  static String month(int month) {
    return MONTHS.get(month - 1);
  }

  /** {@code %b} of month 1 to 12. */
  static String shortMonth(int month) {
    return month(month).substring(0, SHORT);
  }

  /** {@code %m/%d/%Y}, but a year without zeros in front, such as {@code 03/01/2022}. */
  static String figures(LocalDate date) {
    return twoDigits(date.getMonthValue())
        + "/"
        + twoDigits(date.getDayOfMonth())
        + "/"
        + date.getYear();
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  /** Month and day, such as {@code March 1}. */
  static String monthAndDay(LocalDate date) {
    return month(date.getMonthValue()) + " " + date.getDayOfMonth();
  }
}
