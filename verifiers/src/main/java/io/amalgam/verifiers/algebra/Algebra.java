package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Named;
import io.amalgam.verifiers.algebra.Expression.Power;
import io.amalgam.verifiers.algebra.Expression.Product;
import io.amalgam.verifiers.algebra.Expression.Sum;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds sums, products and powers in the form that SymPy gives them by itself: like terms and
 * equal bases are collected, a number is multiplied into a sum that it alone stands beside, whole
 * powers of products and powers are worked out; products of sums stay as they are.
 *
 * <p>One instance works on one answer: its work is counted. Not thread-safe.
 */
public final class Algebra {
  /** Steps for one answer; less than a second. */
  private static final long STEPS = 1_000_000;

  private static final Scalar HALF = Scalar.ratio(BigInteger.ONE, BigInteger.TWO);

  private final Budget budget = new Budget(STEPS);

  /** Counts the work on this answer. */
  Budget budget() {
    return budget;
  }

  static Expression number(long value) {
    return new Constant(Scalar.of(value));
  }

  Expression sum(Expression... terms) {
    return sum(List.of(terms));
  }

  /** The sum of any number of terms. */
  Expression sum(List<Expression> terms) {
    Map<Expression, Scalar> collected = new LinkedHashMap<>();
    for (Expression term : terms) {
      if (term.equals(Named.NAN)) {
        return Named.NAN;
      }
      if (term instanceof Sum sum) {
        budget.spend(sum.terms().size());
        sum.terms().forEach((key, factor) -> add(collected, key, factor));
      } else if (term instanceof Constant constant) {
        add(collected, Constant.ONE, constant.value());
      } else if (term instanceof Product product && !product.coefficient().equals(Scalar.ONE)) {
        budget.spend(product.factors().size());
        add(collected, monic(product), product.coefficient());
      } else {
        add(collected, term, Scalar.ONE);
      }
    }
    return total(collected);
  }

  private void add(Map<Expression, Scalar> collected, Expression term, Scalar factor) {
    budget.spend(1);
    Scalar before = collected.get(term);
    Scalar after = before == null ? factor : before.plus(factor);
    if (after.isZero()) {
      collected.remove(term);
    } else {
      collected.put(term, after);
    }
  }

  private Expression total(Map<Expression, Scalar> collected) {
    if (collected.isEmpty()) {
      return Constant.ZERO;
    }
    if (collected.size() == 1) {
      Map.Entry<Expression, Scalar> only = collected.entrySet().iterator().next();
      return scaled(only.getKey(), only.getValue());
    }
    return new Sum(Collections.unmodifiableMap(collected));
  }

  private static Expression monic(Product product) {
    return simplest(Scalar.ONE, product.factors());
  }

  private static Expression simplest(Scalar coefficient, Map<Expression, Expression> factors) {
    if (factors.isEmpty()) {
      return new Constant(coefficient);
    }
    if (factors.size() == 1 && coefficient.equals(Scalar.ONE)) {
      Map.Entry<Expression, Expression> only = factors.entrySet().iterator().next();
      return only.getValue().equals(Constant.ONE)
          ? only.getKey()
          : new Power(only.getKey(), only.getValue());
    }
    return new Product(coefficient, Collections.unmodifiableMap(factors));
  }

  /** A multiple of a term that has no coefficient of its own. */
  private Expression scaled(Expression term, Scalar factor) {
    return product(List.of(new Constant(factor), term));
  }

  Expression negated(Expression expression) {
    return product(new Constant(Scalar.MINUS_ONE), expression);
  }

  Expression product(Expression... factors) {
    return product(List.of(factors));
  }

  /** The product of any number of factors. */
  Expression product(List<Expression> factors) {
    Map<Expression, Expression> collected = new LinkedHashMap<>();
    Scalar coefficient = Scalar.ONE;
    for (Expression factor : factors) {
      if (factor.equals(Named.NAN)) {
        return Named.NAN;
      }
      coefficient = coefficient.times(multiply(collected, factor));
    }
    coefficient = coefficient.times(Radicals.combine(this, collected));
    if (coefficient.isZero()) {
      boolean infinite =
          collected.containsKey(Named.COMPLEX_INFINITY) || collected.containsKey(Named.INFINITY);
      return infinite ? Named.NAN : onlyNumber(collected, coefficient);
    }
    if (collected.size() == 1 && !coefficient.equals(Scalar.ONE)) {
      Map.Entry<Expression, Expression> only = collected.entrySet().iterator().next();
      if (only.getKey() instanceof Sum sum && only.getValue().equals(Constant.ONE)) {
        return distributed(sum, coefficient);
      }
    }
    return simplest(coefficient, collected);
  }

