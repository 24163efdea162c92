package io.amalgam.verifiers.task.arithmetic;

import io.amalgam.verifiers.python.PythonRandom;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Two drawn moments, how they are written, and the duration between what is written.
 *
 * @param format Python's format of the moments
 * @param answerFormat how the answer is to be written, in words
 */
record DrawnInterval(Moment start, Moment end, String format, String answerFormat) {

  /**
   * What moments are drawn from.
   *
   * @param seconds largest difference of times
   * @param firstDate earliest start
   * @param lastDate latest start
   * @param days largest difference of dates
   */
  record Bounds(int seconds, LocalDate firstDate, LocalDate lastDate, int days) {
    int allDays() {
      return (int) ChronoUnit.DAYS.between(firstDate, lastDate);
    }
  }

  /**
   * A moment as it is written and as it is understood.
   *
   * @param text what the question shows
   * @param time the moment that the text says; seconds or a whole time of day may be missing in it
   * @param offset hours ahead of universal time, if the text says so
   */
  record Moment(String text, LocalDateTime time, Optional<Integer> offset) {
    /** Python's {@code str} of the moment. */
    String read() {
      StringBuilder written = new StringBuilder(strftime(time, "%Y-%m-%d %H:%M:%S"));
      if (time.getNano() != 0) {
        written.append(strftime(time, ".%f"));
      }
      offset.ifPresent(
          hours ->
              written.append(
                  String.format(Locale.ROOT, "%s%02d:00", hours < 0 ? "-" : "+", Math.abs(hours))));
      return written.toString();
    }

    private LocalDateTime universal() {
      return time.minusHours(offset.orElse(0));
    }
  }

  /**
   * The day of times without a date, which only the metadata show. The original takes the day on
   * which it runs; here a problem is the same every day, and this is the day of the recordings.
   */
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  /** Earlier years are written with fewer than four digits and are not understood as years. */
  private static final int FIRST_YEAR = 1000;

  private static final int LAST_YEAR = 9999;
  private static final int DAY_SECONDS = 86_400;
  private static final int MILLION = 1_000_000;
  private static final int LARGEST_OFFSET = 12;
  private static final String DAYS = "D days";
  private static final String WITH_MILLISECONDS = "HH:MM:SS.mmm";
  private static final List<String> DAYS_AND_TIME = List.of("D days, HH:MM", "D days, HH:MM:SS");

  private static final List<String> DATE_FORMATS =
      List.of(
          "%Y-%m-%d",
          "%B %d, %Y", "%m/%d/%Y", "%A, %B %d, %Y", "%a %b %d %Y", "%d %B %Y", "%Y-%m-%d (%A)");

  private static final List<String> DATE_AND_TIME_FORMATS =
      List.of(
          "%Y-%m-%d %H:%M",
          "%Y-%m-%d %H:%M:%S",
          "%Y-%m-%d %H:%M %z",
          "%Y-%m-%d %H:%M:%S %z",
          "%A, %B %d, %Y at %H:%M",
          "%a %b %d %Y %H:%M:%S",
          "%d %B %Y, %H:%M",
          "%d %B %Y, %H:%M %z",
          "%Y-%m-%d (%A) %H:%M:%S %z");

  /**
   * Draws an interval of a type: {@code time…}, {@code date} or anything else for both.
   *
   * @throws DateTimeException if no such moment can be drawn or written
   */
  static DrawnInterval draw(PythonRandom random, String type, Bounds bounds) {
    if (type.startsWith("time")) {
      return drawTimes(random, type, bounds);
    }
    return type.equals("date") ? drawDates(random, bounds) : drawDatesAndTimes(random, bounds);
  }

  private static DrawnInterval drawTimes(PythonRandom random, String type, Bounds bounds) {
    int second = secondOfDay(random);
    int longest = Math.min(bounds.seconds, DAY_SECONDS - second);
    LocalDateTime start = TODAY.atStartOfDay().plusSeconds(second);
    LocalDateTime end = start.plusSeconds(random.randint(1, longest));
    if (type.equals("time_ms")) {
      start = start.plusNanos((long) random.randint(0, 999) * MILLION);
      // The end counts from the start with its thousandths.
      end = end.plusNanos(start.getNano()).plusNanos((long) random.randint(0, 999) * MILLION);
      return new DrawnInterval(
          timeOfDay(start, "%H:%M:%S.%L"),
          timeOfDay(end, "%H:%M:%S.%L"),
          "%H:%M:%S.%f",
          WITH_MILLISECONDS);
    }
    boolean seconds = type.contains("seconds");
    String format = seconds ? "%H:%M:%S" : "%H:%M";
    return new DrawnInterval(
        timeOfDay(start, format), timeOfDay(end, format), format, seconds ? "HH:MM:SS" : "HH:MM");
  }

  private static int secondOfDay(PythonRandom random) {
    int hour = random.randint(0, 23);
    int minute = random.randint(0, 59);
    return (hour * 60 + minute) * 60 + random.randint(0, 59);
  }

  /** A time without its date is understood as one of today, even if it is one of tomorrow. */
  private static Moment timeOfDay(LocalDateTime time, String format) {
    return moment(TODAY.atTime(time.toLocalTime()), format, Optional.empty());
  }

