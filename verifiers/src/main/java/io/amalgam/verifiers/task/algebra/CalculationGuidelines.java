package io.amalgam.verifiers.task.algebra;

/** What the questions of the symbolic tasks say about how to write formulas. */
final class CalculationGuidelines {
  /** The two rules that all of them end with. */
  static final String RULES =
      """
      1. Use ** instead of ^ to represent exponents. For example, write 7*X**2 instead of 7*X^2.
      2. Always include the * symbol for all multiplication operations in your reasoning steps. \
      For example, write `-3*X**3*sin(X) - 9*X**2*cos(X) + 18*X*sin(X) + 18*cos(X) + C` \
      instead of `-3x3sin(x) - 9x2cos(x) + 18xsin(x) + 18cos(x) + C`.
      """;

  /** The line before them. */
  static final String HEADING = "\nWhen performing calculations, please follow these guidelines:\n";

  private CalculationGuidelines() {}
}
