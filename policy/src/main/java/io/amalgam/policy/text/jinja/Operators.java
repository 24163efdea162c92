package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Expressions that combine values. */
final class Operators {
  private Operators() {}

  record Constant(Object value) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return value;
    }
  }

  /** Whether an expression is written out in full. */
  static boolean constant(Expression expression) {
    return expression instanceof Constant
        || expression instanceof Negative negative && constant(negative.operand())
        || expression instanceof Positive positive && constant(positive.operand())
        || expression instanceof Arithmetical sum && constant(sum.left()) && constant(sum.right())
        || expression instanceof ListOf list && list.items().stream().allMatch(Operators::constant)
        || expression instanceof TupleOf tuple
            && tuple.items().stream().allMatch(Operators::constant)
        || expression instanceof DictOf dict
            && dict.pairs().stream()
                .allMatch(pair -> constant(pair.key()) && constant(pair.value()));
  }

  record ListOf(List<Expression> items) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return new PyList(values(items, frame));
    }
  }

  record TupleOf(List<Expression> items) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return new PyTuple(values(items, frame));
    }
  }

  record Pair(Expression key, Expression value) {}

  record DictOf(List<Pair> pairs) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      frame.run().budget().allocate(pairs.size());
      PyDict dict = new PyDict();
      pairs.forEach(pair -> dict.put(pair.key().evaluate(frame), pair.value().evaluate(frame)));
      return dict;
    }
  }

  private static List<Object> values(List<Expression> items, Frame frame) {
    frame.run().budget().allocate(items.size());
    List<Object> values = new ArrayList<>(items.size());
    items.forEach(item -> values.add(item.evaluate(frame)));
    return values;
  }

  record Or(Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object value = left.evaluate(frame);
      return Python.truth(value) ? value : right.evaluate(frame);
    }
  }

  record And(Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object value = left.evaluate(frame);
      return Python.truth(value) ? right.evaluate(frame) : value;
    }
  }

  record Not(Expression operand) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return !Python.truth(operand.evaluate(frame));
    }
  }

  record Choice(Expression test, Expression then, Optional<Expression> otherwise)
      implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      if (Python.truth(test.evaluate(frame))) {
        return then.evaluate(frame);
      }
      return otherwise.isPresent()
          ? otherwise.get().evaluate(frame)
          : new Undefined(
              "the inline if-expression evaluated to false and no else section was defined.");
    }
  }

  record Arithmetical(String operator, Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      Object a = left.evaluate(frame);
      return Arithmetic.apply(frame.run(), operator, a, right.evaluate(frame));
    }
  }

  record Negative(Expression operand) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return Arithmetic.negated(operand.evaluate(frame));
    }
  }

  record Positive(Expression operand) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      return Arithmetic.negated(Arithmetic.negated(operand.evaluate(frame)));
    }
  }

  record Concatenation(List<Expression> parts) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      StringBuilder out = new StringBuilder();
      for (Expression part : parts) {
        String text = Repr.str(part.evaluate(frame));
        frame.run().budget().allocate((long) out.length() + text.length());
        out.append(text);
      }
      return out.toString();
    }
  }

  record Operand(String operator, Expression value) {}

  /** A chain of comparisons, each between neighbours, that ends at the first that does not hold. */
  record Comparison(Expression first, List<Operand> rest) implements Expression {
    @Override
    public Object evaluate(Frame frame) {
      frame.run().budget().step();
      Object left = first.evaluate(frame);
      for (Operand operand : rest) {
        Object right = operand.value().evaluate(frame);
        if (!holds(operand.operator(), left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    }
  }

  static boolean holds(String operator, Object a, Object b) {
    return switch (operator) {
      case "==" -> Python.equal(a, b);
      case "!=" -> !Python.equal(a, b);
      case "in" -> Python.contains(b, a);
      case "not in" -> !Python.contains(b, a);
      case "<" -> Python.compare(a, b, operator).map(order -> order < 0).orElse(false);
      case "<=" -> Python.compare(a, b, operator).map(order -> order <= 0).orElse(false);
      case ">" -> Python.compare(a, b, operator).map(order -> order > 0).orElse(false);
      default -> Python.compare(a, b, operator).map(order -> order >= 0).orElse(false);
    };
  }
}
