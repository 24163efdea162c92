package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Power;
import io.amalgam.verifiers.algebra.Expression.Product;
import io.amalgam.verifiers.algebra.Expression.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Multiplies out products and whole positive powers of sums. */
final class Expansion {
  /** Larger powers of sums stay. */
  private static final int LARGEST_POWER = 64;

  /** What a product of two terms costs beyond the steps that are counted anyway. */
  private static final int PRODUCT_COST = 20;

  private Expansion() {}

  static Expression of(Algebra algebra, Expression expression) {
    if (expression instanceof Sum sum) {
      List<Expression> terms = new ArrayList<>();
      for (Map.Entry<Expression, Scalar> term : sum.terms().entrySet()) {
        terms.add(algebra.product(new Constant(term.getValue()), of(algebra, term.getKey())));
      }
      return algebra.sum(terms);
    }
    if (expression instanceof Product product) {
      Expression result = new Constant(product.coefficient());
      for (Map.Entry<Expression, Expression> factor : product.factors().entrySet()) {
        result = times(algebra, result, power(algebra, factor.getKey(), factor.getValue()));
      }
      return result;
    }
    return expression instanceof Power power
        ? power(algebra, power.base(), power.exponent())
        : expression;
  }

  private static Expression power(Algebra algebra, Expression base, Expression exponent) {
    if (base instanceof Sum
        && exponent instanceof Constant constant
        && constant.value().isWhole()
        && constant.value().signum() > 0
        && constant.value().toDouble() <= LARGEST_POWER) {
      Expression expanded = of(algebra, base);
      Expression result = Constant.ONE;
      for (int i = 0; i < (int) constant.value().toDouble(); i++) {
        result = times(algebra, result, expanded);
      }
      return result;
    }
    return algebra.power(base, exponent);
  }

  private static Expression times(Algebra algebra, Expression left, Expression right) {
    List<Expression> terms = new ArrayList<>();
    for (Expression a : terms(algebra, left)) {
      for (Expression b : terms(algebra, right)) {
        algebra.budget().spend(PRODUCT_COST);
        terms.add(algebra.product(a, b));
      }
    }
    return algebra.sum(terms);
  }

  private static List<Expression> terms(Algebra algebra, Expression expression) {
    if (!(expression instanceof Sum sum)) {
      return List.of(expression);
    }
    List<Expression> terms = new ArrayList<>();
    sum.terms().forEach((term, factor) -> terms.add(algebra.product(new Constant(factor), term)));
    return terms;
  }
}
