package io.amalgam.verifiers.python.expression;

import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonInteger;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds the tree of an expression with Python's precedence, and the factorials of SymPy after an
 * operand.
 */
final class Parser {
  /** Parentheses beyond this depth are an error in Python. */
  private static final int MAX_PARENTHESES = 199;

  /**
   * Signs and powers nest in the tree; Python allows about 2980, and nobody means more than this.
   */
  private static final int MAX_NESTING = 1000;

  /** Operands of one chain, about where Python's compiler gives up. */
  private static final int MAX_CHAIN = 2984;

  private static final Map<String, Integer> PRECEDENCE =
      Map.ofEntries(
          Map.entry("|", 1),
          Map.entry("^", 2),
          Map.entry("&", 3),
          Map.entry("<<", 4),
          Map.entry(">>", 4),
          Map.entry("+", 5),
          Map.entry("-", 5),
          Map.entry("*", 6),
          Map.entry("/", 6),
          Map.entry("//", 6),
          Map.entry("%", 6));

  private static final Set<String> COMPARISONS = Set.of("<", ">", "<=", ">=", "==", "!=");

  private static final Set<String> KEYWORDS =
      Set.of(
          "and", "or", "not", "if", "else", "is", "in", "lambda", "for", "def", "class", "return",
          "yield", "await");

  private final List<Token> tokens;
  private int position;
  private int parentheses;
  private int nesting;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Node parse(List<Token> tokens) {
    Parser parser = new Parser(tokens);
    Node node = parser.disjunction();
    if (parser.peek().kind() != Token.Kind.END) {
      throw ExpressionException.invalid("unexpected " + parser.peek().text());
    }
    return node;
  }

  private Token peek() {
    return tokens.get(position);
  }

  private boolean take(String operator) {
    boolean here = peek().is(operator);
    position += here ? 1 : 0;
    return here;
  }

  private boolean takeName(String name) {
    boolean here = peek().isName(name);
    position += here ? 1 : 0;
    return here;
  }

  private Node disjunction() {
    Node left = conjunction();
    for (int length = 2; takeName("or"); length++) {
      left = new Node.Binary("or", left, limited(length, conjunction()));
    }
    return left;
  }

  private Node conjunction() {
    Node left = negation();
    for (int length = 2; takeName("and"); length++) {
      left = new Node.Binary("and", left, limited(length, negation()));
    }
    return left;
  }

  private Node negation() {
    if (takeName("not")) {
      return new Node.Unary("not", nested(this::negation));
    }
    Node first = binary(1);
    if (!(peek().kind() == Token.Kind.OPERATOR && COMPARISONS.contains(peek().text()))) {
      return first;
    }
    List<Node> operands = new ArrayList<>(List.of(first));
    List<String> operators = new ArrayList<>();
    while (peek().kind() == Token.Kind.OPERATOR && COMPARISONS.contains(peek().text())) {
      operators.add(peek().text());
      position++;
      operands.add(binary(1));
    }
    return new Node.Comparison(operands, operators);
  }

  private Node binary(int minimum) {
    Node left = signed();
    for (int length = 2; ; length++) {
      String operator = peek().text();
      Integer precedence = peek().kind() == Token.Kind.OPERATOR ? PRECEDENCE.get(operator) : null;
      if (precedence == null || precedence < minimum) {
        return left;
      }
      position++;
      left = new Node.Binary(operator, left, limited(length, binary(precedence + 1)));
    }
  }

  private Node signed() {
    for (String sign : List.of("-", "+", "~")) {
      if (take(sign)) {
        return new Node.Unary(sign, nested(this::signed));
      }
    }
    Node base = postfixed();
    return take("**") ? new Node.Binary("**", base, nested(this::signed)) : base;
  }

  private Node postfixed() {
    Node operand = operand();
    if (peek().is("(")) {
      throw ExpressionException.invalid("a number cannot be called");
    }
    if (take("!!")) {
      return new Node.Call("factorial2", List.of(operand));
    }
    return take("!") ? new Node.Call("factorial", List.of(operand)) : operand;
  }

  private Node operand() {
    Token token = peek();
    position++;
    switch (token.kind()) {
      case NUMBER:
        return new Node.Literal(number(token.text()));
      case NAME:
        if (KEYWORDS.contains(token.text())) {
          throw ExpressionException.invalid("unexpected " + token.text());
        }
        return take("(") ? new Node.Call(token.text(), arguments()) : new Node.Name(token.text());
      case OPERATOR:
        if (token.is("(")) {
          Node inner = parenthesised();
          if (!take(")")) {
            throw ExpressionException.invalid("missing )");
          }
          parentheses--;
          return inner;
        }
        break;
      case END:
        position--;
        break;
    }
    throw ExpressionException.invalid("operand expected");
  }

  private Node parenthesised() {
    if (++parentheses > MAX_PARENTHESES) {
      throw ExpressionException.invalid("too many parentheses");
    }
    return disjunction();
  }

  private List<Node> arguments() {
    List<Node> arguments = new ArrayList<>();
    while (!take(")")) {
      arguments.add(parenthesised());
      parentheses--;
      if (!take(",") && !peek().is(")")) {
        throw ExpressionException.invalid("missing )");
      }
    }
    return arguments;
  }

  private interface Rule {
    Node parse();
  }

  private Node nested(Rule rule) {
    if (++nesting > MAX_NESTING) {
      throw ExpressionException.invalid("nested too deeply");
    }
    Node node = rule.parse();
    nesting--;
    return node;
  }

  private static Node limited(int length, Node node) {
    if (length > MAX_CHAIN) {
      throw ExpressionException.invalid("too long");
    }
    return node;
  }

  private static Value number(String written) {
    String text = PythonCase.lower(written.replace("_", ""));
    if (text.startsWith("0x")) {
      return Value.exact(new BigInteger(text.substring(2), 16));
    }
    if (text.startsWith("0b") || text.startsWith("0o")) {
      return Value.exact(new BigInteger(text.substring(2), text.charAt(1) == 'b' ? 2 : 8));
    }
    if (text.endsWith("j")) {
      throw ExpressionException.invalid("imaginary number");
    }
    if (text.indexOf('.') >= 0 || text.indexOf('e') >= 0) {
      return new Value.Real(Double.parseDouble(text));
    }
    return Value.exact(
        PythonInteger.parse(text)
            .orElseThrow(() -> ExpressionException.invalid("too many digits")));
  }
}
