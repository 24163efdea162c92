package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Expressions that look something up or call it. */
final class Access {
  private Access() {}

  record Name(String name) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      frame.run().budget().step();
      return frame.get(name);
    }
  }

  record Attribute(Expression owner, String name) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return Lookup.attribute(owner.evaluate(frame), name);
    }
  }

  record Item(Expression owner, Expression key) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object value = owner.evaluate(frame);
      return Lookup.item(value, key.evaluate(frame));
    }
  }

  record Slice(Expression owner, Expression from, Expression to, Expression step)
      implements Expression {
    /** Jinja slices constants while it compiles, and what cannot be sliced is undefined there. */
    private boolean constant() {
      return Operators.constant(owner)
          && Operators.constant(from)
          && Operators.constant(to)
          && Operators.constant(step);
    }

    @Override
    public Object evaluate(Frame frame) {
      Object value = owner.evaluate(frame);
      Object[] bounds = {from.evaluate(frame), to.evaluate(frame), step.evaluate(frame)};
      if (constant() && !Lookup.sliceable(value, bounds)) {
        return new Undefined("'" + Python.typeName(value) + "' object cannot be sliced so");
      }
      return Lookup.slice(frame.run(), value, bounds[0], bounds[1], bounds[2]);
    }
  }

  record Named(String name, Expression value) {}

  /** The arguments of a call as written. */
  record CallArguments(
      List<Expression> positional,
      List<Named> named,
      Optional<Expression> spread,
      Optional<Expression> spreadNamed) {
    static final CallArguments NONE =
        new CallArguments(List.of(), List.of(), Optional.empty(), Optional.empty());

    Arguments evaluate(Frame frame) {
      List<Object> values = new ArrayList<>(positional.size());
      positional.forEach(argument -> values.add(argument.evaluate(frame)));
      Map<String, Object> byName = new LinkedHashMap<>();
      named.forEach(argument -> put(byName, argument.name(), argument.value().evaluate(frame)));
      spread.ifPresent(list -> values.addAll(Python.elements(list.evaluate(frame))));
      if (spreadNamed.isPresent()) {
        Object map = spreadNamed.get().evaluate(frame);
        if (!(map instanceof PyDict dict)) {
          throw JinjaException.type(
              "argument after ** must be a mapping, not " + Python.typeName(map));
        }
        dict.entries().forEach(entry -> put(byName, Python.text(entry.key()), entry.value()));
      }
      return new Arguments(values, byName);
    }

    private static void put(Map<String, Object> byName, String name, Object value) {
      if (byName.put(name, value) != null) {
        throw JinjaException.type("got multiple values for keyword argument '" + name + "'");
      }
    }
  }

  record Call(Expression function, CallArguments arguments) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return call(frame, function.evaluate(frame), arguments.evaluate(frame));
    }

    /** The call with a caller, as a {@code call} block makes it. */
    Object evaluate(Frame frame, Macro caller) {
      Arguments given = arguments.evaluate(frame);
      Map<String, Object> named = new LinkedHashMap<>(given.named());
      named.put("caller", caller);
      return call(frame, function.evaluate(frame), new Arguments(given.positional(), named));
    }
  }

  static Object call(Frame frame, Object function, Arguments arguments) {
    Python.refuseUndefined(function);
    if (!(function instanceof Callable callable)) {
      throw JinjaException.type("'" + Python.typeName(function) + "' object is not callable");
    }
    Budget budget = frame.run().budget();
    budget.step();
    budget.enter();
    Object value = callable.call(frame.run(), arguments);
    budget.leave();
    return value;
  }

  record Filtered(Expression value, String name, CallArguments arguments) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object subject = value.evaluate(frame);
      return Filters.apply(frame.run(), name, subject, arguments.evaluate(frame));
    }
  }

  record Tested(Expression value, String name, CallArguments arguments) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object subject = value.evaluate(frame);
      return Tests.holds(frame.run(), name, subject, arguments.evaluate(frame));
    }
  }
}
