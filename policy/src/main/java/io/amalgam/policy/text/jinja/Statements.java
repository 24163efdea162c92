package io.amalgam.policy.text.jinja;

import java.util.List;

/** The statements that do not loop. */
final class Statements {
  private Statements() {}

  record Data(String text) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.output().write(text);
      return Flow.NEXT;
    }
  }

  record Print(Expression value) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.run().budget().step();
      frame.output().write(Repr.str(value.evaluate(frame)));
      return Flow.NEXT;
    }
  }

  record Sequence(List<Statement> body) implements Statement {
    @Override
    public Flow run(Frame frame) {
      return Statement.all(body, frame);
    }
  }

  /**
   * An {@code autoescape} block that turns escaping off, as it is anyway; turning it on is refused.
   */
  record Unescaped(Expression on, List<Statement> body, ScopeNames names) implements Statement {
    @Override
    public Flow run(Frame frame) {
      if (Python.truth(on.evaluate(frame))) {
        throw JinjaException.type("escaping for HTML is not supported");
      }
      return Statement.all(body, frame.inner(names));
    }
  }

  record Branch(Expression test, List<Statement> body) {}

  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {
    @Override
    public Flow run(Frame frame) {
      for (Branch branch : branches) {
        if (Python.truth(branch.test().evaluate(frame))) {
          return Statement.all(branch.body(), frame);
        }
      }
      return Statement.all(otherwise, frame);
    }
  }

  record Set(Assignments target, Expression value) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.run().budget().step();
      target.assign(frame, value.evaluate(frame));
      return Flow.NEXT;
    }
  }

  /** One of the filters that a block's text goes through. */
  record FilterStep(String name, Access.CallArguments arguments) {
    static Object through(List<FilterStep> filters, Frame frame, String text) {
      Object value = text;
      for (FilterStep filter : filters) {
        value =
            Filters.apply(frame.run(), filter.name(), value, filter.arguments().evaluate(frame));
      }
      return value;
    }
  }

  record SetBlock(
      Assignments target, List<FilterStep> filters, List<Statement> body, ScopeNames names)
      implements Statement {
    @Override
    public Flow run(Frame frame) {
      target.assign(frame, FilterStep.through(filters, frame, frame.capture(body, names)));
      return Flow.NEXT;
    }
  }

  record FilterBlock(List<FilterStep> filters, List<Statement> body, ScopeNames names)
      implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame
          .output()
          .write(Repr.str(FilterStep.through(filters, frame, frame.capture(body, names))));
      return Flow.NEXT;
    }
  }

  record With(
      List<Assignments> targets, List<Expression> values, List<Statement> body, ScopeNames names)
      implements Statement {
    @Override
    public Flow run(Frame frame) {
      Frame inner = frame.inner(names);
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).assign(inner, values.get(i).evaluate(frame));
      }
      return Statement.all(body, inner);
    }
  }

  /** A whole template. */
  record Whole(List<Statement> body, ScopeNames names) implements Statement {
    @Override
    public Flow run(Frame frame) {
      return Statement.all(body, frame.entered(names));
    }
  }

  /** A named block, written in place. */
  record Block(List<Statement> body, boolean scoped, ScopeNames names) implements Statement {
    @Override
    public Flow run(Frame frame) {
      return Statement.all(body, frame.context(scoped).inner(names));
    }
  }

  record MacroDefinition(Macro.Signature signature) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.set(signature.name(), new Macro(signature, frame));
      return Flow.NEXT;
    }
  }

  record CallBlock(Macro.Signature caller, Access.Call call) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.output().write(Repr.str(call.evaluate(frame, new Macro(caller, frame))));
      return Flow.NEXT;
    }
  }

  /**
   * Text that the model wrote or is to write; its place in the output is noted. It is the caller of
   * a function, as in a {@code call} block.
   */
  record Generation(Macro.Signature caller) implements Statement {
    @Override
    public Flow run(Frame frame) {
      frame.run().budget().step();
      String text = (String) new Macro(caller, frame).call(frame.run(), Arguments.NONE);
      int start = frame.run().root().codePoints();
      frame.run().spans().add(new Rendered.Span(start, start + CodePoints.length(text)));
      frame.output().write(text);
      return Flow.NEXT;
    }
  }

  /** A statement that needs other templates, of which there are none. */
  record NoOtherTemplates(String tag) implements Statement {
    @Override
    public Flow run(Frame frame) {
      throw JinjaException.type("there are no other templates to " + tag);
    }
  }

  record Leave(Flow flow) implements Statement {
    @Override
    public Flow run(Frame frame) {
      return flow;
    }
  }
}
