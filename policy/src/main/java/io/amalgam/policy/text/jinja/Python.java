package io.amalgam.policy.text.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What Python does with values: truth, length, iteration, equality and order.
 *
 * <p>Values are {@link None}, {@link Boolean}, {@link Long} or {@link BigInteger}, {@link Double},
 * {@link String}, {@link PyList}, {@link PyTuple}, {@link PyDict}, {@link PyView}, {@link PyRange},
 * {@link PyIterator}, {@link Undefined}, {@link Namespace}, {@link Loop} and {@link Callable}.
 */
final class Python {
  private Python() {}

  static boolean truth(Object marked) {
    Object value = Markup.plain(marked);
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number number) {
      return number instanceof BigInteger || number.doubleValue() != 0;
    }
    if (value == None.NONE || value instanceof Undefined) {
      return false;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    Optional<List<Object>> items = sized(value);
    return items.isEmpty() || !items.get().isEmpty();
  }

  /** The elements of a value that has a length, other than a text. */
  static Optional<List<Object>> sized(Object value) {
    if (value instanceof PyList list) {
      return Optional.of(list.items());
    }
    if (value instanceof PyTuple tuple) {
      return Optional.of(tuple.items());
    }
    if (value instanceof PyDict dict) {
      return Optional.of(dict.keys());
    }
    if (value instanceof PyView view) {
      return Optional.of(view.items());
    }
    if (value instanceof PyRange range) {
      return Optional.of(range.items());
    }
    return value instanceof Undefined ? Optional.of(List.of()) : Optional.empty();
  }

  static int length(Object marked) {
    Object value = Markup.plain(marked);
    if (value instanceof String text) {
      return CodePoints.length(text);
    }
    if (value instanceof PyDict dict) {
      return dict.size();
    }
    if (value instanceof Loop loop) {
      return loop.length();
    }
    return sized(value)
        .orElseThrow(
            () -> JinjaException.type("object of type '" + typeName(value) + "' has no len()"))
        .size();
  }

  static boolean iterable(Object value) {
    return value instanceof String
        || value instanceof Markup
        || value instanceof PyIterator
        || sized(value).isPresent();
  }

  /** The elements of anything that can be walked; an iterator is used up by it. */
  static List<Object> elements(Object marked) {
    Object value = Markup.plain(marked);
    if (value instanceof String text) {
      List<Object> letters = new ArrayList<>();
      text.codePoints().forEach(c -> letters.add(Character.toString(c)));
      return letters;
    }
    if (value instanceof PyIterator iterator) {
      List<Object> rest = new ArrayList<>();
      for (Iterator<Object> it = iterator.rest(); it.hasNext(); ) {
        rest.add(it.next());
      }
      return rest;
    }
    return sized(value)
        .orElseThrow(() -> JinjaException.type("'" + typeName(value) + "' object is not iterable"));
  }

  static boolean contains(Object in, Object sought) {
    Object container = Markup.plain(in);
    Object value = Markup.plain(sought);
    if (container instanceof String text) {
      if (value instanceof String part) {
        return text.contains(part);
      }
      throw JinjaException.type(
          "'in <string>' requires string as left operand, not " + typeName(value));
    }
    if (container instanceof PyDict dict) {
      return dict.get(value).isPresent();
    }
    if (!iterable(container)) {
      throw JinjaException.type("argument of type '" + typeName(container) + "' is not iterable");
    }
    for (Object element : elements(container)) {
      if (equal(element, value)) {
        return true;
      }
    }
    return false;
  }

  static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  static boolean isInteger(Object value) {
    return value instanceof Long || value instanceof BigInteger || value instanceof Boolean;
  }

  static boolean equal(Object one, Object other) {
    Object a = Markup.plain(one);
    Object b = Markup.plain(other);
    if (isNumber(a) && isNumber(b)) {
      return !notANumber(a) && !notANumber(b) && compareNumbers(a, b) == 0;
    }
    if (a instanceof PyList x && b instanceof PyList y) {
      return equalItems(x.items(), y.items());
    }
    if (a instanceof PyTuple x && b instanceof PyTuple y) {
      return equalItems(x.items(), y.items());
    }
    if (a instanceof PyDict x && b instanceof PyDict y) {
      return x.size() == y.size()
          && x.entries().stream()
              .allMatch(e -> y.get(e.key()).map(own -> equal(e.value(), own)).orElse(false));
    }
    if (a instanceof PyRange x && b instanceof PyRange y) {
      return equalItems(x.items(), y.items());
    }
    if (a instanceof PyView x && b instanceof PyView y && x.set() && y.set()) {
      return x.compared(y).filter(order -> order == 0).isPresent();
    }
    if (a instanceof Undefined && b instanceof Undefined) {
      return true;
    }
    return a instanceof String ? a.equals(b) : a == b;
  }

