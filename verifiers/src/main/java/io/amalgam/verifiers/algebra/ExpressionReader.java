package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Named;
import io.amalgam.verifiers.algebra.Expression.Symbol;
import io.amalgam.verifiers.python.expression.ExpressionText;
import io.amalgam.verifiers.python.expression.Node;
import io.amalgam.verifiers.python.expression.Value;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads expressions as {@code sympy.parse_expr} does, without running code: whole numbers are
 * exact, unknown names are symbols or, before a parenthesis, unknown functions, {@code ^} is
 * exclusive or and works on whole numbers only, there is no implicit multiplication, and equations,
 * lists, attributes and comparisons are refused.
 */
public final class ExpressionReader {
  /** Longer texts are refused; the reference answers have a few hundred characters. */
  private static final int MAX_LENGTH = 200_000;

  /** Deeper expressions are refused. */
  private static final int MAX_DEPTH = 150;

  private static final Map<String, Expression> CONSTANTS =
      Map.of(
          "E", Named.E,
          "pi", Named.PI,
          "I", Named.I,
          "oo", Named.INFINITY,
          "zoo", Named.COMPLEX_INFINITY,
          "nan", Named.NAN);

  /** Names of SymPy and Python that are no symbols and cannot be computed with. */
  private static final Set<String> RESERVED =
      Set.of(
          "S",
          "N",
          "O",
          "Q",
          "True",
          "False",
          "None",
          "beta",
          "gamma",
          "zeta",
          "Chi",
          "Ci",
          "Shi",
          "Si",
          "Ei",
          "li",
          "Li",
          "CC",
          "QQ",
          "RR",
          "ZZ",
          "EX",
          "FF",
          "GF",
          "LC",
          "LM",
          "LT",
          "re",
          "im",
          "ff",
          "rf",
          "diff",
          "test",
          "plot",
          "roots",
          "solve",
          "symbols",
          "var",
          "limit",
          "series",
          "sum",
          "abs",
          "all",
          "any",
          "max",
          "min",
          "pow",
          "round",
          "len",
          "id",
          "iter",
          "next",
          "hash",
          "bin",
          "hex",
          "oct",
          "ord",
          "chr",
          "dir",
          "vars",
          "open",
          "print",
          "eval",
          "exec",
          "input",
          "repr",
          "sorted",
          "sign",
          "Integer",
          "Float",
          "Rational",
          "Symbol");

  private final Algebra algebra;
  private final Set<String> unknowns;
  private int depth;

  /**
   * A reader of one answer.
   *
   * @param unknowns names that are symbols whatever else they mean, and no functions
   */
  public ExpressionReader(Algebra algebra, Set<String> unknowns) {
    this.algebra = algebra;
    this.unknowns = Set.copyOf(unknowns);
  }

  /**
   * The expression that a text stands for.
   *
   * @throws AlgebraException for a text that is no expression, or too long or deep a one
   */
  public Expression read(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new AlgebraException("text too long");
    }
    return of(ExpressionText.parse(text).orElseThrow(() -> new AlgebraException("no expression")));
  }

  private Expression of(Node node) {
    Deque<Node.Binary> chain = new ArrayDeque<>();
    Node leftmost = node;
    // Long sums lean to the left; walking down that side without recursion keeps the stack flat.
    while (leftmost instanceof Node.Binary binary) {
      chain.push(binary);
      leftmost = binary.left();
    }
    if (++depth > MAX_DEPTH) {
      throw new AlgebraException("nested too deeply");
    }
    Expression value = single(leftmost);
    while (!chain.isEmpty()) {
      if (isAdditive(chain.peek())) {
        value = sum(value, chain);
      } else {
        Node.Binary binary = chain.pop();
        value = binary(binary.operator(), value, binary.right());
      }
    }
    depth--;
    return value;
  }

  private static boolean isAdditive(Node.Binary binary) {
    return binary.operator().equals("+") || binary.operator().equals("-");
  }

  /** Adds a run of terms at once, which is the same as one by one but takes linear time. */
  private Expression sum(Expression first, Deque<Node.Binary> chain) {
    List<Expression> terms = new ArrayList<>(List.of(first));
    while (!chain.isEmpty() && isAdditive(chain.peek())) {
      Node.Binary binary = chain.pop();
      Expression term = of(binary.right());
      terms.add(binary.operator().equals("-") ? algebra.negated(term) : term);
    }
    return algebra.sum(terms);
  }

  private Expression binary(String operator, Expression left, Node right) {
    switch (operator) {
      case "and":
        return left.equals(Constant.ZERO) ? left : of(right);
      case "or":
        return left.equals(Constant.ZERO) ? of(right) : left;
      case "*":
        return algebra.product(left, of(right));
      case "/":
        return algebra.quotient(left, of(right));
      case "**":
        return algebra.power(left, of(right));
      default:
        BigInteger a = whole(left);
        BigInteger b = whole(of(right));
        return new Constant(Scalar.of(onWholeNumbers(operator, a, b)));
    }
  }

  private static BigInteger onWholeNumbers(String operator, BigInteger a, BigInteger b) {
    switch (operator) {
      case "^":
        return a.xor(b);
      case "&":
        return a.and(b);
      case "|":
        return a.or(b);
      case "//":
      case "%":
        if (b.signum() == 0) {
          throw new AlgebraException("division by zero");
        }
        BigInteger rest = a.mod(b.abs());
        rest = b.signum() < 0 && rest.signum() > 0 ? rest.add(b) : rest;
        return operator.equals("%") ? rest : a.subtract(rest).divide(b);
      default:
        throw new AlgebraException("operator for whole numbers only");
    }
  }

  private static BigInteger whole(Expression expression) {
    if (expression instanceof Constant constant && constant.value().isWhole()) {
      return ((Scalar.Exact) constant.value()).numerator();
    }
    throw new AlgebraException("a whole number is needed");
  }

  private Expression single(Node node) {
    if (node instanceof Node.Literal literal) {
      return literal(literal.value());
    }
    if (node instanceof Node.Name name) {
      return named(name.name());
    }
    if (node instanceof Node.Unary unary) {
      Expression operand = of(unary.operand());
      return switch (unary.operator()) {
        case "-" -> algebra.negated(operand);
        case "+" -> operand;
        case "~" -> new Constant(Scalar.of(whole(operand).not()));
        default -> throw new AlgebraException("a truth value is no expression");
      };
    }
    if (node instanceof Node.Call call && !unknowns.contains(call.function())) {
      List<Expression> arguments = new ArrayList<>();
      for (Node argument : call.arguments()) {
        arguments.add(of(argument));
      }
      return Functions.call(algebra, call.function(), arguments);
    }
    throw new AlgebraException("no expression");
  }

  private static Expression literal(Value value) {
    if (value instanceof Value.Exact exact) {
      return new Constant(Scalar.ratio(exact.numerator(), exact.denominator()));
    }
    if (value instanceof Value.Real real && Double.isFinite(real.value())) {
      return new Constant(new Scalar.Inexact(real.value()));
    }
    throw new AlgebraException("number out of range");
  }

  private Expression named(String name) {
    if (unknowns.contains(name)) {
      return new Symbol(name);
    }
    Expression constant = CONSTANTS.get(name);
    if (constant != null) {
      return constant;
    }
    if (RESERVED.contains(name) || Functions.isKnown(name)) {
      throw new AlgebraException("a function is no value");
    }
    return new Symbol(name);
  }
}
