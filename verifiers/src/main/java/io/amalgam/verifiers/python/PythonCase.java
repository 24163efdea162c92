package io.amalgam.verifiers.python;

import java.util.Locale;

/** Python's {@code str.lower}, in linear time for any text. */
public final class PythonCase {
  private static final String CAPITAL_DOTTED_I = "\u0130";
  private static final String SMALL_DOTTED_I = "i\u0307";
  private static final int CAPITAL_SIGMA = 0x3a3;
  private static final int SMALL_SIGMA = 0x3c3;
  private static final int FINAL_SIGMA = 0x3c2;

  /** Punctuation that does not end a word when the sigma is looked at. */
  private static final String IGNORABLE_MARKS =
      "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

  private PythonCase() {}

  /**
   * The text in lower case.
   *
   * <p>Java's method takes quadratic time for many capital sigmas, whose small form depends on the
   * letters around them, and for many dotted capital I; here these are seen to first.
   */
  public static String lower(String text) {
    String plain = text.replace(CAPITAL_DOTTED_I, SMALL_DOTTED_I);
    return (plain.indexOf(CAPITAL_SIGMA) < 0 ? plain : withSmallSigmas(plain))
        .toLowerCase(Locale.ROOT);
  }

  private static String withSmallSigmas(String text) {
    int[] codePoints = text.codePoints().toArray();
    boolean[] beforeLetter = new boolean[codePoints.length];
    boolean letterFollows = false;
    for (int i = codePoints.length - 1; i >= 0; i--) {
      beforeLetter[i] = letterFollows;
      letterFollows = isIgnorable(codePoints[i]) ? letterFollows : isCased(codePoints[i]);
    }
    boolean afterLetter = false;
    for (int i = 0; i < codePoints.length; i++) {
      boolean nextAfterLetter = isIgnorable(codePoints[i]) ? afterLetter : isCased(codePoints[i]);
      if (codePoints[i] == CAPITAL_SIGMA) {
        codePoints[i] = afterLetter && !beforeLetter[i] ? FINAL_SIGMA : SMALL_SIGMA;
      }
      afterLetter = nextAfterLetter;
    }
    return new String(codePoints, 0, codePoints.length);
  }

  private static boolean isCased(int codePoint) {
    return Character.isLowerCase(codePoint)
        || Character.isUpperCase(codePoint)
        || Character.isTitleCase(codePoint);
  }

  private static boolean isIgnorable(int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK:
      case Character.ENCLOSING_MARK:
      case Character.FORMAT:
      case Character.MODIFIER_LETTER:
      case Character.MODIFIER_SYMBOL:
        return true;
      default:
        return IGNORABLE_MARKS.indexOf(codePoint) >= 0;
    }
  }
}
