package io.amalgam.verifiers.task.logic;

import io.amalgam.verifiers.python.NumpyGenerator;
import io.amalgam.verifiers.task.logic.IslandStatement.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Draws one statement per islander until exactly one assignment of truth and lies fits. */
final class IslandStatements {
  private static final int MOST_TRIES = 1000;

  /**
   * Statements drawn before giving up. Where too few different statements exist, the original draws
   * for ever.
   */
  private static final int MOST_DRAWN = 1_000_000;

  private static final int DICE = 6;
  private static final List<Kind> ELEMENTARY = List.of(Kind.TRUTHFUL, Kind.LYING);

  private final NumpyGenerator random;
  private final int people;
  private final int depth;
  private final int width;
  private int drawn;

  IslandStatements(NumpyGenerator random, int people, int depth, int width) {
    this.random = random;
    this.people = people;
    this.depth = depth;
    this.width = width;
  }

  /**
   * What everyone says and who tells the truth.
   *
   * @param truthful a set bit for every person who does
   */
  record Riddle(List<IslandStatement> statements, int truthful) {
    Riddle {
      statements = List.copyOf(statements);
    }
  }

  /** A riddle with one solution, or empty if none was found. */
  Optional<Riddle> draw() {
    for (int i = 0; i < MOST_TRIES; i++) {
      List<IslandStatement> statements = new ArrayList<>();
      for (int person = 0; person < people; person++) {
        Optional<IslandStatement> statement = statement(person, depth);
        if (statement.isEmpty()) {
          return Optional.empty();
        }
        statements.add(statement.get());
      }
      OptionalInt only = onlySolution(statements);
      if (only.isPresent()) {
        return Optional.of(new Riddle(statements, only.getAsInt()));
      }
    }
    return Optional.empty();
  }

  private static OptionalInt onlySolution(List<IslandStatement> statements) {
    OptionalInt found = OptionalInt.empty();
    for (int truthful = 0; truthful < 1 << statements.size(); truthful++) {
      boolean fits = true;
      for (int person = 0; person < statements.size() && fits; person++) {
        fits = statements.get(person).holds(truthful) == ((truthful >> person & 1) == 1);
      }
      if (fits && found.isPresent()) {
        return OptionalInt.empty();
      }
      if (fits) {
        found = OptionalInt.of(truthful);
      }
    }
    return found;
  }

  /** Empty when too many statements have been drawn. */
  private Optional<IslandStatement> statement(int speaker, int depthLeft) {
    if (++drawn > MOST_DRAWN) {
      return Optional.empty();
    }
    int die = random.integers(0, DICE);
    if (depthLeft == 1 || die == 0) {
      return Optional.of(elementary(speaker));
    }
    switch (die) {
      case 1:
        return statement(speaker, depthLeft - 1)
            .map(denied -> IslandStatement.combined(Kind.NOT, List.of(denied)));
      case 2:
        return combined(Kind.AND, speaker, depthLeft, random.integers(2, width + 1));
      case 3:
        return combined(Kind.OR, speaker, depthLeft, random.integers(2, width + 1));
      case 4:
        return combined(Kind.IMPLIES, speaker, depthLeft, 2);
      default:
        return combined(Kind.EQUIVALENT, speaker, depthLeft, 2);
    }
  }

  /** Nobody says "I am lying". */
  private IslandStatement elementary(int speaker) {
    Kind kind;
    int person;
    do {
      kind = random.choice(ELEMENTARY);
      person = random.integers(0, people);
    } while (kind == Kind.LYING && person == speaker);
    return IslandStatement.about(kind, person);
  }

  private Optional<IslandStatement> combined(Kind kind, int speaker, int depthLeft, int count) {
    List<IslandStatement> parts = new ArrayList<>();
    Set<IslandStatement> seen = new HashSet<>();
    while (parts.size() < count) {
      Optional<IslandStatement> part = statement(speaker, depthLeft - 1);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      if (seen.add(part.get())) {
        parts.add(part.get());
      }
    }
    return Optional.of(IslandStatement.combined(kind, parts));
  }
}
