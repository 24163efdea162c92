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
final class TemplateParser extends ScopeParser {
  private final Set<String> blocks = new HashSet<>();
  private int loops;

  /** How many loops there are around a place in the text, its macros and blocks included. */
  private int loopsAround;

  TemplateParser(TokenStream stream) {
    super(stream);
  }

  Statement template() {
    List<Statement> body = body(Set.of());
    names.settle();
    return new Statements.Whole(body, names);
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
      case "filter" -> filter();
      case "with" -> with();
      case "print" -> print();
      case "autoescape" -> autoescape();
      case "generation" ->
          new Statements.Generation(signature("caller", List.of(), names.inner(), "endgeneration"));
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
    names.beginCondition();
    Statement conditional = branches();
    names.endCondition();
    return conditional;
  }

  private Statement branches() {
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
    loopsAround++;
    Assignments target = target("in", false);
    keepLoop(target);
    ScopeNames testNames = names.inner();
    ScopeNames bodyNames = names.inner();
    ScopeNames otherwiseNames = names.inner();
    target.names().forEach(testNames::parameter);
    target.names().forEach(bodyNames::parameter);
    bodyNames.parameter("loop");
    stream.expectName("in");
    Expression values = tuple(false, "recursive");
    Optional<Expression> test =
        stream.skipName("if") ? Optional.of(within(testNames, this::expression)) : Optional.empty();
    boolean recursive = stream.skipName("recursive");
    loops++;
    List<Statement> body = within(bodyNames, () -> block("endfor", "else"));
    loops--;
    List<Statement> otherwise =
        stream.next().isName("else") ? within(otherwiseNames, () -> closed("endfor")) : List.of();
    loopsAround--;
    return new ForLoop(
        target, values, test, testNames, recursive, body, bodyNames, otherwise, otherwiseNames);
  }

  /** Refuses to assign the variable {@code loop} in a loop, whichever scope it would belong to. */
  private void keepLoop(Assignments target) {
    if (loopsAround > 0 && target.names().contains("loop")) {
      throw JinjaException.syntax("can't assign to the variable of a loop", stream.line());
    }
  }

  private Statement filter() {
    List<FilterStep> filters = filters(false);
    ScopeNames scope = names.inner();
    return new Statements.FilterBlock(filters, within(scope, () -> closed("endfilter")), scope);
  }

  private Statement autoescape() {
    ScopeNames scope = names.inner();
    Expression on = within(scope, this::expression);
    return new Statements.Unescaped(on, within(scope, () -> closed("endautoescape")), scope);
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
    keepLoop(target);
    if (stream.skipOperator("=")) {
      Expression value = tuple(true, "");
      target.names().forEach(names::assign);
      return new Statements.Set(target, value);
    }
    List<FilterStep> filters = filters(true);
    target.names().forEach(names::assign);
    ScopeNames scope = names.inner();
    return new Statements.SetBlock(
        target, filters, within(scope, () -> outsideLoops("endset")), scope);
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
    ScopeNames scope = names.inner();
    targets.forEach(target -> target.names().forEach(scope::parameter));
    return new Statements.With(targets, values, within(scope, () -> closed("endwith")), scope);
  }

  private Statement macro() {
    String name = stream.expect(Token.Kind.NAME).text();
    ScopeNames scope = names.inner();
    List<Macro.Parameter> parameters = within(scope, this::parameters);
    names.assign(name);
    return new Statements.MacroDefinition(signature(name, parameters, scope, "endmacro"));
  }

  private Statement call(int line) {
    ScopeNames scope = names.inner();
    List<Macro.Parameter> parameters =
        stream.current().isOperator("(") ? within(scope, this::parameters) : List.of();
    if (!(expression() instanceof Access.Call call)) {
      throw JinjaException.syntax("expected call", line);
    }
    return new Statements.CallBlock(signature("caller", parameters, scope, "endcall"), call);
  }

  private Macro.Signature signature(
      String name, List<Macro.Parameter> parameters, ScopeNames scope, String end) {
    mentions.push(new HashSet<>());
    List<Statement> body = within(scope, () -> outsideLoops(end));
    Set<String> mentioned = mentions.pop();
    mentions.element().addAll(mentioned);
    for (String special : List.of("caller", "kwargs", "varargs")) {
      if (mentioned.contains(special)) {
        scope.parameter(special);
      }
    }
    return new Macro.Signature(name, parameters, body, mentioned, scope);
  }

  private Statement named() {
    String name = stream.expect(Token.Kind.NAME).text();
    if (!blocks.add(name)) {
      throw JinjaException.syntax("block '" + name + "' defined twice", stream.line());
    }
    boolean scoped = stream.skipName("scoped");
    stream.skipName("required");
    ScopeNames scope = names.apart();
    mentions.push(new HashSet<>());
    List<Statement> body = within(scope, () -> outsideLoops("endblock"));
    mentions.pop();
    stream.skipName(name);
    return new Statements.Block(body, scoped, scope);
  }

  private Statement otherTemplate(String tag) {
    while (stream.current().kind() != Token.Kind.BLOCK_END
        && stream.current().kind() != Token.Kind.END) {
      stream.next();
    }
    return new Statements.NoOtherTemplates(tag);
  }
}
