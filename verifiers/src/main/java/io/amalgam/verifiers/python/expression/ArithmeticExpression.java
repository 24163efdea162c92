package io.amalgam.verifiers.python.expression;

import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonText;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Evaluates the text of an arithmetic expression to a number, as {@code float(parse_expr(text))} of
 * SymPy 1.14 does, without running any code.
 *
 * <p>Integers and fractions are exact; floats, roots and elementary functions are doubles. Known
 * are Python's arithmetic, bit and comparison operators with its precedence, {@code and or not},
 * factorials {@code !} and {@code !!}, about thirty functions and the usual constants. As in the
 * original there is no implicit multiplication, {@code ^} is exclusive or, an equals sign is an
 * error, and x/0 is no number.
 *
 * <p>Time and memory are bounded for any text: a number on the way with more than 2^17 bits makes
 * the value infinite, which is what the original rounds such results to where it ends at all.
 * Deviations: a text with unknown names, imaginary numbers or functions outside the list is refused
 * even where they would cancel out, as are conditional expressions and {@code is}.
 */
public final class ArithmeticExpression {
  private ArithmeticExpression() {}

  /**
   * The value of a text; empty if it is no expression or its value is no real number. May be
   * infinite or not a number.
   */
  public static OptionalDouble evaluate(String text) {
    String stripped = PythonText.strip(text);
    if (isQuoted(stripped)) {
      return PythonFloat.parse(stripped.substring(1, stripped.length() - 1));
    }
    try {
      return OptionalDouble.of(value(Parser.parse(Lexer.tokens(stripped))).toDouble());
    } catch (ExpressionException e) {
      return e.isTooLarge() ? OptionalDouble.of(Double.POSITIVE_INFINITY) : OptionalDouble.empty();
    }
  }

  /**
   * The value of a text cut towards zero, as {@code int(parse_expr(text))} gives it; empty if it is
   * no expression or its value is no finite real number. What is too large to be computed gives a
   * number beyond all that are.
   */
  public static Optional<BigInteger> truncated(String text) {
    String stripped = PythonText.strip(text);
    if (isQuoted(stripped)) {
      return PythonInteger.parse(stripped.substring(1, stripped.length() - 1));
    }
    try {
      return Optional.of(value(Parser.parse(Lexer.tokens(stripped))).truncated());
    } catch (ExpressionException e) {
      return e.isTooLarge()
          ? Optional.of(BigInteger.ONE.shiftLeft(Value.MAX_BITS + 1))
          : Optional.empty();
    }
  }

  /**
   * Whether the whole text is one plain string literal, which the original turns into a number too.
   */
  private static boolean isQuoted(String text) {
    if (text.length() < 2 || (text.charAt(0) != '\'' && text.charAt(0) != '"')) {
      return false;
    }
    String inner = text.substring(1, text.length() - 1);
    return text.charAt(0) == text.charAt(text.length() - 1)
        && inner.indexOf(text.charAt(0)) < 0
        && inner.indexOf('\\') < 0
        && inner.indexOf('\n') < 0;
  }

  private static Value value(Node node) {
    // Long sums lean to the left; walking down that side without recursion keeps the stack flat.
    Deque<Node.Binary> chain = new ArrayDeque<>();
    Node leftmost = node;
    while (leftmost instanceof Node.Binary binary) {
      chain.push(binary);
      leftmost = binary.left();
    }
    Value value = single(leftmost);
    while (!chain.isEmpty()) {
      Node.Binary binary = chain.pop();
      if (binary.operator().equals("and")) {
        value = value.isTrue() ? value(binary.right()) : value;
      } else if (binary.operator().equals("or")) {
        value = value.isTrue() ? value : value(binary.right());
      } else {
        value = Arithmetic.apply(binary.operator(), value, value(binary.right()));
      }
    }
    return value;
  }

  private static Value single(Node node) {
    if (node instanceof Node.Literal literal) {
      return literal.value();
    }
    if (node instanceof Node.Name name) {
      return Functions.constant(name.name());
    }
    if (node instanceof Node.Unary unary) {
      return signed(unary.operator(), value(unary.operand()));
    }
    if (node instanceof Node.Comparison comparison) {
      return compared(comparison);
    }
    if (node instanceof Node.Call call) {
      List<Value> arguments = new ArrayList<>();
      for (Node argument : call.arguments()) {
        arguments.add(value(argument));
      }
      return Functions.call(call.function(), arguments);
    }
    throw new IllegalStateException("unexpected node " + node);
  }

  private static Value signed(String operator, Value operand) {
    if (operator.equals("not")) {
      return new Value.Truth(!operand.isTrue());
    }
    if (operand instanceof Value.Relation) {
      throw ExpressionException.invalid("a comparison is no number");
    }
    return switch (operator) {
      case "-" -> Arithmetic.negate(operand);
      case "~" -> Value.exact(Arithmetic.counted(operand).not());
      default ->
          operand instanceof Value.Truth ? Value.exact(Arithmetic.counted(operand)) : operand;
    };
  }

  private static Value compared(Node.Comparison comparison) {
    Value left = value(comparison.operands().get(0));
    Value outcome = new Value.Truth(true);
    for (int i = 0; i < comparison.operators().size(); i++) {
      Value right = value(comparison.operands().get(i + 1));
      outcome = compared(comparison.operators().get(i), left, right);
      if (!outcome.isTrue()) {
        return outcome;
      }
      left = right;
    }
    return outcome;
  }

  private static Value compared(String operator, Value left, Value right) {
    return switch (operator) {
      case "==" -> new Value.Truth(left.equals(right));
      case "!=" -> new Value.Truth(!left.equals(right));
      case "<" -> new Value.Relation(left.toDouble() < right.toDouble());
      case ">" -> new Value.Relation(left.toDouble() > right.toDouble());
      case "<=" -> new Value.Relation(left.toDouble() <= right.toDouble());
      default -> new Value.Relation(left.toDouble() >= right.toDouble());
    };
  }
}
