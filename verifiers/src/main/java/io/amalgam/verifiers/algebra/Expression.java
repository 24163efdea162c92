package io.amalgam.verifiers.algebra;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An expression in the form that {@link Algebra} gives it; two are equal if that form is.
 * Immutable. The hash is kept, so that comparing costs time only where expressions agree.
 */
public abstract sealed class Expression {
  private final int hash;

  private Expression(int hash) {
    this.hash = hash;
  }

  @Override
  public final int hashCode() {
    return hash;
  }

  @Override
  public final boolean equals(Object other) {
    return this == other
        || (other instanceof Expression expression
            && hash == expression.hash
            && getClass() == expression.getClass()
            && same(expression));
  }

  abstract boolean same(Expression other);

  /** A number. */
  public static final class Constant extends Expression {
    static final Constant ZERO = new Constant(Scalar.ZERO);
    static final Constant ONE = new Constant(Scalar.ONE);

    private final Scalar value;

    Constant(Scalar value) {
      super(value.hashCode());
      this.value = value;
    }

    Scalar value() {
      return value;
    }

    @Override
    boolean same(Expression other) {
      return value.equals(((Constant) other).value);
    }
  }

  /** A named number, such as pi; the infinities and "not a number" are among them. */
  public static final class Named extends Expression {
    static final Named E = new Named("E");
    static final Named PI = new Named("pi");
    static final Named I = new Named("I");
    static final Named NAN = new Named("nan");
    static final Named INFINITY = new Named("oo");
    static final Named COMPLEX_INFINITY = new Named("zoo");

    private final String name;

    private Named(String name) {
      super(name.hashCode() + 1);
      this.name = name;
    }

    @Override
    boolean same(Expression other) {
      return name.equals(((Named) other).name);
    }
  }

  /** An unknown. */
  public static final class Symbol extends Expression {
    private final String name;

    Symbol(String name) {
      super(name.hashCode() + 2);
      this.name = name;
    }

    String name() {
      return name;
    }

    @Override
    boolean same(Expression other) {
      return name.equals(((Symbol) other).name);
    }
  }

  /** At least two terms with coefficients other than 0; the constant stands beside the term 1. */
  public static final class Sum extends Expression {
    private final Map<Expression, Scalar> terms;

    Sum(Map<Expression, Scalar> terms) {
      super(terms.hashCode() * 31 + 3);
      this.terms = terms;
    }

    Map<Expression, Scalar> terms() {
      return terms;
    }

    @Override
    boolean same(Expression other) {
      return terms.equals(((Sum) other).terms);
    }
  }

  /** A coefficient and bases with exponents. */
  public static final class Product extends Expression {
    private final Scalar coefficient;
    private final Map<Expression, Expression> factors;

    Product(Scalar coefficient, Map<Expression, Expression> factors) {
      super(factors.hashCode() * 31 + coefficient.hashCode() + 4);
      this.coefficient = coefficient;
      this.factors = factors;
    }

    Scalar coefficient() {
      return coefficient;
    }

    Map<Expression, Expression> factors() {
      return factors;
    }

    @Override
    boolean same(Expression other) {
      Product product = (Product) other;
      return coefficient.equals(product.coefficient) && factors.equals(product.factors);
    }
  }

  /** A power that cannot be worked out; of E, it is the exponential function. */
  public static final class Power extends Expression {
    private final Expression base;
    private final Expression exponent;

    Power(Expression base, Expression exponent) {
      super(Objects.hash(base, exponent) + 5);
      this.base = base;
      this.exponent = exponent;
    }

    Expression base() {
      return base;
    }

    Expression exponent() {
      return exponent;
    }

    @Override
    boolean same(Expression other) {
      Power power = (Power) other;
      return base.equals(power.base) && exponent.equals(power.exponent);
    }
  }

  /** A function of arguments. */
  public static final class Call extends Expression {
    private final String function;
    private final List<Expression> arguments;

    Call(String function, List<Expression> arguments) {
      super(Objects.hash(function, arguments) + 6);
      this.function = function;
      this.arguments = List.copyOf(arguments);
    }

    String function() {
      return function;
    }

    List<Expression> arguments() {
      return arguments;
    }

    @Override
    boolean same(Expression other) {
      Call call = (Call) other;
      return function.equals(call.function) && arguments.equals(call.arguments);
    }
  }
}
