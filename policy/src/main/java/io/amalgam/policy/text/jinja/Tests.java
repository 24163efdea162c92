package io.amalgam.policy.text.jinja;

import java.util.HashMap;
import java.util.Map;

/** What can follow {@code is}. */
final class Tests {
  private interface Test {
    boolean holds(Run run, Object value, Arguments arguments);
  }

  private interface Unary {
    boolean holds(Object value);
  }

  private static final Map<String, Test> ALL = new HashMap<>();

  static {
    unary("defined", value -> !(value instanceof Undefined));
    unary("undefined", value -> value instanceof Undefined);
    unary("none", value -> value == None.NONE);
    unary("boolean", value -> value instanceof Boolean);
    unary("true", value -> Boolean.TRUE.equals(value));
    unary("false", value -> Boolean.FALSE.equals(value));
    unary("integer", value -> Python.isInteger(value) && !(value instanceof Boolean));
    unary("float", value -> value instanceof Double);
    unary("number", Python::isNumber);
    unary("string", value -> Markup.plain(value) instanceof String);
    unary("mapping", value -> value instanceof PyDict);
    unary("sequence", Tests::sequence);
    unary("iterable", value -> Python.iterable(value) || value instanceof Loop);
    unary("callable", value -> value instanceof Callable || value instanceof Undefined);
    unary("escaped", value -> value instanceof Markup);
    unary("lower", value -> TextMethods.lower(Repr.str(value)));
    unary("upper", value -> TextMethods.upper(Repr.str(value)));
    ALL.put("odd", (run, value, a) -> remainder(run, value, a.bind("odd", 0), 2L).equals(1L));
    ALL.put("even", (run, value, a) -> remainder(run, value, a.bind("even", 0), 2L).equals(0L));
    ALL.put(
        "divisibleby",
        (run, value, a) -> {
          Arguments.Bound bound = a.bind("divisibleby", 1, "num");
          return !Python.truth(remainder(run, value, bound, bound.get(0)));
        });
    ALL.put(
        "filter",
        (run, value, a) -> PyDict.hashed(value) instanceof String name && Filters.has(name));
    ALL.put(
        "test",
        (run, value, a) -> PyDict.hashed(value) instanceof String name && ALL.containsKey(name));
    ALL.put("sameas", (run, value, a) -> same(value, a.bind("sameas", 1, "other").get(0)));
    ALL.put("in", (run, value, a) -> Python.contains(a.bind("in", 1, "seq").get(0), value));
    comparison("==", "==", "eq", "equalto");
    comparison("!=", "!=", "ne");
    comparison("<", "<", "lt", "lessthan");
    comparison("<=", "<=", "le");
    comparison(">", ">", "gt", "greaterthan");
    comparison(">=", ">=", "ge");
  }

  private Tests() {}

  private static void unary(String name, Unary test) {
    ALL.put(
        name,
        (run, value, arguments) -> {
          arguments.bind(name, 0);
          return test.holds(value);
        });
  }

  private static void comparison(String operator, String... names) {
    for (String name : names) {
      ALL.put(
          name,
          (run, value, arguments) ->
              Operators.holds(operator, value, arguments.bind(name, 1, "other").get(0)));
    }
  }

  private static Object remainder(Run run, Object value, Arguments.Bound bound, Object by) {
    if (!Python.isNumber(value)) {
      Python.refuseUndefined(value);
      throw JinjaException.type("unsupported operand type for %: '" + Python.typeName(value) + "'");
    }
    Object rest = Arithmetic.apply(run, "%", value, by);
    return rest instanceof Double number && number == Math.rint(number)
        ? (Object) number.longValue()
        : rest;
  }

  private static boolean sequence(Object value) {
    return Markup.plain(value) instanceof String
        || value instanceof PyDict
        || value instanceof Undefined
        || Lookup.positioned(value).isPresent();
  }

  private static boolean same(Object a, Object b) {
    return a == b
        || ((a instanceof String || a instanceof Boolean || a instanceof Number) && a.equals(b));
  }

  static boolean holds(Run run, String name, Object value, Arguments arguments) {
    Test test = ALL.get(name);
    if (test == null) {
      throw JinjaException.type("No test named '" + name + "'.");
    }
    run.budget().step();
    return test.holds(run, value, arguments);
  }
}
