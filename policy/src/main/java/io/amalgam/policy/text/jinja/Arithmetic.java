package io.amalgam.policy.text.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arithmetic operators: integers of any size, floats, and the texts and lists that some of them
 * take.
 */
final class Arithmetic {
  /**
   * Integers beyond this many bits are refused; no template needs them and they could fill the
   * memory.
   */
  private static final int LARGEST_BITS = 100_000;

  private Arithmetic() {}

  static BigInteger toBig(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? BigInteger.ONE : BigInteger.ZERO;
    }
    return value instanceof BigInteger big ? big : BigInteger.valueOf(((Number) value).longValue());
  }

  static double toDouble(Object value) {
    return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
  }

  static Object narrowed(BigInteger value) {
    if (value.bitLength() > LARGEST_BITS) {
      throw JinjaException.limit(
          "the template computes an integer of " + value.bitLength() + " bits");
    }
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  static Object apply(Run run, String operator, Object a, Object b) {
    run.budget().step();
    if (Python.isNumber(a) && Python.isNumber(b)) {
      return a instanceof Double || b instanceof Double || operator.equals("/")
          ? floats(operator, toDouble(a), toDouble(b))
          : integers(operator, toBig(a), toBig(b));
    }
    if (a instanceof Markup || b instanceof Markup) {
      return markups(run, operator, a, b);
    }
    switch (operator) {
      case "+" -> {
        if (a instanceof String x && b instanceof String y) {
          run.budget().allocate((long) x.length() + y.length());
          return x + y;
        }
        if (a instanceof PyList x && b instanceof PyList y) {
          return new PyList(together(run, x.items(), y.items()));
        }
        if (a instanceof PyTuple x && b instanceof PyTuple y) {
          return new PyTuple(together(run, x.items(), y.items()));
        }
      }
      case "*" -> {
        if (Python.isInteger(b)
            && (a instanceof String || a instanceof PyList || a instanceof PyTuple)) {
          return repeated(run, a, Python.index(b));
        }
        if (Python.isInteger(a)
            && (b instanceof String || b instanceof PyList || b instanceof PyTuple)) {
          return repeated(run, b, Python.index(a));
        }
      }
      case "%" -> {
        if (a instanceof String format) {
          return new PercentFormat(run, format, b).result();
        }
      }
      default -> {}
    }
    Python.refuseUndefined(a);
    Python.refuseUndefined(b);
    if (operator.equals("+") && a instanceof String) {
      throw JinjaException.type(
          "can only concatenate str (not \"" + Python.typeName(b) + "\") to str");
    }
    throw JinjaException.type(
        "unsupported operand type(s) for "
            + operator
            + ": '"
            + Python.typeName(a)
            + "' and '"
            + Python.typeName(b)
            + "'");
  }

  private static Object markups(Run run, String operator, Object a, Object b) {
    Optional<Object> sum = operator.equals("+") ? Markup.sum(run, a, b) : Optional.empty();
    if (sum.isPresent()) {
      return sum.get();
    }
    Object value = apply(run, operator, Markup.plain(a), Markup.plain(b));
    return value instanceof String text && a instanceof Markup ? new Markup(text) : value;
  }

  private static List<Object> together(Run run, List<Object> a, List<Object> b) {
    run.budget().allocate((long) a.size() + b.size());
    List<Object> out = new ArrayList<>(a);
    out.addAll(b);
    return out;
  }

  private static Object repeated(Run run, Object value, int times) {
    int count = Math.max(0, times);
    if (value instanceof String text) {
      run.budget().allocate((long) text.length() * count);
      return text.repeat(count);
    }
    List<Object> items = Python.elements(value);
    run.budget().allocate((long) items.size() * count);
    List<Object> out = new ArrayList<>();
    for (int i = 0; i < count && !items.isEmpty(); i++) {
      out.addAll(items);
    }
    return value instanceof PyList ? new PyList(out) : new PyTuple(out);
  }

  private static Object integers(String operator, BigInteger a, BigInteger b) {
    return switch (operator) {
      case "+" -> narrowed(a.add(b));
      case "-" -> narrowed(a.subtract(b));
      case "*" -> narrowed(a.multiply(b));
      case "//" -> narrowed(floorDivided(a, b));
      case "%" -> narrowed(a.subtract(floorDivided(a, b).multiply(b)));
      case "**" -> power(a, b);
      default -> throw JinjaException.type("unsupported operator " + operator);
    };
  }

  private static BigInteger floorDivided(BigInteger a, BigInteger b) {
    if (b.signum() == 0) {
      throw JinjaException.type("integer division or modulo by zero");
    }
    BigInteger[] parts = a.divideAndRemainder(b);
    return parts[1].signum() != 0 && parts[1].signum() != b.signum()
        ? parts[0].subtract(BigInteger.ONE)
        : parts[0];
  }

  private static Object power(BigInteger a, BigInteger b) {
    if (b.signum() < 0) {
      return floats("**", a.doubleValue(), b.doubleValue());
    }
    if (a.abs().bitLength() > 1
        && (b.bitLength() > 31 || (long) a.abs().bitLength() * b.intValue() > LARGEST_BITS)) {
      throw JinjaException.limit(
          "the template computes " + a.bitLength() + "-bit integers to the power of " + b);
    }
    return narrowed(b.bitLength() > 31 ? a.pow(b.testBit(0) ? 1 : 2) : a.pow(b.intValue()));
  }

  private static Object floats(String operator, double a, double b) {
    switch (operator) {
      case "+":
        return a + b;
      case "-":
        return a - b;
      case "*":
        return a * b;
      case "**":
        if (a == 0 && b < 0) {
          throw JinjaException.type("0.0 cannot be raised to a negative power");
        }
        return Math.pow(a, b);
      default:
        break;
    }
    if (b == 0) {
      throw JinjaException.type("division by zero");
    }
    return switch (operator) {
      case "/" -> a / b;
      case "//" -> Math.floor(a / b);
      default -> {
        double rest = a % b;
        yield rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
      }
    };
  }

  static Object negated(Object value) {
    if (value instanceof Double number) {
      return -number;
    }
    if (Python.isInteger(value)) {
      return narrowed(toBig(value).negate());
    }
    Python.refuseUndefined(value);
    throw JinjaException.type("bad operand type for unary -: '" + Python.typeName(value) + "'");
  }

  /**
   * Python's {@code round}: to even for ties of the exact binary value; without digits an integer.
   */
  static Object rounded(Object value, int digits) {
    if (!(value instanceof Double number) || number.isNaN() || number.isInfinite()) {
      return value;
    }
    if (digits > 400 || digits < -400) {
      return digits > 0 ? value : (Object) 0.0;
    }
    double rounded =
        new BigDecimal(number).setScale(digits, java.math.RoundingMode.HALF_EVEN).doubleValue();
    // a negative number that is rounded to zero stays negative
    return Math.copySign(rounded, number);
  }
}
