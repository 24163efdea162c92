package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.python.expression.ExpressionText;
import java.util.Optional;
import java.util.Set;

/** Judges an answer to "find the indefinite integral" by differentiating it. */
public final class Antiderivatives {
  /** The constant of integration; the answer may leave it out or call it something else. */
  private static final String CONSTANT = "C";

  private Antiderivatives() {}

  /**
   * Whether a text is an expression whose derivative is the integrand.
   *
   * <p>A text in quotes is read once more, with {@code ^} for powers, as the original does.
   *
   * @param answer any text; reading and judging it takes bounded time
   */
  public static boolean accepts(String answer, String integrand, String variable) {
    Algebra algebra = new Algebra();
    try {
      ExpressionReader reader = new ExpressionReader(algebra, Set.of(variable, CONSTANT));
      Expression given = reader.read(unquoted(answer));
      Expression derivative = Derivatives.of(algebra, given, variable);
      Expression wanted = new ExpressionReader(algebra, Set.of(variable)).read(integrand);
      return ZeroTest.isZero(algebra, algebra.sum(derivative, algebra.negated(wanted)));
    } catch (AlgebraException e) {
      return false;
    }
  }

  private static String unquoted(String answer) {
    Optional<String> inner = ExpressionText.quoted(answer);
    return inner.map(text -> text.replace("^", "**")).orElse(answer);
  }
}
