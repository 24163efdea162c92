package io.amalgam.policy.text.jinja;

import io.amalgam.policy.text.jinja.Statement.Flow;
import io.amalgam.policy.text.jinja.Statements.Branch;
import io.amalgam.policy.text.jinja.Statements.FilterStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses whole templates. */
final class TemplateParser extends ExpressionParser {
  private int loops;

  TemplateParser(TokenStream stream) {
    super(stream);
  }

  List<Statement> template() {
    return body(Set.of());
  }

  /**
   * Statements up to a tag of one of the names, whose opening sign is then consumed; no names: up
   * to the end.
   */
  private List<Statement> body(Set<String> ends) {
    List<Statement> body = new ArrayList<>();
    while (true) {
      Token token = stream.next();
      switch (token.kind()) {
        case DATA -> body.add(new Statements.Data(token.text()));
        case VARIABLE_BEGIN -> {
          body.add(new Statements.Print(tuple(true, "")));
          stream.expect(Token.Kind.VARIABLE_END);
        }
        case BLOCK_BEGIN -> {
          if (stream.current().kind() == Token.Kind.NAME
              && ends.contains(stream.current().text())) {
            return body;
          }
          body.add(statement());
          stream.expect(Token.Kind.BLOCK_END);
        }
        default -> {
          if (ends.isEmpty()) {
            return body;
          }
          throw JinjaException.syntax(
              "unexpected end of template, looking for " + new java.util.TreeSet<>(ends),
              token.line());
        }
      }
    }
  }

  /**
   * The body of a tag whose opening part was read; the name of the tag that ended it is the next
   * token.
   */
  private List<Statement> block(String... ends) {
    stream.skipOperator(":");
    stream.expect(Token.Kind.BLOCK_END);
    return body(Set.of(ends));
  }

  private List<Statement> closed(String end) {
    List<Statement> body = block(end);
    stream.next();
    return body;
  }

  private Statement statement() {
    Token tag = stream.expect(Token.Kind.NAME);
    return switch (tag.text()) {
      case "if" -> conditional();
      case "for" -> loop();
      case "set" -> set();
      case "macro" -> macro();
      case "call" -> call(tag.line());
      case "filter" -> new Statements.FilterBlock(filters(false), closed("endfilter"));
      case "with" -> with();
      case "print" -> print();
      case "autoescape" -> new Statements.Unescaped(expression(), closed("endautoescape"));
      case "generation" -> new Statements.Generation(outsideLoops("endgeneration"));
      case "break", "continue" -> leave(tag);
      case "block" -> named();
      case "extends", "include", "import", "from" -> otherTemplate(tag.text());
      default ->
          throw JinjaException.syntax("Encountered unknown tag '" + tag.text() + "'", tag.line());
    };
  }

  private List<Statement> outsideLoops(String end) {
    int outer = loops;
    loops = 0;
    List<Statement> body = closed(end);
    loops = outer;
    return body;
  }

  private Statement leave(Token tag) {
    if (loops == 0) {
      throw JinjaException.syntax("'" + tag.text() + "' outside of a loop", tag.line());
    }
    return new Statements.Leave(tag.text().equals("break") ? Flow.BREAK : Flow.CONTINUE);
  }

  private Statement conditional() {
    List<Branch> branches = new ArrayList<>();
    while (true) {
      Expression test = tuple(false, "");
      branches.add(new Branch(test, block("elif", "else", "endif")));
      String end = stream.next().text();
      if (end.equals("endif")) {
        return new Statements.If(branches, List.of());
      }
      if (end.equals("else")) {
        return new Statements.If(branches, closed("endif"));
      }
    }
  }

  private Statement loop() {
    Assignments target = target("in", false);
    stream.expectName("in");
    Expression values = tuple(false, "recursive");
    Optional<Expression> test =
        stream.skipName("if") ? Optional.of(expression()) : Optional.empty();
    boolean recursive = stream.skipName("recursive");
    loops++;
    List<Statement> body = block("endfor", "else");
    loops--;
    List<Statement> otherwise = stream.next().isName("else") ? closed("endfor") : List.of();
    return new ForLoop(target, values, test, recursive, body, otherwise);
  }

  private Statement print() {
    List<Statement> values = new ArrayList<>(List.of(new Statements.Print(expression())));
    while (stream.skipOperator(",")) {
      values.add(new Statements.Print(expression()));
    }
    return new Statements.Sequence(values);
  }

  private Statement set() {
    Assignments target = target("", true);
    if (stream.skipOperator("=")) {
      return new Statements.Set(target, tuple(true, ""));
    }
    List<FilterStep> filters = filters(true);
    return new Statements.SetBlock(target, filters, outsideLoops("endset"));
  }

  private Assignments target(String end, boolean namespaces) {
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
    if (Set.of("true", "false", "none", "True", "False", "None").contains(name.text())) {
      throw JinjaException.syntax("can't assign to '" + name.text() + "'", name.line());
    }
    if (namespaces && stream.skipOperator(".")) {
      mentions.element().add(name.text());
      return new Assignments.ToNamespace(name.text(), stream.expect(Token.Kind.NAME).text());
    }
    return new Assignments.ToName(name.text());
  }

  private List<FilterStep> filters(boolean leadingPipe) {
    List<FilterStep> filters = new ArrayList<>();
    if (!leadingPipe) {
      filters.add(new FilterStep(dottedName(), argumentsIfAny()));
    }
    while (stream.skipOperator("|")) {
      filters.add(new FilterStep(dottedName(), argumentsIfAny()));
    }
    return filters;
  }

  private Statement with() {
    List<Assignments> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (stream.current().kind() != Token.Kind.BLOCK_END) {
      if (!targets.isEmpty()) {
        stream.expectOperator(",");
      }
      targets.add(target("", false));
      stream.expectOperator("=");
      values.add(expression());
    }
    return new Statements.With(targets, values, closed("endwith"));
  }

  private Statement macro() {
    String name = stream.expect(Token.Kind.NAME).text();
    return new Statements.MacroDefinition(signature(name, parameters(), "endmacro"));
  }

  private Statement call(int line) {
    List<Macro.Parameter> parameters = stream.current().isOperator("(") ? parameters() : List.of();
    if (!(expression() instanceof Access.Call call)) {
      throw JinjaException.syntax("expected call", line);
    }
    return new Statements.CallBlock(signature("caller", parameters, "endcall"), call);
  }

  private List<Macro.Parameter> parameters() {
    stream.expectOperator("(");
    List<Macro.Parameter> parameters = new ArrayList<>();
    boolean defaults = false;
    while (!stream.skipOperator(")")) {
      if (!parameters.isEmpty()) {
        stream.expectOperator(",");
      }
      String name = stream.expect(Token.Kind.NAME).text();
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
    return parameters;
  }

  private Macro.Signature signature(String name, List<Macro.Parameter> parameters, String end) {
    mentions.push(new HashSet<>());
    List<Statement> body = outsideLoops(end);
    Set<String> names = mentions.pop();
    mentions.element().addAll(names);
    return new Macro.Signature(name, parameters, body, names);
  }

  private Statement named() {
    String name = stream.expect(Token.Kind.NAME).text();
    stream.skipName("scoped");
    stream.skipName("required");
    List<Statement> body = outsideLoops("endblock");
    stream.skipName(name);
    return new Statements.Scope(body);
  }

  private Statement otherTemplate(String tag) {
    while (stream.current().kind() != Token.Kind.BLOCK_END
        && stream.current().kind() != Token.Kind.END) {
      stream.next();
    }
    return new Statements.NoOtherTemplates(tag);
  }
}
