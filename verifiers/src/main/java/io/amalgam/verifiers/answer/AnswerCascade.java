package io.amalgam.verifiers.answer;

import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonText;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Comparisons that forgive notation, which the original (since 2026) tries after its own scorer:
 * LaTeX removed, upper and lower case, numbers close to each other.
 *
 * <p>The original then asks the library math-verify where that is installed; that step does not
 * exist here, so scores are those of an original without it.
 */
public final class AnswerCascade {
  private static final double RELATIVE = 0.01;
  private static final double ABSOLUTE = 0.01;

  private static final Pattern INLINE = Pattern.compile("\\\\[()]");
  private static final Pattern UPRIGHT = Pattern.compile("\\\\(?:text|mathrm)\\{([^}]*)\\}");
  private static final Pattern BREAK = Pattern.compile("\\\\\\\\|~");
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private AnswerCascade() {}

  /** A text without the signs of LaTeX: inline math, upright text, line breaks, backslashes. */
  public static String withoutLatex(String text) {
    String bare = INLINE.matcher(text).replaceAll("");
    bare = UPRIGHT.matcher(bare).replaceAll("$1");
    bare = BREAK.matcher(bare).replaceAll(" ");
    return PythonText.strip(SPACES.matcher(bare.replace("\\", "")).replaceAll(" "));
  }

  /** Whether two texts are the same but for case and surrounding space. */
  public static boolean sameText(String a, String b) {
    return lower(a).equals(lower(b));
  }

  /**
   * Whether two texts are finite numbers that differ by at most a hundredth of the larger, or a
   * hundredth.
   */
  public static boolean sameNumber(String a, String b) {
    OptionalDouble x = PythonFloat.parse(a);
    OptionalDouble y = PythonFloat.parse(b);
    if (x.isEmpty() || y.isEmpty()) {
      return false;
    }
    double larger = Math.max(Math.abs(x.getAsDouble()), Math.abs(y.getAsDouble()));
    return Double.isFinite(larger)
        && Math.abs(x.getAsDouble() - y.getAsDouble()) <= Math.max(RELATIVE * larger, ABSOLUTE);
  }

  /** Whether an answer is the reference under any of the comparisons. */
  public static boolean matches(String answer, String reference) {
    return sameText(answer, reference)
        || sameText(withoutLatex(answer), withoutLatex(reference))
        || sameNumber(answer, reference)
        || sameNumber(withoutLatex(answer), withoutLatex(reference));
  }

  private static String lower(String text) {
    return PythonCase.lower(PythonText.strip(text));
  }
}
