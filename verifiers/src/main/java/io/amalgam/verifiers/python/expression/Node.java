package io.amalgam.verifiers.python.expression;

import java.util.List;

/** A parsed expression; what stands for a number is decided by who walks over it. */
public sealed interface Node {
  /** A number as written. */
  record Literal(Value value) implements Node {}

  /** A constant or an unknown. */
  record Name(String name) implements Node {}

  /** {@code + - ~ not} before an operand. */
  record Unary(String operator, Node operand) implements Node {}

  /** An operator between two operands, {@code and} and {@code or} included. */
  record Binary(String operator, Node left, Node right) implements Node {}

  /** A chain of comparisons, all of which must hold. */
  record Comparison(List<Node> operands, List<String> operators) implements Node {}

  /** A function by name, among them the two factorials. */
  record Call(String function, List<Node> arguments) implements Node {}
}
