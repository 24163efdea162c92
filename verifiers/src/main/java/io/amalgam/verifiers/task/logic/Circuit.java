package io.amalgam.verifiers.task.logic;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Two layers of gates: every term's gate joins its literals, the final gate joins the terms. */
record Circuit(Gate finalGate, List<Term> terms) {
  private static final int LETTERS = 26;

  Circuit {
    terms = List.copyOf(terms);
  }

  /** A gate for any number of bits, and its symbol. */
  enum Gate {
    AND('&'),
    NAND('↑'),
    OR('+'),
    NOR('↓'),
    XOR('⊕');

    private final char symbol;
    private final String legend;

    Gate(char symbol) {
      this.symbol = symbol;
      legend = "" + symbol + symbol + ": " + name() + "\n";
    }

    char symbol() {
      return symbol;
    }

    /** The gate's line in the legend. */
    String legend() {
      return legend;
    }

    private int output(int ones, int count) {
      switch (this) {
        case AND:
          return ones == count ? 1 : 0;
        case NAND:
          return ones == count ? 0 : 1;
        case OR:
          return ones > 0 ? 1 : 0;
        case NOR:
          return ones > 0 ? 0 : 1;
        case XOR:
          return ones % 2;
      }
      throw new AssertionError(this);
    }
  }

  /** An input or its negation. */
  record Literal(String input, boolean negated) {
    int value(Map<String, Integer> assignment) {
      int bit = assignment.getOrDefault(input, 0);
      return negated ? 1 - bit : bit;
    }
  }

  /** Literals joined by a gate. */
  record Term(Gate gate, List<Literal> literals) {
    Term {
      literals = List.copyOf(literals);
    }

    String expression() {
      StringBuilder expression = new StringBuilder();
      for (Literal literal : literals) {
        if (!expression.isEmpty()) {
          expression.append(gate.symbol());
        }
        expression.append(literal.input()).append(literal.negated() ? "'" : "");
      }
      return expression.toString();
    }

    int value(Map<String, Integer> assignment) {
      int ones = 0;
      for (Literal literal : literals) {
        ones += literal.value(assignment);
      }
      return gate.output(ones, literals.size());
    }
  }

  /** The name of the input with a number: A to Z, then AA, AB and so on. */
  static String inputName(int number) {
    if (number < LETTERS) {
      return String.valueOf((char) ('A' + number));
    }
    StringBuilder name = new StringBuilder();
    for (int rest = number; rest >= 0; rest = rest / LETTERS - 1) {
      name.append((char) ('A' + rest % LETTERS));
    }
    return name.reverse().toString();
  }

  /** The names of all inputs. */
  SortedSet<String> inputs() {
    SortedSet<String> names = new TreeSet<>();
    for (Term term : terms) {
      for (Literal literal : term.literals()) {
        names.add(literal.input());
      }
    }
    return names;
  }

  /** The terms' expressions, in parentheses, joined by the final gate. */
  String expression(List<String> termExpressions) {
    return "(" + String.join(")" + finalGate.symbol() + "(", termExpressions) + ")";
  }

  /** The output bit for input bits. */
  int output(Map<String, Integer> assignment) {
    int ones = 0;
    for (Term term : terms) {
      ones += term.value(assignment);
    }
    return finalGate.output(ones, terms.size());
  }
}
