package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Call;
import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Named;
import io.amalgam.verifiers.algebra.Expression.Power;
import io.amalgam.verifiers.algebra.Expression.Product;
import io.amalgam.verifiers.algebra.Expression.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Powers of E: multiples of logarithms in the exponent become powers of what stands in them. */
final class Exponentials {
  private Exponentials() {}

  static Expression of(Algebra algebra, Expression exponent) {
    if (exponent instanceof Constant constant && constant.value().isInexact()) {
      return new Constant(new Scalar.Inexact(Math.exp(constant.value().toDouble())));
    }
    if (isLogarithm(exponent)) {
      return ((Call) exponent).arguments().get(0);
    }
    if (exponent instanceof Product product
        && product.factors().size() == 1
        && product.factors().entrySet().iterator().next().getValue().equals(Constant.ONE)
        && isLogarithm(product.factors().keySet().iterator().next())) {
      Call logarithm = (Call) product.factors().keySet().iterator().next();
      return algebra.power(logarithm.arguments().get(0), new Constant(product.coefficient()));
    }
    return exponent instanceof Sum sum ? ofSum(algebra, sum) : new Power(Named.E, exponent);
  }

  private static Expression ofSum(Algebra algebra, Sum sum) {
    if (sum.terms().keySet().stream().noneMatch(Exponentials::isLogarithm)) {
      return new Power(Named.E, sum);
    }
    List<Expression> factors = new ArrayList<>();
    List<Expression> rest = new ArrayList<>();
    for (Map.Entry<Expression, Scalar> term : sum.terms().entrySet()) {
      if (isLogarithm(term.getKey())) {
        Call logarithm = (Call) term.getKey();
        factors.add(algebra.power(logarithm.arguments().get(0), new Constant(term.getValue())));
      } else {
        rest.add(algebra.product(new Constant(term.getValue()), term.getKey()));
      }
    }
    factors.add(algebra.power(Named.E, algebra.sum(rest)));
    return algebra.product(factors);
  }

  private static boolean isLogarithm(Expression expression) {
    return expression instanceof Call call && call.function().equals("log");
  }
}
