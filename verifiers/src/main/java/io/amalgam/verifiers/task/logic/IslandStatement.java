package io.amalgam.verifiers.task.logic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * What an islander says: that someone tells the truth or lies, or a combination of such statements.
 *
 * @param kind how the parts are combined
 * @param person whom an elementary statement is about
 * @param parts the combined statements; none for an elementary one
 */
record IslandStatement(Kind kind, int person, List<IslandStatement> parts) {
  IslandStatement {
    parts = List.copyOf(parts);
  }

  /** The kinds of statements with their symbols in the metadata. */
  enum Kind {
    TRUTHFUL("telling-truth"),
    LYING("lying"),
    NOT("not"),
    AND("and"),
    OR("or"),
    IMPLIES("->"),
    EQUIVALENT("<=>");

    private final String symbol;

    Kind(String symbol) {
      this.symbol = symbol;
    }
  }

  static IslandStatement about(Kind kind, int person) {
    return new IslandStatement(kind, person, List.of());
  }

  static IslandStatement combined(Kind kind, List<IslandStatement> parts) {
    return new IslandStatement(kind, -1, parts);
  }

  boolean isElementary() {
    return parts.isEmpty();
  }

  /** Whether the statement is true if the persons with set bits tell the truth. */
  boolean holds(int truthful) {
    switch (kind) {
      case TRUTHFUL:
        return (truthful >> person & 1) == 1;
      case LYING:
        return (truthful >> person & 1) == 0;
      case NOT:
        return !parts.get(0).holds(truthful);
      case AND:
        return parts.stream().allMatch(part -> part.holds(truthful));
      case OR:
        return parts.stream().anyMatch(part -> part.holds(truthful));
      case IMPLIES:
        return !parts.get(0).holds(truthful) || parts.get(1).holds(truthful);
      case EQUIVALENT:
        return parts.get(0).holds(truthful) == parts.get(1).holds(truthful);
    }
    throw new AssertionError(kind);
  }

  /** A list of the symbol and the person or the parts. */
  ArrayNode toJson() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode().add(kind.symbol);
    if (isElementary()) {
      return list.add(person);
    }
    parts.forEach(part -> list.add(part.toJson()));
    return list;
  }

  /**
   * The statement in words.
   *
   * @param names by person
   * @param truthful what those who tell the truth are, with article
   * @param lying what liars are, with article
   */
  String text(List<String> names, String truthful, String lying) {
    switch (kind) {
      case TRUTHFUL:
        return names.get(person) + " is " + truthful;
      case LYING:
        return names.get(person) + " is " + lying;
      case NOT:
        IslandStatement denied = parts.get(0);
        // The denial of an elementary statement is its opposite.
        return denied.isElementary()
            ? denied.text(names, lying, truthful)
            : "it is not the case that (" + denied.text(names, truthful, lying) + ")";
      default:
        List<String> texts =
            parts.stream().map(part -> part.enclosedText(names, truthful, lying)).toList();
        switch (kind) {
          case IMPLIES:
            return "if " + texts.get(0) + " then " + texts.get(1);
          case EQUIVALENT:
            return String.join(" if and only if ", texts);
          default:
            return String.join(" " + kind.symbol + " ", texts);
        }
    }
  }

  private String enclosedText(List<String> names, String truthful, String lying) {
    String text = text(names, truthful, lying);
    return isElementary() ? text : "(" + text + ")";
  }
}
