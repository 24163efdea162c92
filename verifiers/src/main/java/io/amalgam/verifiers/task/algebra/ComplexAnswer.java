package io.amalgam.verifiers.task.algebra;

import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonText;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads complex numbers as answers write them: {@code 3 - 2i}, {@code -i}, {@code (1+2j)}. */
final class ComplexAnswer {
  private static final String DIGITS = "[0-9](?:_?[0-9])*+";

  /** Possessive throughout, so that matching is linear. */
  private static final Pattern REAL =
      Pattern.compile(
          "[-+]?+(?:nan|(?:D(?:\\.(?:D)?+)?+|\\.D)(?:e[-+]?+D)?+)".replace("D", DIGITS));

  private ComplexAnswer() {}

  /** The number, or empty where the original cannot read it. */
  static Optional<ComplexDouble> parse(String answer) {
    String text = PythonCase.lower(answer.replace(" ", ""));
    int brackets = 0;
    while (text.length() - 2 * brackets > 1
        && text.charAt(brackets) == '('
        && text.charAt(text.length() - 1 - brackets) == ')') {
      brackets++;
    }
    text = text.substring(brackets, text.length() - brackets).replace('i', 'j');
    if (text.indexOf('j') < 0) {
      return real(text).map(re -> new ComplexDouble(re, 0));
    }
    if (text.equals("j") || text.equals("-j")) {
      return Optional.of(new ComplexDouble(0, text.length() == 1 ? 1 : -1));
    }
    String coefficient = text.substring(0, text.length() - 1);
    boolean lone = text.endsWith("j") && !hasSign(coefficient);
    boolean loneNegative =
        text.startsWith("-") && (text.length() < 2 || !hasSign(coefficient.substring(1)));
    if (lone || loneNegative) {
      return real(coefficient).map(im -> new ComplexDouble(0, im));
    }
    if (!text.endsWith("j")) {
      return Optional.empty();
    }
    return both(text.replace("+j", "+1j").replace("-j", "-1j"));
  }

  private static boolean hasSign(String text) {
    return text.indexOf('+') >= 0 || text.indexOf('-') >= 0;
  }

  private static Optional<Double> real(String text) {
    OptionalDouble value = PythonFloat.parse(text);
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  /** What Python's {@code complex(text)} reads: one number or two, the last with a j. */
  private static Optional<ComplexDouble> both(String text) {
    String body = asciiDigits(PythonText.stripAroundNumber(text));
    if (body.startsWith("(") && body.endsWith(")")) {
      body = PythonText.stripAroundNumber(body.substring(1, body.length() - 1));
    }
    Matcher matcher = REAL.matcher(body);
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    double first = value(matcher.group());
    int end = matcher.end();
    if (end == body.length()) {
      return Optional.of(new ComplexDouble(first, 0));
    }
    if (body.substring(end).equals("j")) {
      return Optional.of(new ComplexDouble(0, first));
    }
    matcher.region(end, body.length());
    if (!hasSign(body.substring(end, end + 1))
        || !matcher.lookingAt()
        || !body.substring(matcher.end()).equals("j")) {
      return Optional.empty();
    }
    return Optional.of(new ComplexDouble(first, value(matcher.group())));
  }

  private static double value(String number) {
    return PythonFloat.parse(number).orElse(Double.NaN);
  }

  private static String asciiDigits(String text) {
    StringBuilder ascii = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              int digit = PythonText.decimalDigit(c);
              ascii.appendCodePoint(digit < 0 ? c : '0' + digit);
            });
    return ascii.toString();
  }
}
