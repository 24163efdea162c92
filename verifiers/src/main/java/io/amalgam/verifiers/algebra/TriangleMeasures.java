package io.amalgam.verifiers.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Measures of a triangle with whole coordinates as doubles, rounded on the way where SymPy's {@code
 * evalf} rounds: first to 57 bits, then to 53.
 */
public final class TriangleMeasures {
  private static final BigDecimal HALF_TURN = BigDecimal.valueOf(180);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final MathContext DIGITS = ComplexNumber.DIGITS;

  /** Bits of an intermediate result, and of the argument of a function. */
  private static final int WORKING_BITS = 57;

  private static final int ARGUMENT_BITS = 62;

  private TriangleMeasures() {}

  /**
   * The angle between two vectors in degrees.
   *
   * @param dot the vectors' dot product
   * @param squares the product of the squares of their lengths
   */
  public static double degrees(BigInteger dot, BigInteger squares) {
    BigDecimal root = new BigDecimal(squares).sqrt(DIGITS);
    BigDecimal cosine = new BigDecimal(dot).divide(root, DIGITS);
    BigDecimal argument = rounded(cosine, ARGUMENT_BITS, RoundingMode.HALF_EVEN);
    // Where the original knows the angle as a part of pi, it does not compute it from the cosine.
    BigInteger square = dot.multiply(dot);
    boolean known =
        square.signum() == 0
            || square.shiftLeft(1).equals(squares)
            || square.shiftLeft(2).equals(squares)
            || square.shiftLeft(2).equals(squares.multiply(BigInteger.valueOf(3)));
    BigDecimal used = known ? cosine : argument;
    BigDecimal sine = BigDecimal.ONE.subtract(used.multiply(used)).sqrt(DIGITS);
    BigDecimal angle = new ComplexNumber(used, sine).log().im();
    double radians = nearest(angle);
    double scaled = new BigDecimal(radians).multiply(HALF_TURN).doubleValue();
    return nearest(new BigDecimal(scaled).divide(ComplexNumber.PI, DIGITS));
  }

  /**
   * The radius of the incircle: twice the area divided by the sum of the sides, of which the
   * squares are given.
   */
  public static double incircleRadius(
      BigInteger twiceArea, BigInteger a, BigInteger b, BigInteger c) {
    BigDecimal sides =
        new BigDecimal(a)
            .sqrt(DIGITS)
            .add(new BigDecimal(b).sqrt(DIGITS))
            .add(new BigDecimal(c).sqrt(DIGITS));
    return nearest(new BigDecimal(twiceArea).divide(sides, DIGITS));
  }

  /** The double for a fraction, which is cut off after 57 bits before it is rounded. */
  public static double fraction(BigInteger over, BigInteger under) {
    BigDecimal exact = new BigDecimal(over).divide(new BigDecimal(under), DIGITS);
    return rounded(exact, WORKING_BITS, RoundingMode.DOWN).doubleValue();
  }

  private static double nearest(BigDecimal value) {
    return rounded(value, WORKING_BITS, RoundingMode.HALF_EVEN).doubleValue();
  }

  /** The number with so many significant bits. */
  private static BigDecimal rounded(BigDecimal value, int bits, RoundingMode mode) {
    if (value.signum() == 0) {
      return value;
    }
    int exponent = Math.getExponent(value.doubleValue());
    if (value.abs().compareTo(powerOfTwo(exponent)) < 0) {
      // Rounding to a double has carried into the next power of two.
      exponent--;
    }
    BigDecimal unit = powerOfTwo(exponent - bits + 1);
    return value.divide(unit, DIGITS).setScale(0, mode).multiply(unit);
  }

  private static BigDecimal powerOfTwo(int exponent) {
    return exponent < 0 ? BigDecimal.ONE.divide(TWO.pow(-exponent)) : TWO.pow(exponent);
  }
}
