package io.amalgam.policy.text.jinja;

import io.amalgam.policy.text.jinja.Access.CallArguments;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses expressions, from the loosest binding ({@code if}) to the tightest. */
class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Expression NONE = new Operators.Constant(None.NONE);

  protected final TokenStream stream;

  /** For each macro being parsed, the names read in it so far. */
  protected final Deque<Set<String>> mentions = new ArrayDeque<>();

  /** The names of the scope that is being parsed. */
  protected ScopeNames names = ScopeNames.ofTemplate();

  ExpressionParser(TokenStream stream) {
    this.stream = stream;
    mentions.push(new HashSet<>());
  }

  /** Notes that the present scope and macro read a name. */
  protected void reads(String name) {
    mentions.element().add(name);
    names.read(name);
  }

  Expression expression() {
    Expression value = or();
    while (stream.skipName("if")) {
      Expression test = or();
      Optional<Expression> otherwise =
          stream.skipName("else") ? Optional.of(expression()) : Optional.empty();
      value = new Operators.Choice(test, value, otherwise);
    }
    return value;
  }

  /** An expression, or several with commas between them as a tuple. */
  Expression tuple(boolean conditional, String end) {
    if (tupleEnds(end)) {
      throw stream.unexpected("expected an expression");
    }
    Expression first = conditional ? expression() : or();
    return stream.current().isOperator(",") ? tupleAfter(first, conditional, end) : first;
  }

  private Expression tupleAfter(Expression first, boolean conditional, String end) {
    List<Expression> items = new ArrayList<>(List.of(first));
    while (stream.skipOperator(",")) {
      if (tupleEnds(end)) {
        break;
      }
      items.add(conditional ? expression() : or());
    }
    return new Operators.TupleOf(items);
  }

  protected boolean tupleEnds(String end) {
    Token token = stream.current();
    return token.kind() == Token.Kind.VARIABLE_END
        || token.kind() == Token.Kind.BLOCK_END
        || token.isOperator(")")
        || (!end.isEmpty() && token.isName(end));
  }

  private Expression or() {
    Expression left = and();
    while (stream.skipName("or")) {
      left = new Operators.Or(left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (stream.skipName("and")) {
      left = new Operators.And(left, not());
    }
    return left;
  }

  private Expression not() {
    return stream.skipName("not") ? new Operators.Not(not()) : comparison();
  }

  private Expression comparison() {
    Expression first = sum();
    List<Operators.Operand> rest = new ArrayList<>();
    while (true) {
      Token token = stream.current();
      if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
        stream.next();
        rest.add(new Operators.Operand(token.text(), sum()));
      } else if (stream.skipName("in")) {
        rest.add(new Operators.Operand("in", sum()));
      } else if (token.isName("not") && stream.look().isName("in")) {
        stream.next();
        stream.next();
        rest.add(new Operators.Operand("not in", sum()));
      } else {
        return rest.isEmpty() ? first : new Operators.Comparison(first, rest);
      }
    }
  }

  private Expression sum() {
    Expression left = concatenation();
    while (stream.current().isOperator("+") || stream.current().isOperator("-")) {
      left = new Operators.Arithmetical(stream.next().text(), left, concatenation());
    }
    return left;
  }

  private Expression concatenation() {
    Expression first = product();
    if (!stream.current().isOperator("~")) {
      return first;
    }
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (stream.skipOperator("~")) {
      parts.add(product());
    }
    return new Operators.Concatenation(parts);
  }

  private Expression product() {
    Expression left = power();
    while (true) {
      Token token = stream.current();
      if (token.kind() != Token.Kind.OPERATOR
          || !Set.of("*", "/", "//", "%").contains(token.text())) {
        return left;
      }
      stream.next();
      left = new Operators.Arithmetical(token.text(), left, power());
    }
  }

  private Expression power() {
    Expression left = unary(true);
    while (stream.skipOperator("**")) {
      left = new Operators.Arithmetical("**", left, unary(true));
    }
    return left;
  }

  private Expression unary(boolean filters) {
    Expression value;
    if (stream.skipOperator("-")) {
      value = new Operators.Negative(unary(false));
    } else if (stream.skipOperator("+")) {
      value = new Operators.Positive(unary(false));
    } else {
      value = primary();
    }
    value = postfix(value);
    return filters ? filtersAndTests(value) : value;
  }

  protected Expression primary() {
    Token token = stream.next();
    switch (token.kind()) {
      case NAME:
        return named(token.text());
      case STRING:
        StringBuilder text = new StringBuilder((String) token.value());
        while (stream.current().kind() == Token.Kind.STRING) {
          text.append((String) stream.next().value());
        }
        return new Operators.Constant(text.toString());
      case INTEGER, NUMBER:
        return new Operators.Constant(token.value());
      default:
        break;
    }
    if (token.isOperator("(")) {
      if (stream.skipOperator(")")) {
        return new Operators.TupleOf(List.of());
      }
      Expression inner = tuple(true, "");
      stream.expectOperator(")");
      return inner;
    }
    if (token.isOperator("[")) {
      return new Operators.ListOf(items("]"));
    }
    if (token.isOperator("{")) {
      return dict();
    }
    throw JinjaException.syntax("unexpected '" + token.described() + "'", token.line());
  }

  private Expression named(String name) {
    return switch (name) {
      case "true", "True" -> new Operators.Constant(true);
      case "false", "False" -> new Operators.Constant(false);
      case "none", "None" -> NONE;
      default -> {
        reads(name);
        yield new Access.Name(name);
      }
    };
  }

  private List<Expression> items(String end) {
    List<Expression> items = new ArrayList<>();
    while (!stream.skipOperator(end)) {
      if (!items.isEmpty()) {
        stream.expectOperator(",");
        if (stream.skipOperator(end)) {
          break;
        }
      }
      items.add(expression());
    }
    return items;
  }

  private Expression dict() {
    List<Operators.Pair> pairs = new ArrayList<>();
    while (!stream.skipOperator("}")) {
      if (!pairs.isEmpty()) {
        stream.expectOperator(",");
        if (stream.skipOperator("}")) {
          break;
        }
      }
      Expression key = expression();
      stream.expectOperator(":");
      pairs.add(new Operators.Pair(key, expression()));
    }
    return new Operators.DictOf(pairs);
  }

  private Expression postfix(Expression start) {
    Expression value = start;
    while (true) {
      if (stream.skipOperator(".")) {
        Token name = stream.next();
        if (name.kind() == Token.Kind.NAME) {
          value = new Access.Attribute(value, name.text());
        } else if (name.kind() == Token.Kind.INTEGER) {
          value = new Access.Item(value, new Operators.Constant(name.value()));
        } else {
          throw JinjaException.syntax("expected name or number", name.line());
        }
      } else if (stream.skipOperator("[")) {
        value = subscript(value);
      } else if (stream.current().isOperator("(")) {
        value = new Access.Call(value, callArguments());
      } else {
        return value;
      }
    }
  }

  private Expression subscript(Expression owner) {
    Optional<Expression> from =
        stream.current().isOperator(":") ? Optional.empty() : Optional.of(expression());
    if (stream.skipOperator(":")) {
      Expression to = bound();
      Expression step = stream.skipOperator(":") ? bound() : NONE;
      stream.expectOperator("]");
      return new Access.Slice(owner, from.orElse(NONE), to, step);
    }
    Expression first = from.orElse(NONE);
    List<Expression> keys = new ArrayList<>(List.of(first));
    while (stream.skipOperator(",")) {
      keys.add(expression());
    }
    stream.expectOperator("]");
    return new Access.Item(owner, keys.size() == 1 ? first : new Operators.TupleOf(keys));
  }

  private Expression bound() {
    Token token = stream.current();
    return token.isOperator(":") || token.isOperator("]") || token.isOperator(",")
        ? NONE
        : expression();
  }

  private Expression filtersAndTests(Expression start) {
    Expression value = start;
    while (true) {
      if (stream.skipOperator("|")) {
        value = new Access.Filtered(value, dottedName(), argumentsIfAny());
      } else if (stream.skipName("is")) {
        value = test(value);
      } else if (stream.current().isOperator("(")) {
        value = new Access.Call(value, callArguments());
      } else {
        return value;
      }
    }
  }

  protected String dottedName() {
    StringBuilder name = new StringBuilder(stream.expect(Token.Kind.NAME).text());
    while (stream.skipOperator(".")) {
      name.append('.').append(stream.expect(Token.Kind.NAME).text());
    }
    return name.toString();
  }

  protected CallArguments argumentsIfAny() {
    return stream.current().isOperator("(") ? callArguments() : CallArguments.NONE;
  }

  private Expression test(Expression value) {
    boolean negated = stream.skipName("not");
    String name = dottedName();
    Token token = stream.current();
    boolean startsArgument =
        switch (token.kind()) {
          case NAME -> !Set.of("else", "or", "and").contains(token.text());
          case STRING, INTEGER, NUMBER -> true;
          default -> token.isOperator("[") || token.isOperator("{");
        };
    CallArguments arguments = argumentsIfAny();
    if (arguments == CallArguments.NONE && startsArgument) {
      if (token.isName("is")) {
        throw JinjaException.syntax("You cannot chain multiple tests with is", token.line());
      }
      arguments =
          new CallArguments(
              List.of(postfix(primary())), List.of(), Optional.empty(), Optional.empty());
    }
    Expression tested = new Access.Tested(value, name, arguments);
    return negated ? new Operators.Not(tested) : tested;
  }

  protected CallArguments callArguments() {
    int line = stream.line();
    stream.expectOperator("(");
    List<Expression> positional = new ArrayList<>();
    List<Access.Named> named = new ArrayList<>();
    Set<String> keywords = new HashSet<>();
    Optional<Expression> spread = Optional.empty();
    Optional<Expression> spreadNamed = Optional.empty();
    boolean first = true;
    while (!stream.skipOperator(")")) {
      if (!first) {
        stream.expectOperator(",");
        if (stream.skipOperator(")")) {
          break;
        }
      }
      first = false;
      boolean legal;
      if (stream.skipOperator("*")) {
        legal = spread.isEmpty() && spreadNamed.isEmpty();
        spread = Optional.of(expression());
      } else if (stream.skipOperator("**")) {
        legal = spreadNamed.isEmpty();
        spreadNamed = Optional.of(expression());
      } else if (stream.current().kind() == Token.Kind.NAME && stream.look().isOperator("=")) {
        legal = spreadNamed.isEmpty();
        String name = stream.next().text();
        stream.next();
        if (!keywords.add(name)) {
          throw JinjaException.syntax("keyword argument repeated: " + name, line);
        }
        named.add(new Access.Named(name, expression()));
      } else {
        legal = spread.isEmpty() && spreadNamed.isEmpty() && named.isEmpty();
        positional.add(expression());
      }
      if (!legal) {
        throw JinjaException.syntax("invalid syntax for function call expression", line);
      }
    }
    return new CallArguments(positional, named, spread, spreadNamed);
  }
}