  private static boolean equalItems(List<Object> x, List<Object> y) {
    if (x.size() != y.size()) {
      return false;
    }
    for (int i = 0; i < x.size(); i++) {
      if (!equal(x.get(i), y.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean notANumber(Object value) {
    return value instanceof Double number && number.isNaN();
  }

  private static int compareNumbers(Object a, Object b) {
    if (a instanceof Double x && (x.isInfinite() || b instanceof Double)
        || b instanceof Double y && y.isInfinite()) {
      return Double.compare(Arithmetic.toDouble(a) + 0.0, Arithmetic.toDouble(b) + 0.0);
    }
    return exact(a).compareTo(exact(b));
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Double value
        ? new BigDecimal(value)
        : new BigDecimal(Arithmetic.toBig(number));
  }

  /**
   * The order of two values; {@code operator} is for the message only. Comparing with NaN gives
   * empty.
   */
  static Optional<Integer> compare(Object one, Object other, String operator) {
    Object a = Markup.plain(one);
    Object b = Markup.plain(other);
    if (isNumber(a) && isNumber(b)) {
      return notANumber(a) || notANumber(b) ? Optional.empty() : Optional.of(compareNumbers(a, b));
    }
    if (a instanceof String x && b instanceof String y) {
      return Optional.of(CodePoints.compare(x, y));
    }
    if ((a instanceof PyList && b instanceof PyList)
        || (a instanceof PyTuple && b instanceof PyTuple)) {
      List<Object> x = elements(a);
      List<Object> y = elements(b);
      for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
        if (!equal(x.get(i), y.get(i))) {
          return compare(x.get(i), y.get(i), operator);
        }
      }
      return Optional.of(Integer.compare(x.size(), y.size()));
    }
    if (a instanceof PyView x && b instanceof PyView y && x.set() && y.set()) {
      return x.compared(y);
    }
    refuseUndefined(a);
    refuseUndefined(b);
    throw JinjaException.type(
        "'"
            + operator
            + "' not supported between instances of '"
            + typeName(a)
            + "' and '"
            + typeName(b)
            + "'");
  }

  static void refuseUndefined(Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
  }

  /** A text argument, refused if it is anything else. */
  static String text(Object value) {
    if (Markup.plain(value) instanceof String text) {
      return text;
    }
    refuseUndefined(value);
    throw JinjaException.type("expected a str, got '" + typeName(value) + "'");
  }

  /**
   * An integer argument that fits an {@code int}; beyond that the nearest {@code int}, which no
   * length reaches.
   */
  static int index(Object value) {
    if (!isInteger(value)) {
      refuseUndefined(value);
      throw JinjaException.type(
          "'" + typeName(value) + "' object cannot be interpreted as an integer");
    }
    BigInteger number = Arithmetic.toBig(value);
    return number.bitLength() < 32
        ? number.intValue()
        : number.signum() < 0 ? -Integer.MAX_VALUE : Integer.MAX_VALUE;
  }

  static String typeName(Object value) {
    if (value == None.NONE) {
      return "NoneType";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof Double) {
      return "float";
    }
    if (value instanceof Number) {
      return "int";
    }
    if (value instanceof String) {
      return "str";
    }
    if (value instanceof Markup) {
      return "Markup";
    }
    if (value instanceof PyList) {
      return "list";
    }
    if (value instanceof PyTuple) {
      return "tuple";
    }
    if (value instanceof PyDict) {
      return "dict";
    }
    if (value instanceof PyView view) {
      return view.type();
    }
    if (value instanceof PyIterator iterator) {
      return iterator.type();
    }
    if (value instanceof PyRange) {
      return "range";
    }
    if (value instanceof Namespace) {
      return "Namespace";
    }
    if (value instanceof Loop) {
      return "LoopContext";
    }
    if (value instanceof Undefined) {
      return "Undefined";
    }
    return value instanceof Macro ? "Macro" : "function";
  }
}