  private static DrawnInterval drawDates(PythonRandom random, Bounds bounds) {
    String format = random.choice(DATE_FORMATS);
    int longest = Math.min(bounds.days, bounds.allDays());
    LocalDate start = bounds.firstDate.plusDays(random.randint(0, bounds.allDays() - longest - 1));
    LocalDate end = start.plusDays(random.randint(0, longest));
    return new DrawnInterval(
        moment(start.atStartOfDay(), format, Optional.empty()),
        moment(end.atStartOfDay(), format, Optional.empty()),
        format,
        DAYS);
  }

  private static DrawnInterval drawDatesAndTimes(PythonRandom random, Bounds bounds) {
    String format = random.choice(DATE_AND_TIME_FORMATS);
    String answerFormat = random.choice(DAYS_AND_TIME);
    LocalDateTime start =
        bounds.firstDate.plusDays(random.randint(0, bounds.allDays())).atStartOfDay();
    start = start.plusSeconds(secondOfDay(random));
    LocalDateTime end = start.plusDays(random.randint(0, bounds.days));
    end = end.plusSeconds(random.randint(1, bounds.seconds));
    Optional<Integer> startOffset = Optional.empty();
    Optional<Integer> endOffset = Optional.empty();
    if (format.contains("%z")) {
      startOffset = Optional.of(random.randint(-LARGEST_OFFSET, LARGEST_OFFSET));
      endOffset = Optional.of(random.randint(-LARGEST_OFFSET, LARGEST_OFFSET));
    }
    return new DrawnInterval(
        moment(start, format, startOffset), moment(end, format, endOffset), format, answerFormat);
  }

  /** Writes a moment and drops from it what the writing does not say. */
  private static Moment moment(LocalDateTime time, String format, Optional<Integer> offset) {
    if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
      throw new DateTimeException("the date " + time + " lies outside the years 1000 to 9999");
    }
    String text = strftime(time, format);
    if (offset.isPresent()) {
      text = text.replace("%z", String.format(Locale.ROOT, "%+05d", offset.get() * 100));
    }
    if (format.contains(" (")) {
      // A weekday in brackets ends what is read: neither time nor offset count.
      return new Moment(text, time.toLocalDate().atStartOfDay(), Optional.empty());
    }
    boolean seconds = format.contains("%S") || !format.contains("%M");
    return new Moment(text, seconds ? time : time.truncatedTo(ChronoUnit.MINUTES), offset);
  }

  /** Python's {@code strftime} for the letters of the formats; {@code %L} are milliseconds. */
  private static String strftime(LocalDateTime time, String format) {
    LocalDate date = time.toLocalDate();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%') {
        text.append(c);
        continue;
      }
      i++;
      switch (format.charAt(i)) {
        case 'Y' -> text.append(date.getYear());
        case 'm' -> padded(text, 2, date.getMonthValue());
        case 'd' -> padded(text, 2, date.getDayOfMonth());
        case 'H' -> padded(text, 2, time.getHour());
        case 'M' -> padded(text, 2, time.getMinute());
        case 'S' -> padded(text, 2, time.getSecond());
        case 'f' -> padded(text, 6, time.getNano() / 1000);
        case 'L' -> padded(text, 3, time.getNano() / MILLION);
        case 'A' -> text.append(CalendarNames.weekday(date));
        case 'a' -> text.append(CalendarNames.shortWeekday(date));
        case 'B' -> text.append(CalendarNames.month(date.getMonthValue()));
        case 'b' -> text.append(CalendarNames.shortMonth(date.getMonthValue()));
        default -> text.append(c).append(format.charAt(i));
      }
    }
    return text.toString();
  }

  private static void padded(StringBuilder text, int width, int number) {
    String digits = Integer.toString(number);
    text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }

  /** The duration between what is written; negative where midnight or an offset lies between. */
  String answer() {
    long micros = ChronoUnit.MICROS.between(start.universal(), end.universal());
    if (!answerFormat.startsWith(DAYS)) {
      return timeAnswer((double) micros / MILLION);
    }
    long seconds = Math.floorDiv(micros, MILLION);
    long days = Math.floorDiv(seconds, DAY_SECONDS);
    if (answerFormat.equals(DAYS)) {
      return days + " days";
    }
    LocalDateTime rest = TODAY.atStartOfDay().plusSeconds(Math.floorMod(seconds, DAY_SECONDS));
    return days + " days, " + strftime(rest, answerFormat.endsWith(":SS") ? "%H:%M:%S" : "%H:%M");
  }

  /** Split in doubles as the original does, so that a thousandth can be lost. */
  private String timeAnswer(double total) {
    long hours = (long) floorDivide(total, 3600);
    long minutes = (long) floorDivide(floorModulo(total, 3600), 60);
    String answer = String.format(Locale.ROOT, "%02d:%02d", hours, minutes);
    if (answerFormat.equals("HH:MM")) {
      return answer;
    }
    answer += String.format(Locale.ROOT, ":%02d", (long) floorModulo(total, 60));
    return answerFormat.equals(WITH_MILLISECONDS)
        ? answer + String.format(Locale.ROOT, ".%03d", (long) (floorModulo(total, 1) * 1000))
        : answer;
  }

  /** Python's {@code %} of a double by a positive number. */
  private static double floorModulo(double value, double divisor) {
    double remainder = value % divisor;
    return remainder < 0 ? remainder + divisor : remainder;
  }

  /** Python's {@code //} of a double by a positive number. */
  private static double floorDivide(double value, double divisor) {
    return Math.rint((value - floorModulo(value, divisor)) / divisor);
  }
}
