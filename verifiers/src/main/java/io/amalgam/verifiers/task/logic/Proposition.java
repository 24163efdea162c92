package io.amalgam.verifiers.task.logic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A formula of propositional logic.
 *
 * @param connective empty for a variable
 * @param variable the variable's name, or an empty text
 * @param parts what is connected: one formula for a negation, else two
 */
record Proposition(Optional<Connective> connective, String variable, List<Proposition> parts) {
  Proposition {
    parts = List.copyOf(parts);
  }

  /** The connectives in the order in which problems draw them. */
  enum Connective {
    AND('∧'),
    OR('∨'),
    NOT('¬'),
    IMPLIES('→'),
    IFF('↔');

    private final char symbol;

    Connective(char symbol) {
      this.symbol = symbol;
    }

    char symbol() {
      return symbol;
    }
  }

  static Proposition variable(String name) {
    return new Proposition(Optional.empty(), name, List.of());
  }

  static Proposition not(Proposition denied) {
    return new Proposition(Optional.of(Connective.NOT), "", List.of(denied));
  }

  static Proposition connected(Connective connective, Proposition left, Proposition right) {
    return new Proposition(Optional.of(connective), "", List.of(left, right));
  }

  /** The number of variables and connectives. */
  int size() {
    // Formulas may be deep: a loop needs less of the stack than a stream.
    int size = 1;
    for (Proposition part : parts) {
      size += part.size();
    }
    return size;
  }

  /** Adds the names of all variables to a set. */
  void collectVariables(Set<String> names) {
    if (connective.isEmpty()) {
      names.add(variable);
    }
    for (Proposition part : parts) {
      part.collectVariables(names);
    }
  }

  /** The truth values for 64 assignments at once, one per bit. */
  long value(Map<String, Long> variables) {
    if (connective.isEmpty()) {
      return variables.getOrDefault(variable, 0L);
    }
    long left = parts.get(0).value(variables);
    switch (connective.get()) {
      case NOT:
        return ~left;
      case AND:
        return left & parts.get(1).value(variables);
      case OR:
        return left | parts.get(1).value(variables);
      case IMPLIES:
        return ~left | parts.get(1).value(variables);
      case IFF:
        return ~(left ^ parts.get(1).value(variables));
    }
    throw new AssertionError(connective);
  }

  /** The formula in symbols; every connection of two formulas stands in parentheses. */
  String text() {
    if (connective.isEmpty()) {
      return variable;
    }
    char symbol = connective.get().symbol();
    return parts.size() == 1
        ? symbol + parts.get(0).text()
        : "(" + parts.get(0).text() + " " + symbol + " " + parts.get(1).text() + ")";
  }
}
