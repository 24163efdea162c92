package io.amalgam.verifiers.answer;

import io.amalgam.verifiers.python.PythonDecimal;
import io.amalgam.verifiers.python.PythonText;
import java.util.Optional;

/**
 * The comparison rules that many tasks share. All take time linear in the candidate and are
 * case-sensitive.
 */
public final class AnswerRules {
  private AnswerRules() {}

  /**
   * The containment rule: 1 for the reference itself; if the reference stands inside the candidate,
   * its share of the candidate's length in code points; else 0.
   *
   * <p>Nothing is stripped, and wrong numbers can earn credit ("142" for "42"); this is the
   * original's rule.
   */
  public static double containment(Optional<String> candidate, Optional<String> reference) {
    if (candidate.isEmpty() || candidate.get().isEmpty() || reference.isEmpty()) {
      return 0.0;
    }
    return candidate.equals(reference) ? 1.0 : share(candidate.get(), reference.get());
  }

  /**
   * The decimal rule: 1 if both texts are the same decimal number once commas are removed, else the
   * containment share.
   *
   * <p>Signs, leading zeros, exponents, white space around, underscores and digits of other scripts
   * are accepted.
   */
  public static double decimal(Optional<String> candidate, String reference, boolean stripCommas) {
    if (candidate.isEmpty() || candidate.get().isEmpty()) {
      return 0.0;
    }
    String given = stripCommas ? candidate.get().replace(",", "") : candidate.get();
    String wanted = stripCommas ? reference.replace(",", "") : reference;
    Optional<PythonDecimal> wantedValue = PythonDecimal.parse(wanted);
    Optional<PythonDecimal> givenValue = PythonDecimal.parse(given);
    if (givenValue.isPresent()
        && wantedValue.isPresent()
        && givenValue.get().sameValue(wantedValue.get())) {
      return 1.0;
    }
    return share(given, wanted);
  }

  private static double share(String candidate, String reference) {
    if (candidate.isEmpty() || !candidate.contains(reference)) {
      return 0.0;
    }
    return (double) PythonText.length(reference) / PythonText.length(candidate);
  }
}