  /** A float 0 on its own stays a float. */
  private static Expression onlyNumber(Map<Expression, Expression> others, Scalar coefficient) {
    return others.isEmpty() ? new Constant(coefficient) : Constant.ZERO;
  }

  private Expression distributed(Sum sum, Scalar factor) {
    Map<Expression, Scalar> terms = new LinkedHashMap<>();
    sum.terms().forEach((term, old) -> add(terms, term, old.times(factor)));
    return total(terms);
  }

  /** Multiplies a factor into bases and exponents and returns the number that falls out. */
  Scalar multiply(Map<Expression, Expression> collected, Expression factor) {
    budget.spend(1);
    if (factor instanceof Constant constant) {
      return constant.value();
    }
    if (factor instanceof Product product) {
      Scalar number = product.coefficient();
      for (Map.Entry<Expression, Expression> part : product.factors().entrySet()) {
        number = number.times(multiply(collected, part.getKey(), part.getValue()));
      }
      return number;
    }
    return factor instanceof Power power
        ? multiply(collected, power.base(), power.exponent())
        : multiply(collected, factor, Constant.ONE);
  }

  private Scalar multiply(
      Map<Expression, Expression> collected, Expression base, Expression exponent) {
    budget.spend(1);
    Expression before = collected.remove(base);
    if (before == null) {
      collected.put(base, exponent);
      return Scalar.ONE;
    }
    Expression merged = power(base, sum(before, exponent));
    if (merged instanceof Constant constant) {
      return constant.value();
    }
    if (merged instanceof Power power && power.base().equals(base)) {
      collected.put(base, power.exponent());
      return Scalar.ONE;
    }
    if (merged.equals(base)) {
      collected.put(base, Constant.ONE);
      return Scalar.ONE;
    }
    return multiply(collected, merged);
  }

  Expression quotient(Expression over, Expression under) {
    return product(over, power(under, number(-1)));
  }

  Expression squareRoot(Expression of) {
    return power(of, new Constant(HALF));
  }

  Expression power(Expression base, Expression exponent) {
    budget.spend(1);
    if (base.equals(Named.NAN) || exponent.equals(Named.NAN)) {
      return Named.NAN;
    }
    if (exponent.equals(Constant.ZERO) || base.equals(Constant.ONE)) {
      return Constant.ONE;
    }
    if (exponent.equals(Constant.ONE)) {
      return base;
    }
    if (base.equals(Named.E)) {
      return Exponentials.of(this, exponent);
    }
    if (!(exponent instanceof Constant constant)) {
      return new Power(base, exponent);
    }
    Scalar value = constant.value();
    if (base instanceof Constant number) {
      return Radicals.power(this, number.value(), value);
    }
    if (base instanceof Power inner && (value.isWhole() || isProperFraction(inner.exponent()))) {
      return power(inner.base(), product(inner.exponent(), exponent));
    }
    if (base instanceof Product product) {
      return powerOfProduct(product, constant);
    }
    if (base.equals(Named.I) && value.isWhole()) {
      return powerOfUnit(((Scalar.Exact) value).numerator().mod(BigInteger.valueOf(4)).intValue());
    }
    return new Power(base, exponent);
  }

  private static boolean isProperFraction(Expression exponent) {
    return exponent instanceof Constant constant && Math.abs(constant.value().toDouble()) < 1;
  }

  private Expression powerOfProduct(Product product, Constant exponent) {
    if (exponent.value().isWhole()) {
      Expression result = power(new Constant(product.coefficient()), exponent);
      for (Map.Entry<Expression, Expression> part : product.factors().entrySet()) {
        Expression factor = new Power(part.getKey(), part.getValue());
        factor = part.getValue().equals(Constant.ONE) ? part.getKey() : factor;
        result = product(result, power(factor, exponent));
      }
      return result;
    }
    Scalar size =
        product.coefficient().signum() < 0
            ? product.coefficient().negated()
            : product.coefficient();
    if (size.equals(Scalar.ONE)) {
      return new Power(product, exponent);
    }
    // A positive number may leave any power, a sign may not.
    Scalar sign = Scalar.of(product.coefficient().signum());
    return product(
        power(new Constant(size), exponent), power(simplest(sign, product.factors()), exponent));
  }

  private Expression powerOfUnit(int exponent) {
    return switch (exponent) {
      case 0 -> Constant.ONE;
      case 1 -> Named.I;
      case 2 -> number(-1);
      default -> negated(Named.I);
    };
  }
}
