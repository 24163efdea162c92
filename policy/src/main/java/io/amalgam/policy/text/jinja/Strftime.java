package io.amalgam.policy.text.jinja;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Dates by the format letters of C's {@code strftime}, in the C locale and without a time zone. */
final class Strftime {
  private final LocalDateTime time;

  private Strftime(LocalDateTime time) {
    this.time = time;
  }

  static String format(LocalDateTime time, String format) {
    return new Strftime(time).format(format);
  }

  private String format(String format) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      char letter = format.charAt(++i);
      char flag = 0;
      if ("-_0^#".indexOf(letter) >= 0 && i + 1 < format.length()) {
        flag = letter;
        letter = format.charAt(++i);
      }
      out.append(flagged(field(letter), flag));
    }
    return out.toString();
  }

  private static String flagged(String text, char flag) {
    return switch (flag) {
      case '-' -> text.matches("[ 0]+") ? "0" : CodePoints.stripStart(text, "0 ");
      case '_' -> text.replaceFirst("^0(?=\\d)", " ");
      case '^' -> text.toUpperCase(Locale.ROOT);
      default -> text;
    };
  }

  private String field(char letter) {
    int hour12 = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    int weekday = time.getDayOfWeek().getValue();
    return switch (letter) {
      case 'Y' -> String.valueOf(time.getYear());
      case 'C' -> two(time.getYear() / 100);
      case 'y' -> two(time.getYear() % 100);
      case 'G' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
      case 'g' -> two(time.get(IsoFields.WEEK_BASED_YEAR) % 100);
      case 'm' -> two(time.getMonthValue());
      case 'd' -> two(time.getDayOfMonth());
      case 'e' -> padded(time.getDayOfMonth());
      case 'j' -> String.format("%03d", time.getDayOfYear());
      case 'H' -> two(time.getHour());
      case 'k' -> padded(time.getHour());
      case 'I' -> two(hour12);
      case 'l' -> padded(hour12);
      case 'M' -> two(time.getMinute());
      case 'S' -> two(time.getSecond());
      case 'f' -> String.format("%06d", time.getNano() / 1000);
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'P' -> time.getHour() < 12 ? "am" : "pm";
      case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' ->
          time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
      case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'u' -> String.valueOf(weekday);
      case 'w' -> String.valueOf(weekday % 7);
      case 'U' -> two((time.getDayOfYear() + 6 - weekday % 7) / 7);
      case 'W' -> two((time.getDayOfYear() + 6 - (weekday - 1)) / 7);
      case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'D', 'x' -> format("%m/%d/%y");
      case 'F' -> format("%Y-%m-%d");
      case 'T', 'X' -> format("%H:%M:%S");
      case 'R' -> format("%H:%M");
      case 'r' -> format("%I:%M:%S %p");
      case 'c' -> format("%a %b %e %H:%M:%S %Y");
      case 's' -> String.valueOf(time.toEpochSecond(java.time.ZoneOffset.UTC));
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      case 'z', 'Z' -> "";
      default -> "%" + letter;
    };
  }

  private String two(int number) {
    return String.format("%02d", number);
  }

  private String padded(int number) {
    return String.format("%2d", number);
  }
}
