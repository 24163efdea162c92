package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Verdict;
import java.util.Optional;

/**
 * The rule for answers that are a square of digits: 1 for the reference up to blanks at line ends;
 * else nine tenths of the share of right digits, read from the lines that have as many digits as
 * the board is wide. An answer longer than the reference loses in proportion.
 */
final class DigitGridRule {
  private static final double OTHER_FORMAT = 0.9;

  private DigitGridRule() {}

  /** The verdict on an answer to a problem whose metadata hold the solution. */
  static Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty() || answer.get().isEmpty()) {
      return Verdict.Scored.of(0);
    }
    String reference = problem.answer().orElse("");
    double reward =
        withoutLineEndBlanks(answer.get()).equals(withoutLineEndBlanks(reference))
            ? 1
            : shareOfDigits(answer.get(), problem.metadata().get("solution"));
    int length = PythonText.length(answer.get());
    int referenceLength = PythonText.length(reference);
    if (length > referenceLength) {
      reward *= (double) referenceLength / length;
    }
    return Verdict.Scored.of(reward);
  }

  private static double shareOfDigits(String answer, JsonNode solution) {
    int side = solution.get(0).size();
    int row = 0;
    int matches = 0;
    int[] digits = new int[side];
    int start = 0;
    while (row < solution.size() && start <= answer.length()) {
      int newline = answer.indexOf('\n', start);
      int end = newline < 0 ? answer.length() : newline;
      int count = 0;
      for (int i = start; i < end; i++) {
        char c = answer.charAt(i);
        if (c >= '1' && c <= '9') {
          if (count < side) {
            digits[count] = c - '0';
          }
          count++;
        }
      }
      if (count == side) {
        JsonNode wanted = solution.get(row++);
        for (int column = 0; column < side; column++) {
          matches += wanted.get(column).intValue() == digits[column] ? 1 : 0;
        }
      }
      start = end + 1;
    }
    return (double) matches / (side * side) * OTHER_FORMAT;
  }

  private static String withoutLineEndBlanks(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    int pending = 0; // where white space starts that counts only if more text follows it
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        kept.append('\n');
        pending = i + 1;
      } else if (!PythonText.isSpace(c)) {
        kept.append(text, pending, i + 1);
        pending = i + 1;
      }
    }
    return kept.toString();
  }
}
