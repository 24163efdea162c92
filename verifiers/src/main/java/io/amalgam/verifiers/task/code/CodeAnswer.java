package io.amalgam.verifiers.task.code;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonJson;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.Verdict;
import java.util.Optional;

/**
 * Compares a JSON value in an answer with the reference: 1 for the same text, else credit that
 * falls with the text around the outermost braces and with the distance between the two values.
 */
final class CodeAnswer {
  private static final double WEIGHT_OF_OTHER_TEXT = 0.5;
  private static final double LEAST_MAXIMUM = 0.2;
  private static final double LEAST_CREDIT = 0.01;

  /** Values that differ by this share of the longer text are not alike at all. */
  private static final double TOLERANCE = 0.2;

  /** About where Python's reader fails. */
  private static final int MAX_DEPTH = 990;

  /** Pairs of nodes up to which the distance is calculated. */
  private static final long MAX_PAIRS = 20_000_000;

  private CodeAnswer() {}

  static Verdict score(Optional<String> answer, String referenceText) {
    String reference = PythonText.strip(referenceText);
    String given = PythonText.strip(answer.orElse(""));
    if (answer.isEmpty() || answer.get().isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    if (given.equals(reference)) {
      return Verdict.Scored.of(1.0);
    }
    int open = given.indexOf('{');
    int close = given.lastIndexOf('}');
    if (open < 0 || close < 0) {
      return Verdict.Scored.of(0.0);
    }
    String body = open < close ? given.substring(open, close + 1) : "";
    Optional<JsonNode> value = PythonJson.parse(body);
    Optional<JsonNode> wanted = PythonJson.parse(reference);
    if (value.isEmpty() || wanted.isEmpty()) {
      boolean raises = exceedsLimits(body) || exceedsLimits(reference);
      return raises
          ? new Verdict.Invalid("the JSON value nests too deeply or has too long a number")
          : Verdict.Scored.of(shareOf(reference, given));
    }
    int length = PythonText.length(reference);
    int around = given.codePointCount(0, open) + given.codePointCount(close + 1, given.length());
    double most = Math.max(length / (length + WEIGHT_OF_OTHER_TEXT * around), LEAST_MAXIMUM);
    return likeness(value.get(), wanted.get(), most);
  }

  private static double shareOf(String reference, String given) {
    return given.contains(reference)
        ? (double) PythonText.length(reference) / PythonText.length(given)
        : 0.0;
  }

  private static Verdict likeness(JsonNode value, JsonNode wanted, double most) {
    if (PythonValue.areEqual(value, wanted)) {
      return Verdict.Scored.of(most);
    }
    JsonTree from = new JsonTree(value);
    JsonTree to = new JsonTree(wanted);
    int longest = Math.max(PythonValue.dumps(value).length(), PythonValue.dumps(wanted).length());
    double limit = TOLERANCE * longest;
    if ((long) from.size() * to.size() > MAX_PAIRS && TreeDistance.leastBetween(from, to) < limit) {
      return new Verdict.Invalid("the JSON values are too large to compare");
    }
    double likeness = 1 - TreeDistance.between(from, to, limit) / limit;
    return Verdict.Scored.of(Math.max(likeness > 0 ? likeness * most : 0, LEAST_CREDIT));
  }

  /** Whether a text nests deeper or has a longer number outside of texts than Python reads. */
  private static boolean exceedsLimits(String text) {
    int depth = 0;
    int digits = 0;
    boolean inText = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inText) {
        i += c == '\\' ? 1 : 0;
        inText = c != '"';
        continue;
      }
      inText = c == '"';
      digits = c >= '0' && c <= '9' ? digits + 1 : 0;
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      if (depth > MAX_DEPTH || digits > PythonInteger.MAX_DIGITS) {
        return true;
      }
    }
    return false;
  }
}
