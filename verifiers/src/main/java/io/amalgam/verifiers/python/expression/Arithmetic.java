package io.amalgam.verifiers.python.expression;

import io.amalgam.verifiers.python.expression.Value.Exact;
import io.amalgam.verifiers.python.expression.Value.Real;
import io.amalgam.verifiers.python.expression.Value.Special;
import java.math.BigInteger;

/**
 * The operators on values, as SymPy's numbers define them: exact fractions, x/0 infinite, 0/0 not a
 * number.
 */
final class Arithmetic {
  private static final int MAX_ROOT = 64;

  private static final int MAX_SHIFT_BITS = 36;

  private Arithmetic() {}

  static Value apply(String operator, Value left, Value right) {
    if (left instanceof Value.Truth || right instanceof Value.Truth) {
      return withTruth(operator, left, right);
    }
    left.number();
    right.number();
    return switch (operator) {
      case "+" -> add(left, right);
      case "-" -> add(left, negate(right));
      case "*" -> multiply(left, right);
      case "/" -> multiply(left, reciprocal(left, right));
      case "//" -> floorDivide(left, right);
      case "%" -> modulo(left, right);
      case "**" -> Powers.power(left, right);
      case "|" -> Value.exact(left.integer().or(right.integer()));
      case "^" -> Value.exact(left.integer().xor(right.integer()));
      case "&" -> Value.exact(left.integer().and(right.integer()));
      case "<<" -> shiftLeft(left.integer(), distance(right.integer()));
      case ">>" -> Value.exact(left.integer().shiftRight(distance(right.integer())));
      default -> throw ExpressionException.invalid("unknown operator " + operator);
    };
  }

  /**
   * A truth value is 0 or 1 beside a whole number, but SymPy neither divides by one nor raises to
   * one.
   */
  private static Value withTruth(String operator, Value left, Value right) {
    if (operator.equals("/") || operator.equals("**")) {
      throw ExpressionException.invalid("a truth value is no number");
    }
    return apply(operator, Value.exact(counted(left)), Value.exact(counted(right)));
  }

  static BigInteger counted(Value value) {
    return value instanceof Value.Truth truth
        ? (truth.holds() ? BigInteger.ONE : BigInteger.ZERO)
        : value.integer();
  }

  static Value negate(Value value) {
    if (value instanceof Value.Truth) {
      return Value.exact(counted(value).negate());
    }
    if (value instanceof Exact exact) {
      return new Exact(exact.numerator().negate(), exact.denominator());
    }
    if (value instanceof Real real) {
      return new Real(-real.value());
    }
    if (value == Special.INFINITY) {
      return Special.NEGATIVE_INFINITY;
    }
    return value == Special.NEGATIVE_INFINITY ? Special.INFINITY : value;
  }

  private static Value add(Value left, Value right) {
    if (left instanceof Exact a && right instanceof Exact b) {
      return Value.ratio(
          a.numerator().multiply(b.denominator()).add(b.numerator().multiply(a.denominator())),
          a.denominator().multiply(b.denominator()));
    }
    if (left instanceof Special || right instanceof Special) {
      boolean both = left instanceof Special && right instanceof Special;
      if (left == Special.NAN || right == Special.NAN) {
        return Special.NAN;
      }
      if (both) {
        return left == right && left != Special.COMPLEX_INFINITY ? left : Special.NAN;
      }
      return left instanceof Special ? left : right;
    }
    return new Real(left.toDouble() + right.toDouble());
  }

  private static Value multiply(Value left, Value right) {
    if (left instanceof Exact a && right instanceof Exact b) {
      return Value.ratio(
          a.numerator().multiply(b.numerator()), a.denominator().multiply(b.denominator()));
    }
    if (left instanceof Special || right instanceof Special) {
      if (left == Special.NAN || right == Special.NAN || left.isZero() || right.isZero()) {
        return Special.NAN;
      }
      if (left == Special.COMPLEX_INFINITY || right == Special.COMPLEX_INFINITY) {
        return Special.COMPLEX_INFINITY;
      }
      boolean negative = left.toDouble() < 0 != right.toDouble() < 0;
      return negative ? Special.NEGATIVE_INFINITY : Special.INFINITY;
    }
    return new Real(left.toDouble() * right.toDouble());
  }

  private static Value reciprocal(Value dividend, Value value) {
    if (value.isZero()) {
      return dividend.isZero() ? Special.NAN : Special.COMPLEX_INFINITY;
    }
    if (value instanceof Exact exact) {
      return Value.ratio(exact.denominator(), exact.numerator());
    }
    if (value instanceof Special) {
      return value == Special.NAN ? Special.NAN : Value.ZERO;
    }
    return new Real(1 / value.toDouble());
  }

