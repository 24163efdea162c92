package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Moves that lead a car out of a jam.
 *
 * <p>Credit: 1 for moves that bring it to the exit, 0.01 for any other text. The puzzles come from
 * a file; the one inside Amalgam is a small one of its own. The original's holds the database of M.
 * Fogleman, michaelfogleman.com/rush.
 */
public final class RushHour extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("rush_hour", "games")
          .integer("min_moves", 1)
          .integer("max_moves", 50)
          .data(RushHourPuzzles.FILE)
          .madeBy(RushHour::new);

  private static final double UNSOLVED = 0.01;

  private static final String QUESTION =
      """
      Move the red car (AA) to the exit on the right.
      Specify moves in the format: 'F+1 K+1 M-1 C+3 H+2 ...'
      where the letter is the vehicle and +/- number is spaces to move right/left or down/up.
      Walls are marked with an 'x'. Cars cannot move through walls, and walls cannot be moved.
      A car oriented vertically can only move up and down, a car oriented horizontally can only move left and right.

      Board:
      """;

  private final int minMoves;
  private final int maxMoves;
  private final List<RushHourPuzzles.Puzzle> puzzles;

  private RushHour(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    minMoves = values.count("min_moves", 1, Integer.MAX_VALUE);
    values.requireAtLeast("max_moves", "min_moves");
    maxMoves = values.count("max_moves", 1, Integer.MAX_VALUE);
    puzzles =
        data().parsed(RushHourPuzzles.class, RushHourPuzzles::read).between(minMoves, maxMoves);
    values.require(
        !puzzles.isEmpty(),
        "max_moves",
        "such that " + RushHourPuzzles.FILE + " has puzzles of min_moves to max_moves moves");
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    RushHourPuzzles.Puzzle puzzle = random.choice(puzzles);
    RushHourBoard board =
        RushHourBoard.of(puzzle.board())
            .orElseThrow(
                () ->
                    cannotGenerate(
                        index, RushHourPuzzles.FILE + " holds \"" + puzzle.board() + "\""));
    ObjectNode metadata = metadata(index);
    metadata.put("board_config", puzzle.board());
    metadata.put("min_moves", puzzle.moves());
    metadata.putObject("difficulty").set("moves", JsonValues.range(minMoves, maxMoves));
    return problem(index, QUESTION + board.print(), metadata);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty() || answer.get().isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    Optional<RushHourBoard> board =
        RushHourBoard.of(problem.metadata().get("board_config").textValue());
    if (board.isEmpty() || !board.get().play(answer.get())) {
      return Verdict.Scored.of(0.0);
    }
    return Verdict.Scored.of(board.get().isSolved() ? 1.0 : UNSOLVED);
  }
}
