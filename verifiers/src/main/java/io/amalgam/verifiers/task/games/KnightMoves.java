package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Plays an answer's moves of knights on a recorded board. */
final class KnightMoves {
  private static final double LEGAL = 0.05;

  private final JsonNode problem;
  private final Map<String, String> pieces = new HashMap<>();
  private String turn;

  private KnightMoves(JsonNode problem) {
    this.problem = problem;
    turn = problem.get("start_turn").textValue();
    problem
        .get("pieces")
        .fields()
        .forEachRemaining(
            square -> {
              if (!square.getValue().isNull()) {
                pieces.put(square.getKey(), square.getValue().textValue());
              }
            });
  }

  /** The score of a list of moves {@code colour,from,to}; 0 where one is not legal. */
  static double credit(JsonNode problem, JsonNode moves) {
    KnightMoves game = new KnightMoves(problem);
    Set<String> white = game.squares(KnightSearch.WHITE);
    Set<String> black = game.squares(KnightSearch.BLACK);
    for (JsonNode move : moves) {
      if (!move.isTextual() || !game.play(move.textValue().split(",", -1))) {
        return 0.0;
      }
    }
    if (!game.squares(KnightSearch.WHITE).equals(black)
        || !game.squares(KnightSearch.BLACK).equals(white)) {
      return LEGAL;
    }
    int shortest = problem.get("solution").size();
    return moves.size() <= shortest ? 1.0 : (double) shortest / moves.size();
  }

  private Set<String> squares(String colour) {
    Set<String> squares = new HashSet<>();
    pieces.forEach(
        (square, piece) -> {
          if (piece.equals(colour)) {
            squares.add(square);
          }
        });
    return squares;
  }

  private boolean play(String[] move) {
    if (move.length != 3
        || !move[0].equals(turn)
        || !turn.equals(pieces.get(move[1]))
        || pieces.containsKey(move[2])
        || !isWay(move[1], move[2])) {
      return false;
    }
    pieces.remove(move[1]);
    pieces.put(move[2], turn);
    turn = turn.equals(KnightSearch.WHITE) ? KnightSearch.BLACK : KnightSearch.WHITE;
    return true;
  }

  private boolean isWay(String from, String to) {
    for (JsonNode square : problem.get("board").get(from)) {
      if (square.textValue().equals(to)) {
        return true;
      }
    }
    return false;
  }
}
