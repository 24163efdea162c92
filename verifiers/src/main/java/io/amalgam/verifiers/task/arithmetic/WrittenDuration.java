package io.amalgam.verifiers.task.arithmetic;

import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A duration as it stands in an answer: days, or seconds, exact or (with milliseconds) as a double.
 *
 * @param whole the exact value
 * @param real the value as a double, infinite if it has none
 */
record WrittenDuration(Optional<BigInteger> whole, double real) {
  private static final BigInteger MINUTE = BigInteger.valueOf(60);
  private static final BigInteger HOUR = BigInteger.valueOf(3600);
  private static final long DAY = 86_400;
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private static WrittenDuration of(BigInteger whole) {
    return new WrittenDuration(Optional.of(whole), whole.doubleValue());
  }

  /** Reads an answer to a question of a type; empty for what is no duration. */
  static Optional<WrittenDuration> read(String type, String text) {
    if (type.equals("date")) {
      return PythonInteger.parse(firstWord(text)).map(WrittenDuration::of);
    }
    return type.startsWith("time") ? readTime(text) : readDaysAndTime(text);
  }

  /** The difference that earns nothing, in the unit of the type. */
  static long largestDifference(String type, DrawnInterval.Bounds bounds) {
    if (type.equals("date")) {
      return bounds.days();
    }
    return type.startsWith("time") ? bounds.seconds() : bounds.days() * DAY;
  }

  private static String firstWord(String text) {
    String stripped = PythonText.strip(text);
    int end = 0;
    while (end < stripped.length() && !PythonText.isSpace(stripped.charAt(end))) {
      end++;
    }
    return stripped.substring(0, end);
  }

  private static Optional<WrittenDuration> readTime(String text) {
    List<String> parts = parts(PythonText.strip(text));
    Optional<BigInteger> minutes = hoursAndMinutes(parts);
    if (minutes.isEmpty() || parts.size() < 3) {
      return minutes.map(WrittenDuration::of);
    }
    String seconds = parts.get(2);
    int point = seconds.indexOf('.');
    if (point < 0) {
      return PythonInteger.parse(seconds).map(minutes.get()::add).map(WrittenDuration::of);
    }
    Optional<BigInteger> whole = PythonInteger.parse(seconds.substring(0, point));
    Optional<BigInteger> thousandths = PythonInteger.parse(seconds.substring(point + 1));
    if (whole.isEmpty() || thousandths.isEmpty()) {
      return Optional.empty();
    }
    double fraction = new BigDecimal(thousandths.get()).divide(THOUSAND).doubleValue();
    double value = minutes.get().doubleValue() + (whole.get().doubleValue() + fraction);
    return Optional.of(new WrittenDuration(Optional.empty(), value));
  }

  private static Optional<WrittenDuration> readDaysAndTime(String text) {
    int comma = text.indexOf(',');
    int word = text.indexOf(" days,");
    if (comma < 0 || word < 0) {
      return Optional.empty();
    }
    int nextComma = text.indexOf(',', comma + 1);
    String time = text.substring(comma + 1, nextComma < 0 ? text.length() : nextComma);
    List<String> parts = parts(PythonText.strip(time));
    Optional<BigInteger> days = PythonInteger.parse(text.substring(0, word));
    Optional<BigInteger> minutes = hoursAndMinutes(parts);
    Optional<BigInteger> seconds =
        parts.size() < 3 ? Optional.of(BigInteger.ZERO) : PythonInteger.parse(parts.get(2));
    if (days.isEmpty() || minutes.isEmpty() || seconds.isEmpty()) {
      return Optional.empty();
    }
    BigInteger total = days.get().multiply(BigInteger.valueOf(DAY));
    return Optional.of(of(total.add(minutes.get()).add(seconds.get())));
  }

  /** The first three parts between colons; what follows does not count. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int colon = text.indexOf(':');
    while (colon >= 0 && parts.size() < 2) {
      parts.add(text.substring(start, colon));
      start = colon + 1;
      colon = text.indexOf(':', start);
    }
    parts.add(text.substring(start, colon < 0 ? text.length() : colon));
    return parts;
  }

  private static Optional<BigInteger> hoursAndMinutes(List<String> parts) {
    if (parts.size() < 2) {
      return Optional.empty();
    }
    Optional<BigInteger> hours = PythonInteger.parse(parts.get(0));
    Optional<BigInteger> minutes = PythonInteger.parse(parts.get(1));
    return hours.flatMap(h -> minutes.map(m -> h.multiply(HOUR).add(m.multiply(MINUTE))));
  }

  /** The credit of this answer, which falls to nothing at the largest difference. */
  Verdict credit(WrittenDuration wanted, long largestDifference) {
    double share;
    if (whole.isPresent() && wanted.whole.isPresent()) {
      BigInteger difference = whole.get().subtract(wanted.whole.get()).abs();
      share =
          new BigDecimal(difference)
              .divide(BigDecimal.valueOf(largestDifference), MathContext.DECIMAL128)
              .doubleValue();
    } else {
      share = Math.abs(real - wanted.real) / largestDifference;
    }
    return Double.isFinite(share)
        ? Verdict.Scored.of(Math.max(0.0, 1.0 - share))
        : new Verdict.Invalid("the duration is too long to compare");
  }
}
