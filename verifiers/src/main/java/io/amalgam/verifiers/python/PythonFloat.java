package io.amalgam.verifiers.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;

/** Python's {@code float}: reading from text and shortest writing. */
public final class PythonFloat {
  /** Powers of ten up to this exponent are numbers of double precision. */
  private static final int EXACT_POWERS_OF_TEN = 22;

  /** Whole numbers below this have at most 15 digits, which a double always keeps. */
  private static final double EXACTLY_SCALED = 1e15;

  /** Products below this are off by far less than {@link #NEAR_TIE}. */
  private static final double NEARLY_SCALED = 1e12;

  /** How near to halfway between whole numbers a product may lie to be rounded as it is. */
  private static final double NEAR_TIE = 1e-3;

  /** So many digits are enough for every number. */
  private static final int MOST_DIGITS = 17;

  private PythonFloat() {}

  /**
   * The number that {@code float(text)} gives, or empty where it raises {@code ValueError}.
   *
   * <p>White space around, one sign, decimal digits of any script, single underscores between
   * digits, an exponent, and {@code inf}, {@code infinity} and {@code nan} in any case are
   * accepted.
   */
  public static OptionalDouble parse(String text) {
    Optional<String> ascii = PythonText.asciiDigits(PythonText.stripAroundNumber(text));
    if (ascii.isEmpty()) {
      return OptionalDouble.empty();
    }
    String body = ascii.get();
    boolean negative = body.startsWith("-");
    if (negative || body.startsWith("+")) {
      body = body.substring(1);
    }
    OptionalDouble magnitude = magnitude(body);
    return negative && magnitude.isPresent()
        ? OptionalDouble.of(-magnitude.getAsDouble())
        : magnitude;
  }

  private static OptionalDouble magnitude(String body) {
    if (body.length() <= 8) {
      String word = PythonCase.lower(body);
      if (word.equals("inf") || word.equals("infinity")) {
        return OptionalDouble.of(Double.POSITIVE_INFINITY);
      }
      if (word.equals("nan")) {
        return OptionalDouble.of(Double.NaN);
      }
    }
    StringBuilder plain = new StringBuilder(body.length());
    boolean mantissaDigit = false;
    boolean exponent = false;
    boolean point = false;
    char last = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      boolean afterDigit = last >= '0' && last <= '9';
      boolean allowed;
      if (c >= '0' && c <= '9') {
        mantissaDigit |= !exponent;
        allowed = true;
      } else if (c == '_') {
        allowed = afterDigit;
      } else if (c == '.') {
        allowed = !point && !exponent && last != '_';
        point = true;
      } else if (c == 'e' || c == 'E') {
        allowed = mantissaDigit && !exponent && last != '_';
        exponent = true;
      } else {
        allowed = (c == '-' || c == '+') && (last == 'e' || last == 'E');
      }
      if (!allowed || (last == '_' && (c < '0' || c > '9'))) {
        return OptionalDouble.empty();
      }
      if (c != '_') {
        plain.append(c);
      }
      last = c;
    }
    boolean complete = (last >= '0' && last <= '9') || (last == '.' && mantissaDigit);
    return complete && mantissaDigit
        ? OptionalDouble.of(Double.parseDouble(plain.toString()))
        : OptionalDouble.empty();
  }

  /**
   * The shortest text that reads back as the same number ({@code repr}): {@code 0.1}, {@code
   * 1e-05}, {@code 1e+16}.
   */
  public static String repr(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    String sign = Math.copySign(1, value) < 0 ? "-" : "";
    if (value == 0) {
      return sign + "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
    int exponent = shortest.precision() - 1 - shortest.scale();
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return sign + plain + (plain.indexOf('.') < 0 ? ".0" : "");
    }
    String digits = shortest.unscaledValue().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String power = Integer.toString(Math.abs(exponent));
    return sign + mantissa + (exponent < 0 ? "e-" : "e+") + (power.length() < 2 ? "0" : "") + power;
  }

  /** The decimal with fewest digits that reads back as the number, and the nearest of those. */
  private static BigDecimal shortest(double value) {
    double scale = 1;
    for (int decimals = 0; decimals <= EXACT_POWERS_OF_TEN; decimals++) {
      double scaled = value * scale;
      if (scaled >= EXACTLY_SCALED) {
        break;
      }
      // The quotient of two exact numbers is the number that the decimal reads back as, and no two
      // decimals of so few digits read back as the same number.
      double digits = Math.rint(scaled);
      if (digits / scale == value) {
        return BigDecimal.valueOf((long) digits, decimals);
      }
      scale *= 10;
    }
    return fewestDigits(value);
  }

  /**
   * What Java writes reads back but may be longer than it must be; whatever a number of digits
   * gives, more digits give too, so that the search goes down from there.
   */
  private static BigDecimal fewestDigits(double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal best = exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
    int written = new BigDecimal(Double.toString(value)).precision();
    for (int digits = Math.min(written, MOST_DIGITS - 1); digits > 0; digits--) {
      Optional<BigDecimal> shorter = nearest(exact, digits, value);
      if (shorter.isEmpty()) {
        return best;
      }
      best = shorter.get();
    }
    return best;
  }

  /**
   * The nearest decimal of so many digits that reads back as the number. Both neighbours are tried,
   * because next to a power of two the nearer one can read back as another number.
   */
  private static Optional<BigDecimal> nearest(BigDecimal exact, int digits, double value) {
    BigDecimal nearer = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (nearer.doubleValue() == value) {
      return Optional.of(nearer);
    }
    BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
    BigDecimal further =
        nearer.compareTo(below) == 0
            ? exact.round(new MathContext(digits, RoundingMode.UP))
            : below;
    return further.doubleValue() == value ? Optional.of(further) : Optional.empty();
  }

  /**
   * The number with a fixed number of decimals ({@code f"{value:.nf}"}): the exact value rounded
   * half to even.
   */
  public static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return repr(value);
    }
    double scaled = Math.abs(value) * Math.pow(10, decimals);
    double whole = Math.rint(scaled);
    boolean clear = scaled < NEARLY_SCALED && Math.abs(scaled - whole) < 0.5 - NEAR_TIE;
    BigDecimal rounded =
        clear
            ? BigDecimal.valueOf((long) whole, decimals)
            : new BigDecimal(Math.abs(value)).setScale(decimals, RoundingMode.HALF_EVEN);
    return (Math.copySign(1, value) < 0 ? "-" : "") + rounded.toPlainString();
  }
}
