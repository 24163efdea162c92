package io.amalgam.verifiers.python.expression;

import io.amalgam.verifiers.python.expression.Value.Exact;
import io.amalgam.verifiers.python.expression.Value.Real;
import io.amalgam.verifiers.python.expression.Value.Special;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The functions and constants that an answer may use by name; unknown names are no numbers. */
final class Functions {
  private static final Map<String, Value> CONSTANTS =
      Map.of(
          "pi", new Real(Math.PI),
          "E", new Real(Math.E),
          "oo", Special.INFINITY,
          "zoo", Special.COMPLEX_INFINITY,
          "nan", Special.NAN,
          "True", new Value.Truth(true),
          "False", new Value.Truth(false));

  private static final Map<String, DoubleUnaryOperator> ELEMENTARY =
      Map.of(
          "exp",
          Math::exp,
          "sin",
          Math::sin,
          "cos",
          Math::cos,
          "tan",
          Math::tan,
          "atan",
          Math::atan);

  /** Beyond this a factorial is too large to compute. */
  private static final int MAX_FACTORIAL = 10_000;

  private static final double[] LANCZOS = {
    0.99999999999980993,
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };

  private Functions() {}

  static Value constant(String name) {
    Value value = CONSTANTS.get(name);
    if (value == null) {
      throw ExpressionException.invalid("unknown name");
    }
    return value;
  }

  static Value call(String name, List<Value> arguments) {
    if (name.equals("abs") && only(arguments) instanceof Value.Truth truth) {
      return Value.exact(truth.holds() ? 1 : 0);
    }
    arguments.forEach(Value::number);
    if (name.equals("Max") || name.equals("max") || name.equals("Min") || name.equals("min")) {
      return extreme(arguments, name.charAt(1) == 'a');
    }
    return arguments.size() == 2
        ? binary(name, arguments.get(0), arguments.get(1))
        : unary(name, only(arguments));
  }

  private static Value only(List<Value> arguments) {
    if (arguments.size() != 1) {
      throw ExpressionException.invalid("wrong number of arguments");
    }
    return arguments.get(0);
  }

  private static Value unary(String name, Value x) {
    return switch (name) {
      case "sqrt" -> Arithmetic.Powers.power(x, Value.ratio(BigInteger.ONE, BigInteger.TWO));
      case "cbrt" -> Arithmetic.Powers.power(x, Value.ratio(BigInteger.ONE, BigInteger.valueOf(3)));
      case "Abs", "abs" -> absolute(x);
      case "sign" -> Value.exact((long) Math.signum(x.toDouble()));
      case "floor" -> Arithmetic.floor(x);
      case "ceiling" -> Arithmetic.negate(Arithmetic.floor(Arithmetic.negate(x)));
      case "factorial" -> factorial(x, 1);
      case "factorial2" -> factorial(x, 2);
      case "S", "N", "Integer", "Rational", "Float" -> x;
      case "log", "ln" -> logarithm(x);
      default -> {
        DoubleUnaryOperator function = ELEMENTARY.get(name);
        if (function == null) {
          throw ExpressionException.invalid("unknown function");
        }
        yield new Real(function.applyAsDouble(x.toDouble()));
      }
    };
  }

  private static Value binary(String name, Value x, Value y) {
    return switch (name) {
      case "pow", "Pow" -> Arithmetic.Powers.power(x, y);
      // The second argument only says whether the root is computed at once.
      case "sqrt", "cbrt" -> unary(name, x);
      case "root" -> Arithmetic.Powers.power(x, Arithmetic.apply("/", Value.exact(1), y));
      case "Mod" -> Arithmetic.modulo(x, y);
      case "gcd" -> Value.exact(x.integer().gcd(y.integer()));
      case "lcm" -> lcm(x.integer(), y.integer());
      case "Rational" -> Arithmetic.apply("/", x, y);
      case "log" -> Arithmetic.apply("/", logarithm(x), logarithm(y));
      case "binomial" -> binomial(x.integer(), y.integer());
      default -> throw ExpressionException.invalid("unknown function");
    };
  }

  private static Value extreme(List<Value> arguments, boolean largest) {
    Comparator<Value> order = Comparator.comparingDouble(Value::toDouble);
    return arguments.stream()
        .max(largest ? order : order.reversed())
        .orElseThrow(() -> ExpressionException.invalid("no arguments"));
  }

  private static Value absolute(Value x) {
    if (x == Special.COMPLEX_INFINITY) {
      return Special.INFINITY;
    }
    return x.toDouble() < 0 ? Arithmetic.negate(x) : x;
  }

  private static Value logarithm(Value x) {
    if (x.isZero()) {
      return Special.COMPLEX_INFINITY;
    }
    if (x.equals(Value.exact(1))) {
      return Value.ZERO;
    }
    double value = x.toDouble();
    if (value < 0) {
      throw ExpressionException.invalid("logarithm of a negative number");
    }
    return new Real(Math.log(value));
  }

  private static Value lcm(BigInteger x, BigInteger y) {
    return x.signum() == 0 || y.signum() == 0
        ? Value.ZERO
        : Value.exact(x.divide(x.gcd(y)).multiply(y).abs());
  }

  private static Value factorial(Value x, int step) {
    if (x instanceof Exact exact
        && exact.isInteger()
        && exact.numerator().signum() < 0
        && step == 1) {
      return Special.COMPLEX_INFINITY;
    }
    if (step == 1 && !(x instanceof Exact exact && exact.isInteger())) {
      return new Real(gamma(x.toDouble() + 1));
    }
    BigInteger n = x.integer();
    if (n.signum() < 0) {
      throw ExpressionException.invalid("double factorial of a negative number");
    }
    if (n.compareTo(BigInteger.valueOf(MAX_FACTORIAL)) > 0) {
      throw ExpressionException.tooLarge();
    }
    BigInteger product = BigInteger.ONE;
    for (int factor = n.intValueExact(); factor > 1; factor -= step) {
      product = product.multiply(BigInteger.valueOf(factor));
    }
    return Value.exact(product);
  }

  /**
   * The gamma function by the approximation of Lanczos (g = 7, nine terms), relative error about
   * 10⁻¹⁵.
   */
  private static double gamma(double x) {
    if (x < 0.5) {
      return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
    }
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x - 1 + i);
    }
    double t = x + 6.5;
    return Math.sqrt(2 * Math.PI) * Math.pow(t, x - 0.5) * Math.exp(-t) * sum;
  }

  private static Value binomial(BigInteger n, BigInteger k) {
    if (k.signum() < 0 || (n.signum() >= 0 && k.compareTo(n) > 0)) {
      return Value.ZERO;
    }
    BigInteger count = n.signum() < 0 ? k : k.min(n.subtract(k));
    if (count.compareTo(BigInteger.valueOf(MAX_FACTORIAL)) > 0 || n.bitLength() > 64) {
      throw ExpressionException.tooLarge();
    }
    BigInteger result = BigInteger.ONE;
    for (int i = 1; i <= count.intValueExact(); i++) {
      result =
          result.multiply(n.subtract(BigInteger.valueOf(i - 1L))).divide(BigInteger.valueOf(i));
    }
    return Value.exact(result);
  }
}
