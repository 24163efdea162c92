package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Call;
import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Named;
import io.amalgam.verifiers.algebra.Expression.Power;
import io.amalgam.verifiers.algebra.Expression.Symbol;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** What calls by name mean: names for powers and sums, and functions with their simple values. */
final class Functions {
  /** Functions of one argument whose derivative is known. */
  static final Set<String> ELEMENTARY =
      Set.of(
          "log", "sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan", "acot", "asec",
          "acsc", "sinh", "cosh", "tanh", "coth", "sech", "csch", "asinh", "acosh", "atanh",
          "acoth");

  private static final Set<String> OTHERS =
      Set.of(
          "exp",
          "ln",
          "sqrt",
          "cbrt",
          "root",
          "Pow",
          "Add",
          "Mul",
          "Abs",
          "factorial",
          "expand",
          "Integral",
          "integrate",
          "Derivative",
          "Function",
          "atan2",
          "erf",
          "simplify",
          "factor");

  private static final Set<String> ODD =
      Set.of("sin", "tan", "cot", "csc", "asin", "atan", "sinh", "tanh", "asinh", "atanh");

  /** Functions that are 0 at 0, and those that are 1 there. */
  private static final Set<String> ZERO_AT_ZERO =
      Set.of("sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh");

  private static final Set<String> ONE_AT_ZERO = Set.of("cos", "cosh", "sec", "sech");

  private static final Map<String, DoubleUnaryOperator> ON_FLOATS =
      Map.of(
          "sin", Math::sin,
          "cos", Math::cos,
          "tan", Math::tan,
          "log", Math::log,
          "atan", Math::atan,
          "sinh", Math::sinh,
          "cosh", Math::cosh,
          "tanh", Math::tanh);

  private static final int LARGEST_FACTORIAL = 1000;

  private Functions() {}

  static boolean isKnown(String name) {
    return ELEMENTARY.contains(name) || OTHERS.contains(name);
  }

  static Expression call(Algebra algebra, String name, List<Expression> arguments) {
    if (arguments.isEmpty()) {
      throw new AlgebraException("a function without arguments");
    }
    return switch (name) {
      case "Add" -> algebra.sum(arguments);
      case "Mul" -> algebra.product(arguments);
      case "Integral", "integrate" -> integral(arguments);
      default ->
          arguments.size() == 1
              ? unary(algebra, name, arguments.get(0))
              : binary(algebra, name, arguments);
    };
  }

  private static Expression integral(List<Expression> arguments) {
    if (arguments.size() != 2 || !(arguments.get(1) instanceof Symbol)) {
      throw new AlgebraException("an integral without a variable");
    }
    return new Call("Integral", arguments);
  }

  private static Expression binary(Algebra algebra, String name, List<Expression> arguments) {
    Expression first = arguments.get(0);
    Expression second = arguments.get(1);
    if (arguments.size() == 2) {
      switch (name) {
        case "pow":
        case "Pow":
          return algebra.power(first, second);
        case "root":
          return algebra.power(first, algebra.power(second, Algebra.number(-1)));
        case "log":
        case "ln":
          return algebra.quotient(unary(algebra, "log", first), unary(algebra, "log", second));
        case "Rational":
          return algebra.quotient(number(first), number(second));
        case "atan2":
          throw new AlgebraException("function without a rule");
        default:
          break;
      }
    }
    return unknown(name, arguments);
  }

  private static Expression unknown(String name, List<Expression> arguments) {
    if (isKnown(name)) {
      throw new AlgebraException("wrong number of arguments");
    }
    return new Call(name, arguments);
  }

  private static Expression number(Expression expression) {
    if (expression instanceof Constant) {
      return expression;
    }
    throw new AlgebraException("a number is needed");
  }

  private static Expression unary(Algebra algebra, String name, Expression argument) {
    switch (name) {
      case "exp":
        return algebra.power(Named.E, argument);
      case "ln":
        return elementary(algebra, "log", argument);
      case "sqrt":
        return algebra.squareRoot(argument);
      case "cbrt":
        return algebra.power(
            argument, new Constant(Scalar.ratio(BigInteger.ONE, BigInteger.valueOf(3))));
      case "Integer":
      case "Rational":
        return number(argument);
      case "Float":
        return new Constant(new Scalar.Inexact(((Constant) number(argument)).value().toDouble()));
      case "abs":
      case "Abs":
        return absolute(algebra, argument);
      case "factorial":
        return factorial(argument);
      case "expand":
        return Expansion.of(algebra, argument);
      default:
        if (ELEMENTARY.contains(name)) {
          return elementary(algebra, name, argument);
        }
        if (OTHERS.contains(name) && !name.equals("erf")) {
          throw new AlgebraException("function without a rule");
        }
        return new Call(name, List.of(argument));
    }
  }

  private static Expression absolute(Algebra algebra, Expression argument) {
    if (argument instanceof Constant constant) {
      return constant.value().signum() < 0 ? algebra.negated(argument) : argument;
    }
    return new Call("Abs", List.of(argument));
  }

  private static Expression factorial(Expression argument) {
    if (argument instanceof Constant constant && constant.value().isWhole()) {
      BigInteger n = ((Scalar.Exact) constant.value()).numerator();
      if (n.signum() < 0 || n.bitLength() > 10 || n.intValue() > LARGEST_FACTORIAL) {
        throw new AlgebraException("factorial out of range");
      }
      BigInteger product = BigInteger.ONE;
      for (int i = 2; i <= n.intValue(); i++) {
        product = product.multiply(BigInteger.valueOf(i));
      }
      return new Constant(Scalar.of(product));
    }
    return new Call("factorial", List.of(argument));
  }

  static Expression elementary(Algebra algebra, String name, Expression argument) {
    if (argument instanceof Constant constant) {
      if (constant.equals(Constant.ZERO) && ZERO_AT_ZERO.contains(name)) {
        return Constant.ZERO;
      }
      if (constant.equals(Constant.ZERO) && ONE_AT_ZERO.contains(name)) {
        return Constant.ONE;
      }
      if (constant.equals(Constant.ONE) && name.equals("log")) {
        return Constant.ZERO;
      }
      DoubleUnaryOperator onFloats = ON_FLOATS.get(name);
      if (constant.value().isInexact() && onFloats != null) {
        double value = onFloats.applyAsDouble(constant.value().toDouble());
        if (Double.isFinite(value)) {
          return new Constant(new Scalar.Inexact(value));
        }
      }
      if (constant.value().signum() < 0 && ODD.contains(name)) {
        return algebra.negated(elementary(algebra, name, algebra.negated(argument)));
      }
    }
    if (name.equals("log")) {
      if (argument.equals(Named.E)) {
        return Constant.ONE;
      }
      if (argument instanceof Power power
          && power.base().equals(Named.E)
          && power.exponent() instanceof Constant) {
        return power.exponent();
      }
    }
    return new Call(name, List.of(argument));
  }
}
