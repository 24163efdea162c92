package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Parses what gives names to values: the targets of assignments and the parameters of macros. */
class ScopeParser extends ExpressionParser {
  private static final Set<String> CONSTANTS =
      Set.of("true", "false", "none", "True", "False", "None");

  ScopeParser(TokenStream stream) {
    super(stream);
  }

  /** Parses something whose names belong to a scope of its own. */
  protected <T> T within(ScopeNames scope, Supplier<T> parser) {
    ScopeNames around = names;
    names = scope;
    T parsed = parser.get();
    names = around;
    return parsed;
  }

  protected Assignments target(String end, boolean namespaces) {
    Assignments first = oneTarget(namespaces);
    if (!stream.current().isOperator(",")) {
      return first;
    }
    List<Assignments> targets = new ArrayList<>(List.of(first));
    while (stream.skipOperator(",")) {
      if (tupleEnds(end) || stream.current().isOperator("=")) {
        break;
      }
      targets.add(oneTarget(namespaces));
    }
    return new Assignments.ToTuple(targets);
  }

  private Assignments oneTarget(boolean namespaces) {
    if (stream.skipOperator("(")) {
      Assignments inner = target("", namespaces);
      stream.expectOperator(")");
      return inner;
    }
    Token name = stream.expect(Token.Kind.NAME);
    if (CONSTANTS.contains(name.text())) {
      throw JinjaException.syntax("can't assign to '" + name.text() + "'", name.line());
    }
    if (namespaces && stream.skipOperator(".")) {
      reads(name.text());
      return new Assignments.ToNamespace(name.text(), stream.expect(Token.Kind.NAME).text());
    }
    return new Assignments.ToName(name.text());
  }

  /** The parameters of a macro, which belong to the present scope. */
  protected List<Macro.Parameter> parameters() {
    stream.expectOperator("(");
    List<Macro.Parameter> parameters = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    boolean defaults = false;
    while (!stream.skipOperator(")")) {
      if (!parameters.isEmpty()) {
        stream.expectOperator(",");
      }
      String name = stream.expect(Token.Kind.NAME).text();
      if (!taken.add(name)) {
        throw JinjaException.syntax("duplicate parameter '" + name + "'", stream.line());
      }
      if (stream.skipOperator("=")) {
        defaults = true;
        parameters.add(new Macro.Parameter(name, Optional.of(expression())));
      } else if (name.equals("caller")) {
        throw JinjaException.syntax("the parameter caller needs a default", stream.line());
      } else if (defaults) {
        throw JinjaException.syntax("non-default argument follows default argument", stream.line());
      } else {
        parameters.add(new Macro.Parameter(name, Optional.empty()));
      }
    }
    taken.forEach(names::parameter);
    return parameters;
  }
}
