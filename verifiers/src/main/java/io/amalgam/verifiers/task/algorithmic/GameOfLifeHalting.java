package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Whether a board of Conway's Game of Life dies out: it holds either oscillators or patterns that
 * die.
 */
public final class GameOfLifeHalting extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("game_of_life_halting", "algorithmic")
          .integer("grid_size_x", 12)
          .integer("grid_size_y", 12)
          .integer("difficulty", 1)
          .integer("num_oscillators", 5)
          .integer("max_simulation_steps", 20)
          .madeBy(GameOfLifeHalting::new);

  /** The smallest side of a board by difficulty, from 1. */
  private static final List<Integer> SMALLEST_SIDES = List.of(7, 13, 25);

  private static final int MAX_SIDE = 10_000;

  /** Places tried for a pattern before it is left out. */
  private static final int PLACES_TRIED = 1000;

  private static final List<Boolean> EITHER = List.of(true, false);

  private final Config config;

  private GameOfLifeHalting(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int rows, int columns, int difficulty, int patterns, int steps) {
    static Config of(FieldValues values) {
      int difficulty = values.count("difficulty", 1, SMALLEST_SIDES.size());
      int smallest = SMALLEST_SIDES.get(difficulty - 1);
      return new Config(
          values.count("grid_size_x", smallest, MAX_SIDE),
          values.count("grid_size_y", smallest, MAX_SIDE),
          difficulty,
          values.count("num_oscillators", Integer.MIN_VALUE, SizeRange.MAX_LENGTH),
          values.count("max_simulation_steps", Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    List<LifePattern> oscillators() {
      return LifePattern.OSCILLATORS.stream()
          .filter(pattern -> pattern.difficulty() == difficulty)
          .toList();
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    boolean oscillate = random.choice(EITHER);
    List<LifePattern> patterns = oscillate ? config.oscillators() : LifePattern.DYING;
    Board board = new Board(config.rows, config.columns);
    ObjectNode metadata = metadata(index);
    metadata.put("grid_size_x", config.rows).put("grid_size_y", config.columns);
    ArrayNode placed = metadata.putArray("placed_patterns");
    for (int i = 0; i < config.patterns; i++) {
      LifePattern pattern = random.choice(patterns);
      board
          .place(pattern, random)
          .ifPresent(
              place -> {
                ObjectNode entry = placed.addObject().put("name", pattern.name());
                entry.putArray("position").add(place.row).add(place.column);
              });
    }
    metadata.put("simulation_steps", config.steps).put("should_oscillate", oscillate);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.put("grid_size_x", config.rows).put("grid_size_y", config.columns);
    difficulty.put("difficulty", config.difficulty).put("num_oscillators", config.patterns);
    difficulty.put("max_simulation_steps", config.steps);
    String question =
        "This is a 'Game of Life' grid. We consider a game halted if there are no cells alive.\n"
            + "Will this game halt at or before "
            + config.steps
            + " steps? Assume a Moore neighborhood and wrapping topology. If it will halt, reply"
            + " 'True'. If it won't halt, reply 'False'.\n\nInitial board:\n"
            + board.text();
    return problem(index, question, oscillate ? "False" : "True", metadata);
  }

  /** The original takes every answer with at least one character for right. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return Verdict.Scored.of(answer.filter(text -> !text.isEmpty()).isPresent() ? 1.0 : 0.0);
  }

  private record Place(int row, int column) {}

  /** The cells of a board and where patterns with a margin of one cell around them lie. */
  private static final class Board {
    private final int rows;
    private final int columns;
    private final boolean[][] alive;
    private final boolean[][] taken;

    Board(int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
      alive = new boolean[rows][columns];
      taken = new boolean[rows][columns];
    }

    Optional<Place> place(LifePattern pattern, PythonRandom random) {
      for (int attempt = 0; attempt < PLACES_TRIED; attempt++) {
        int top = random.randint(1, rows - pattern.height() - 1);
        int left = random.randint(1, columns - pattern.width() - 1);
        if (free(pattern, top, left)) {
          put(pattern, top, left);
          return Optional.of(new Place(top, left));
        }
      }
      return Optional.empty();
    }

    private boolean free(LifePattern pattern, int top, int left) {
      for (int row = top - 1; row <= top + pattern.height(); row++) {
        for (int column = left - 1; column <= left + pattern.width(); column++) {
          if (taken[row][column]) {
            return false;
          }
        }
      }
      return true;
    }

    private void put(LifePattern pattern, int top, int left) {
      for (int row = -1; row <= pattern.height(); row++) {
        for (int column = -1; column <= pattern.width(); column++) {
          taken[top + row][left + column] = true;
          boolean inside =
              row >= 0 && row < pattern.height() && column >= 0 && column < pattern.width();
          alive[top + row][left + column] = inside && pattern.alive(row, column);
        }
      }
    }

    String text() {
      return NumpyArrayText.of(
          IntMatrix.of(rows, columns, (row, column) -> alive[row][column] ? 1 : 0));
    }
  }
}
