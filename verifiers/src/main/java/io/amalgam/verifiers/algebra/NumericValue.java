package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Call;
import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Named;
import io.amalgam.verifiers.algebra.Expression.Power;
import io.amalgam.verifiers.algebra.Expression.Product;
import io.amalgam.verifiers.algebra.Expression.Sum;
import io.amalgam.verifiers.algebra.Expression.Symbol;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** The value of an expression at one complex point, to about fifty digits. */
final class NumericValue {
  /** What an elementary function and an arithmetic operation cost in steps. */
  private static final int FUNCTION_COST = 400;

  private static final int ARITHMETIC_COST = 5;

  private final Budget budget;
  private final int point;
  private final Map<Expression, ComplexNumber> known = new HashMap<>();

  /**
   * A value at one of the points.
   *
   * @param point number of the point; each unknown has another coordinate in it
   */
  NumericValue(Budget budget, int point) {
    this.budget = budget;
    this.point = point;
  }

  /**
   * The value.
   *
   * @throws ArithmeticException if it is not defined or too large here
   */
  ComplexNumber of(Expression expression) {
    ComplexNumber before = known.get(expression);
    if (before != null) {
      return before;
    }
    ComplexNumber value = compute(expression);
    known.put(expression, value);
    return value;
  }

  private ComplexNumber compute(Expression expression) {
    budget.spend(ARITHMETIC_COST);
    if (expression instanceof Constant constant) {
      return number(constant.value());
    }
    if (expression instanceof Symbol symbol) {
      return coordinate(symbol.name());
    }
    if (expression instanceof Sum sum) {
      ComplexNumber total = ComplexNumber.ZERO;
      for (Map.Entry<Expression, Scalar> term : sum.terms().entrySet()) {
        total = total.plus(of(term.getKey()).times(number(term.getValue())));
      }
      return total;
    }
    if (expression instanceof Product product) {
      ComplexNumber total = number(product.coefficient());
      for (Map.Entry<Expression, Expression> factor : product.factors().entrySet()) {
        total = total.times(power(factor.getKey(), factor.getValue()));
      }
      return total;
    }
    if (expression instanceof Power power) {
      return power(power.base(), power.exponent());
    }
    return expression instanceof Call call ? call(call) : named((Named) expression);
  }

  private static ComplexNumber number(Scalar scalar) {
    Scalar.Exact exact = scalar.exactly();
    return ComplexNumber.of(
        new BigDecimal(exact.numerator())
            .divide(new BigDecimal(exact.denominator()), ComplexNumber.DIGITS));
  }

  /** Points lie in all quadrants at distances of about 0.3 to 1.8 from the origin. */
  private ComplexNumber coordinate(String name) {
    int spread = Math.floorMod(name.hashCode() * 31 + point * 7919, 1000);
    double angle = 0.4 + point * 2.4 + spread * 0.0003;
    double distance = 0.31 + 0.211 * (point % 7) + spread * 0.0002;
    return new ComplexNumber(
        new BigDecimal(distance * Math.cos(angle)), new BigDecimal(distance * Math.sin(angle)));
  }

  private ComplexNumber power(Expression base, Expression exponent) {
    budget.spend(ARITHMETIC_COST);
    if (base.equals(Named.E)) {
      budget.spend(FUNCTION_COST);
      return of(exponent).exp();
    }
    if (exponent instanceof Constant constant && constant.value().isWhole()) {
      return of(base).power(((Scalar.Exact) constant.value()).numerator());
    }
    budget.spend(2 * FUNCTION_COST);
    return of(base).power(of(exponent));
  }

  private static ComplexNumber named(Named named) {
    if (named.equals(Named.PI)) {
      return ComplexNumber.of(ComplexNumber.PI);
    }
    if (named.equals(Named.I)) {
      return ComplexNumber.I;
    }
    if (named.equals(Named.E)) {
      return ComplexNumber.ONE.exp();
    }
    throw new ArithmeticException("not finite");
  }

  private ComplexNumber call(Call call) {
    if (!Functions.ELEMENTARY.contains(call.function())) {
      throw new ArithmeticException("no values");
    }
    budget.spend(2 * FUNCTION_COST);
    ComplexNumber z = of(call.arguments().get(0));
    return switch (call.function()) {
      case "log" -> z.log();
      case "sin" -> z.sin();
      case "cos" -> z.cos();
      case "tan" -> z.sin().over(z.cos());
      case "cot" -> z.cos().over(z.sin());
      case "sec" -> z.cos().inverse();
      case "csc" -> z.sin().inverse();
      case "asin" -> z.asin();
      case "acos" -> z.acos();
      case "atan" -> z.atan();
      case "acot" -> z.inverse().atan();
      case "asec" -> z.inverse().acos();
      case "acsc" -> z.inverse().asin();
      case "sinh" -> z.sinh();
      case "cosh" -> z.cosh();
      case "tanh" -> z.sinh().over(z.cosh());
      case "coth" -> z.cosh().over(z.sinh());
      case "sech" -> z.cosh().inverse();
      case "csch" -> z.sinh().inverse();
      case "asinh" -> z.asinh();
      case "acosh" -> z.acosh();
      case "atanh" -> z.atanh();
      default -> z.inverse().atanh();
    };
  }
}
