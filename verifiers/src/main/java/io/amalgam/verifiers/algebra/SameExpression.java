package io.amalgam.verifiers.algebra;

import java.util.Set;

/** Compares two texts as expressions, without multiplying anything out. */
public final class SameExpression {
  private SameExpression() {}

  /**
   * Whether both texts are expressions and the same one once like terms are collected. The order of
   * terms does not matter; a product of sums is not the same as what it expands to.
   *
   * @param answer any text; reading it takes bounded time
   */
  public static boolean accepts(String answer, String reference) {
    Algebra algebra = new Algebra();
    try {
      ExpressionReader reader = new ExpressionReader(algebra, Set.of());
      return reader.read(answer).equals(reader.read(reference));
    } catch (AlgebraException e) {
      return false;
    }
  }
}
