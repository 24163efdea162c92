package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Call;
import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Named;
import io.amalgam.verifiers.algebra.Expression.Power;
import io.amalgam.verifiers.algebra.Expression.Product;
import io.amalgam.verifiers.algebra.Expression.Sum;
import io.amalgam.verifiers.algebra.Expression.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Derivatives by the rules of school. The derivative of an indefinite integral is what stands in
 * it; that of a function without a rule is refused unless its argument is constant.
 */
public final class Derivatives {
  private final Algebra algebra;
  private final Symbol variable;

  private Derivatives(Algebra algebra, String variable) {
    this.algebra = algebra;
    this.variable = new Symbol(variable);
  }

  /**
   * The derivative with respect to a variable.
   *
   * @throws AlgebraException if there is no rule for a function in it
   */
  public static Expression of(Algebra algebra, Expression expression, String variable) {
    return new Derivatives(algebra, variable).of(expression);
  }

  private Expression of(Expression expression) {
    algebra.budget().spend(1);
    if (expression instanceof Symbol) {
      return expression.equals(variable) ? Constant.ONE : Constant.ZERO;
    }
    if (expression instanceof Sum sum) {
      List<Expression> terms = new ArrayList<>();
      sum.terms()
          .forEach((term, factor) -> terms.add(algebra.product(new Constant(factor), of(term))));
      return algebra.sum(terms);
    }
    if (expression instanceof Product product) {
      return ofProduct(product);
    }
    if (expression instanceof Power power) {
      return ofPower(power.base(), power.exponent());
    }
    return expression instanceof Call call ? ofCall(call) : Constant.ZERO;
  }

  private Expression ofProduct(Product product) {
    List<Expression> terms = new ArrayList<>();
    for (Map.Entry<Expression, Expression> factor : product.factors().entrySet()) {
      Expression inner = ofPower(factor.getKey(), factor.getValue());
      if (inner.equals(Constant.ZERO)) {
        continue;
      }
      List<Expression> parts = new ArrayList<>();
      parts.add(inner);
      parts.add(new Constant(product.coefficient()));
      for (Map.Entry<Expression, Expression> other : product.factors().entrySet()) {
        if (!other.getKey().equals(factor.getKey())) {
          parts.add(algebra.power(other.getKey(), other.getValue()));
        }
      }
      terms.add(algebra.product(parts));
    }
    return algebra.sum(terms);
  }

  private Expression ofPower(Expression base, Expression exponent) {
    Expression inner = of(base);
    if (exponent instanceof Constant constant) {
      Expression lower = new Constant(constant.value().plus(Scalar.MINUS_ONE));
      return algebra.product(exponent, algebra.power(base, lower), inner);
    }
    Expression outer = of(exponent);
    Expression power = algebra.power(base, exponent);
    if (base.equals(Named.E)) {
      return algebra.product(outer, power);
    }
    Expression byExponent =
        outer.equals(Constant.ZERO)
            ? outer
            : algebra.product(outer, Functions.elementary(algebra, "log", base));
    Expression byBase = algebra.product(exponent, inner, algebra.power(base, number(-1)));
    return algebra.product(power, algebra.sum(byExponent, byBase));
  }

  private Expression ofCall(Call call) {
    if (call.function().equals("Integral") && call.arguments().get(1).equals(variable)) {
      return call.arguments().get(0);
    }
    List<Expression> inner = call.arguments().stream().map(this::of).toList();
    if (inner.stream().allMatch(Constant.ZERO::equals)) {
      return Constant.ZERO;
    }
    if (!Functions.ELEMENTARY.contains(call.function())) {
      throw new AlgebraException("no rule for the derivative of " + call.function());
    }
    return algebra.product(outer(call.function(), call.arguments().get(0)), inner.get(0));
  }

  private Expression outer(String function, Expression u) {
    return switch (function) {
      case "log" -> reciprocal(u);
      case "sin" -> call("cos", u);
      case "cos" -> negated(call("sin", u));
      case "tan" -> plusOne(square(call("tan", u)));
      case "cot" -> negated(plusOne(square(call("cot", u))));
      case "sec" -> algebra.product(call("sec", u), call("tan", u));
      case "csc" -> negated(algebra.product(call("csc", u), call("cot", u)));
      case "asin" -> reciprocalRoot(oneMinus(square(u)));
      case "acos" -> negated(reciprocalRoot(oneMinus(square(u))));
      case "atan" -> reciprocal(plusOne(square(u)));
      case "acot" -> negated(reciprocal(plusOne(square(u))));
      case "asec" -> inverse(square(u));
      case "acsc" -> negated(inverse(square(u)));
      case "sinh" -> call("cosh", u);
      case "cosh" -> call("sinh", u);
      case "tanh" -> oneMinus(square(call("tanh", u)));
      case "coth" -> negated(algebra.power(call("sinh", u), number(-2)));
      case "sech" -> negated(algebra.product(call("sech", u), call("tanh", u)));
      case "csch" -> negated(algebra.product(call("csch", u), call("coth", u)));
      case "asinh" -> reciprocalRoot(plusOne(square(u)));
      case "acosh" ->
          algebra.product(reciprocalRoot(plusOne(u)), reciprocalRoot(algebra.sum(u, number(-1))));
      case "atanh", "acoth" -> reciprocal(oneMinus(square(u)));
      default -> throw new AlgebraException("no rule for the derivative of " + function);
    };
  }

  /** The derivative of the inverse secant: 1/(u² √(1 - 1/u²)). */
  private Expression inverse(Expression square) {
    return algebra.product(reciprocal(square), reciprocalRoot(oneMinus(reciprocal(square))));
  }

  private static Expression number(long value) {
    return Algebra.number(value);
  }

  private Expression call(String function, Expression argument) {
    return Functions.elementary(algebra, function, argument);
  }

  private Expression negated(Expression expression) {
    return algebra.negated(expression);
  }

  private Expression square(Expression expression) {
    return algebra.power(expression, number(2));
  }

  private Expression plusOne(Expression expression) {
    return algebra.sum(Constant.ONE, expression);
  }

  private Expression oneMinus(Expression expression) {
    return algebra.sum(Constant.ONE, algebra.negated(expression));
  }

  private Expression reciprocal(Expression expression) {
    return algebra.power(expression, number(-1));
  }

  private Expression reciprocalRoot(Expression expression) {
    return algebra.power(algebra.squareRoot(expression), number(-1));
  }
}