  private static Value floorDivide(Value left, Value right) {
    if (right.isZero()) {
      throw ExpressionException.invalid("division by zero");
    }
    return floor(multiply(left, reciprocal(left, right)));
  }

  static Value floor(Value value) {
    if (value instanceof Exact exact) {
      return Value.exact(exact.floor());
    }
    return value instanceof Real real ? whole(Math.floor(real.value())) : value;
  }

  private static Value whole(double value) {
    return Double.isFinite(value)
        ? Value.exact(new java.math.BigDecimal(value).toBigInteger())
        : new Real(value);
  }

  static Value modulo(Value left, Value right) {
    if (right.isZero()) {
      throw ExpressionException.invalid("division by zero");
    }
    return add(left, negate(multiply(right, floorDivide(left, right))));
  }

  private static int distance(BigInteger distance) {
    if (distance.signum() < 0) {
      throw ExpressionException.invalid("negative shift");
    }
    if (distance.bitLength() > MAX_SHIFT_BITS) {
      // Python refuses such a shift for want of memory, unlike a power of the same size.
      throw ExpressionException.invalid("shifted too far");
    }
    return distance.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValueExact();
  }

  private static Value shiftLeft(BigInteger value, int distance) {
    if (value.signum() == 0) {
      return Value.ZERO;
    }
    if (distance > Value.MAX_BITS) {
      throw ExpressionException.tooLarge();
    }
    return Value.exact(value.shiftLeft(distance));
  }

  /** Powers and roots. */
  static final class Powers {
    private Powers() {}

    static Value power(Value base, Value exponent) {
      if (base instanceof Special || exponent instanceof Special) {
        throw ExpressionException.invalid("power with infinity");
      }
      if (exponent.isZero()) {
        return exponent instanceof Exact ? Value.exact(1) : new Real(1);
      }
      if (base.isZero()) {
        return exponent.toDouble() < 0 ? Special.COMPLEX_INFINITY : base;
      }
      if (base instanceof Exact a && exponent instanceof Exact b) {
        return b.isInteger() ? wholePower(a, b.numerator()) : fractionalPower(a, b);
      }
      double result = Math.pow(base.toDouble(), exponent.toDouble());
      if (Double.isNaN(result)) {
        throw ExpressionException.invalid("not a real number");
      }
      return new Real(result);
    }

    private static Value wholePower(Exact base, BigInteger exponent) {
      if (base.isInteger() && base.numerator().abs().equals(BigInteger.ONE)) {
        return exponent.testBit(0) ? base : Value.exact(1);
      }
      int bits = Math.max(base.numerator().bitLength(), base.denominator().bitLength());
      if (exponent.bitLength() > 31 || (bits - 1L) * exponent.abs().longValue() > Value.MAX_BITS) {
        throw ExpressionException.tooLarge();
      }
      int count = exponent.abs().intValueExact();
      BigInteger numerator = base.numerator().pow(count);
      BigInteger denominator = base.denominator().pow(count);
      return exponent.signum() > 0
          ? Value.ratio(numerator, denominator)
          : Value.ratio(denominator, numerator);
    }

    private static Value fractionalPower(Exact base, Exact exponent) {
      if (base.numerator().signum() < 0) {
        throw ExpressionException.invalid("root of a negative number");
      }
      if (exponent.denominator().bitLength() <= 6) {
        int root = exponent.denominator().intValueExact();
        BigInteger numerator = root(base.numerator(), root);
        BigInteger denominator = root(base.denominator(), root);
        if (numerator.signum() > 0 && denominator.signum() > 0) {
          return wholePower(Value.ratio(numerator, denominator), exponent.numerator());
        }
      }
      return new Real(Math.pow(base.toDouble(), exponent.toDouble()));
    }

    /** The exact root, or 0 if there is none or the number is too large to look. */
    private static BigInteger root(BigInteger value, int degree) {
      if (degree > MAX_ROOT || value.bitLength() > 1000) {
        return BigInteger.ZERO;
      }
      double guess = Math.pow(value.doubleValue(), 1.0 / degree);
      BigInteger candidate =
          degree == 2 ? value.sqrt() : new java.math.BigDecimal(Math.rint(guess)).toBigInteger();
      return candidate.pow(degree).equals(value) ? candidate : BigInteger.ZERO;
    }
  }
}
