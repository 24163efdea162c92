package io.amalgam.verifiers.task.algorithmic;

import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges a mapping from letters to digits, written {@code A=1,B=2}. */
final class CryptarithmCheck {
  private static final double SOLVED = 1.0;
  private static final double WRONG = 0.01;
  private static final double UNREADABLE = 0.0;
  private static final BigInteger LARGEST_DIGIT = BigInteger.valueOf(9);

  private CryptarithmCheck() {}

  static double score(
      Optional<String> answer, List<String> addends, String total, boolean leadingZero) {
    Optional<Map<String, BigInteger>> mapping = answer.flatMap(CryptarithmCheck::mapping);
    if (mapping.isEmpty()) {
      return UNREADABLE;
    }
    return solves(mapping.get(), addends, total, leadingZero) ? SOLVED : WRONG;
  }

  /** The pairs of an answer; of equal letters the last one counts. */
  private static Optional<Map<String, BigInteger>> mapping(String answer) {
    Map<String, BigInteger> mapping = new HashMap<>();
    for (String pair : answer.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0 || pair.indexOf('=', equals + 1) >= 0) {
        return Optional.empty();
      }
      Optional<BigInteger> digit =
          PythonInteger.parse(PythonText.strip(pair.substring(equals + 1)));
      if (digit.isEmpty()) {
        return Optional.empty();
      }
      mapping.put(PythonText.strip(pair.substring(0, equals)), digit.get());
    }
    return Optional.of(mapping);
  }

  private static boolean solves(
      Map<String, BigInteger> mapping, List<String> addends, String total, boolean leadingZero) {
    boolean different = new HashSet<>(mapping.values()).size() == mapping.size();
    if (!different || !mapping.values().stream().allMatch(CryptarithmCheck::isDigit)) {
      return false;
    }
    Set<String> letters = new HashSet<>(letters(total));
    addends.forEach(word -> letters.addAll(letters(word)));
    if (!mapping.keySet().equals(letters)) {
      return false;
    }
    BigInteger sum = BigInteger.ZERO;
    boolean startsWithZero = startsWithZero(total, mapping);
    for (String word : addends) {
      sum = sum.add(value(word, mapping));
      startsWithZero |= startsWithZero(word, mapping);
    }
    return (leadingZero || !startsWithZero) && sum.equals(value(total, mapping));
  }

  private static boolean isDigit(BigInteger value) {
    return value.signum() >= 0 && value.compareTo(LARGEST_DIGIT) <= 0;
  }

  private static List<String> letters(String word) {
    List<String> letters = new ArrayList<>(word.length());
    int end;
    for (int start = 0; start < word.length(); start = end) {
      end = word.offsetByCodePoints(start, 1);
      letters.add(word.substring(start, end));
    }
    return letters;
  }

  private static boolean startsWithZero(String word, Map<String, BigInteger> mapping) {
    return BigInteger.ZERO.equals(mapping.get(letters(word).get(0)));
  }

  private static BigInteger value(String word, Map<String, BigInteger> mapping) {
    StringBuilder digits = new StringBuilder();
    for (String letter : letters(word)) {
      digits.append(mapping.get(letter));
    }
    return new BigInteger(digits.toString());
  }
}
