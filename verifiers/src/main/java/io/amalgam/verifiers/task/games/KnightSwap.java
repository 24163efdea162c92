package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.EmptyDrawException;
import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonJson;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Moves that swap white and black knights on a small board, or that there are none.
 *
 * <p>Credit: 1 for a shortest sequence, the ratio of lengths for a longer one, 0.05 for legal moves
 * that swap nothing.
 */
public final class KnightSwap extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("knight_swap", "games")
          .integer("min_nodes", 6)
          .integer("max_nodes", 9)
          .integer("min_pieces", 2)
          .integer("max_pieces", 2)
          .integer("min_steps", 4)
          .integer("max_steps", 20)
          .integer("max_attempts", 100)
          .number("impossible_ratio", 0.2)
          .madeBy(KnightSwap::new);

  private static final int MOST = 1_000_000;
  private static final int PLACEMENTS = 50;
  private static final String NO = "No";

  private static final String QUESTION =
      """
      Knight Swap Challenge:

      ```
      {board}
      ```

      Legend:
      - 'w' = White Knight
      - 'B' = Black Knight
      - Empty squares are marked with '.'

      Objective:
      Swap the positions of all white knights with all black knights through valid moves.

      Rules:
      1. Knights move in L-shape (2 squares + 1 square perpendicular)
      2. Knights can only move to empty squares
      3. {start_turn} moves first, then players alternate
      4. All knights must reach their target positions (white ↔ black)

      Question:
      Is it possible to swap all knights' positions? If yes, list the moves.

      Answer Format:
      - For impossible puzzles: "No"
      - For possible puzzles: List moves as ["color,from,to", ...]
        Example: ["w,A1,B3"] means white knight moves A1→B3
      """;

  private final Config config;

  private KnightSwap(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minNodes,
      int maxNodes,
      int minPieces,
      int maxPieces,
      int minSteps,
      int maxSteps,
      int maxAttempts,
      double impossibleRatio) {
    static Config of(FieldValues values) {
      int minNodes = values.count("min_nodes", 6, MOST);
      values.requireAtLeast("max_nodes", "min_nodes");
      int minPieces = values.count("min_pieces", 1, MOST);
      values.requireAtLeast("max_pieces", "min_pieces");
      int minSteps = values.count("min_steps", 1, MOST);
      values.requireAtLeast("max_steps", "min_steps");
      return new Config(
          minNodes,
          values.count("max_nodes", 6, MOST),
          minPieces,
          values.count("max_pieces", 1, MOST),
          minSteps,
          values.count("max_steps", 1, MOST),
          values.count("max_attempts", 1, MOST),
          values.fraction("impossible_ratio", 0, 1));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    boolean impossible = random.random() < config.impossibleRatio;
    for (int attempt = 0; attempt < config.maxAttempts; attempt++) {
      Optional<Problem> problem;
      try {
        problem = onOneBoard(random, index, impossible);
      } catch (EmptyDrawException e) {
        // Too many squares or pieces for the board: as in the original, the next board is tried.
        problem = Optional.empty();
      }
      if (problem.isPresent()) {
        return problem.get();
      }
    }
    throw cannotGenerate(index, "no puzzle found on " + config.maxAttempts + " boards");
  }

  private Optional<Problem> onOneBoard(PythonRandom random, int index, boolean impossible) {
    int count = random.randint(config.minNodes, config.maxNodes);
    Optional<KnightBoard> board = KnightBoard.draw(random, count, config.maxAttempts);
    if (board.isEmpty()) {
      return Optional.empty();
    }
    for (int placement = 0; placement < PLACEMENTS; placement++) {
      List<Integer> white = random.sample(board.get().squares(), config.minPieces);
      List<Integer> free =
          board.get().squares().stream().filter(square -> !white.contains(square)).toList();
      List<Integer> black = random.sample(free, config.minPieces);
      Map<Integer, String> pieces = new HashMap<>();
      white.forEach(square -> pieces.put(square, KnightSearch.WHITE));
      black.forEach(square -> pieces.put(square, KnightSearch.BLACK));
      KnightBoard used =
          impossible ? withoutOneExchange(random, board.get(), white, black) : board.get();
      for (String start : List.of(KnightSearch.WHITE, KnightSearch.BLACK)) {
        Optional<List<KnightSearch.Move>> solution =
            KnightSearch.swap(used, pieces, start.equals(KnightSearch.WHITE));
        boolean fits =
            impossible
                ? solution.isEmpty()
                : solution
                    .filter(
                        moves -> moves.size() >= config.minSteps && moves.size() <= config.maxSteps)
                    .isPresent();
        if (fits) {
          return Optional.of(problem(index, used, pieces, start, solution));
        }
      }
    }
    return Optional.empty();
  }

  /** Takes away a drawn way between a white and a black knight, if there is one. */
  private static KnightBoard withoutOneExchange(
      PythonRandom random, KnightBoard board, List<Integer> white, List<Integer> black) {
    List<List<Integer>> ways = new ArrayList<>();
    for (int from : white) {
      for (int to : black) {
        if (board.joins(from, to)) {
          ways.add(List.of(from, to));
        }
      }
    }
    if (ways.isEmpty()) {
      return board;
    }
    List<Integer> way = random.choice(ways);
    return board.without(way.get(0), way.get(1));
  }

  private Problem problem(
      int index,
      KnightBoard board,
      Map<Integer, String> pieces,
      String start,
      Optional<List<KnightSearch.Move>> solution) {
    ObjectNode metadata = metadata(index);
    metadata.set("board", board.json());
    metadata.set("pieces", state(metadata, board, pieces));
    metadata.put("start_turn", start);
    if (solution.isPresent()) {
      ArrayNode moves = metadata.putArray("solution");
      for (KnightSearch.Move move : solution.get()) {
        moves
            .addArray()
            .add(move.colour())
            .add(KnightBoard.name(move.from()))
            .add(KnightBoard.name(move.to()));
      }
    } else {
      metadata.putNull("solution");
    }
    metadata.put("is_possible", solution.isPresent());
    metadata.put("num_steps", solution.map(List::size).orElse(0));
    if (solution.isPresent()) {
      ArrayNode states = metadata.putArray("board_states");
      Map<Integer, String> current = new HashMap<>(pieces);
      states.add(state(metadata, board, current));
      for (KnightSearch.Move move : solution.get()) {
        current.remove(move.from());
        current.put(move.to(), move.colour());
        states.add(state(metadata, board, current));
      }
    } else {
      metadata.putNull("board_states");
    }
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("nodes", JsonValues.range(config.minNodes, config.maxNodes));
    difficulty.set("pieces", JsonValues.range(config.minPieces, config.maxPieces));
    difficulty.set("steps", JsonValues.range(config.minSteps, config.maxSteps));
    String question =
        QUESTION.replace("{board}", board.print(pieces)).replace("{start_turn}", start);
    return problem(index, question, solution.map(KnightSwap::written).orElse(NO), metadata);
  }

  private static ObjectNode state(
      ObjectNode factory, KnightBoard board, Map<Integer, String> pieces) {
    ObjectNode json = factory.objectNode();
    board.squares().forEach(square -> json.put(KnightBoard.name(square), pieces.get(square)));
    return json;
  }

  private static String written(List<KnightSearch.Move> moves) {
    return moves.stream()
        .map(
            move ->
                String.join(
                    ",",
                    "\"" + move.colour(),
                    KnightBoard.name(move.from()),
                    KnightBoard.name(move.to()) + "\""))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    String given = PythonText.strip(answer.orElse(""));
    boolean saysNo = PythonCase.lower(given).equals("no");
    if (!problem.metadata().get("is_possible").booleanValue()) {
      return Verdict.Scored.of(saysNo ? 1.0 : 0.0);
    }
    Optional<JsonNode> moves = PythonJson.parse(given).filter(JsonNode::isArray);
    if (saysNo || moves.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    return Verdict.Scored.of(KnightMoves.credit(problem.metadata(), moves.get()));
  }
}
