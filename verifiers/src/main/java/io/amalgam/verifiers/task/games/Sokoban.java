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
import java.util.Optional;

/** A board on which a player must push all boxes onto goals. */
public final class Sokoban extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("sokoban", "games")
          .integer("min_w", 6)
          .integer("min_h", 6)
          .integer("max_w", 10)
          .integer("max_h", 10)
          .integer("min_boxes", 4)
          .integer("max_boxes", 10)
          .integer("max_depth", 80)
          .madeBy(Sokoban::new);

  private static final int MAX_SIDE = 20;
  private static final int MAX_BOXES = MAX_SIDE * MAX_SIDE;

  /** Levels drawn for one problem; the original draws until one can be solved. */
  private static final int MAX_LEVELS = 100_000;

  /** Positions made in one search; the original has no bound. */
  private static final int MAX_POSITIONS = 1_000_000;

  private final Config config;

  private Sokoban(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minWidth,
      int minHeight,
      int maxWidth,
      int maxHeight,
      int minBoxes,
      int maxBoxes,
      int maxDepth) {
    static Config of(FieldValues values) {
      int maxWidth = values.count("max_w", 1, MAX_SIDE);
      int maxHeight = values.count("max_h", 1, MAX_SIDE);
      int minHeight = values.count("min_h", 1, Integer.MAX_VALUE);
      int minWidth = values.count("min_w", 1, Integer.MAX_VALUE);
      values.requireAtLeast("max_w", "min_w");
      values.requireAtLeast("max_h", "min_h");
      values.requireAtLeast("max_boxes", "min_boxes");
      return new Config(
          minWidth,
          minHeight,
          maxWidth,
          maxHeight,
          values.count("min_boxes", -MAX_BOXES, MAX_BOXES),
          values.count("max_boxes", -MAX_BOXES, MAX_BOXES),
          values.count("max_depth", 2, Integer.MAX_VALUE));
    }

    /** More boxes on larger boards; the largest number where a range is empty. */
    int boxes(int area) {
      if (minWidth == maxWidth || minHeight == maxHeight || minBoxes == maxBoxes) {
        return maxBoxes;
      }
      double slope = (double) (maxBoxes - minBoxes) / (maxWidth * maxHeight - minWidth * minHeight);
      double offset = minBoxes - slope * minWidth * minHeight;
      return (int) (slope * area + offset);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    for (int levels = 0; levels < MAX_LEVELS; levels++) {
      int width = random.randint(config.minWidth, config.maxWidth);
      int height = random.randint(config.minHeight, config.maxHeight);
      int boxes = config.boxes(width * height);
      if (width > 2 && height > 2 && boxes >= (width - 2) * (height - 2)) {
        throw cannotGenerate(
            index, boxes + " boxes and a player have no room in " + width + "x" + height);
      }
      SokobanLevel level = SokobanLevel.draw(random, height, width, boxes);
      if (level.misplacedBoxes() >= Math.floorDiv(boxes, 2)) {
        Optional<String> solution =
            new SokobanSearch(height, width, config.maxDepth, MAX_POSITIONS).solve(level.cells());
        if (solution.isPresent()) {
          return solvable(index, level.text(), width, height, solution.get());
        }
      }
    }
    throw cannotGenerate(index, "none of " + MAX_LEVELS + " drawn levels was solved");
  }

  private Problem solvable(int index, String board, int width, int height, String solution) {
    ObjectNode metadata =
        metadata(index).put("gamestr", board).put("width", width).put("height", height);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("width", JsonValues.range(config.minWidth, config.maxWidth));
    difficulty.set("height", JsonValues.range(config.minHeight, config.maxHeight));
    String question =
        """
        You are going to solve a 'sokoban' puzzle.

        * - The player
        % - The player on a goal
        @ - A box
        X - A goal
        $ - A box on a goal
        + - A wall
        - - An empty position

        Your solution must be a string of characters, ex: LDURRUDL.

        Here is your puzzle:
        """
            + board;
    return problem(index, question, solution, metadata);
  }

  /** 1 if the moves leave no box beside a goal; other characters than U, D, L, R are ignored. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    SokobanGame game;
    try {
      game = new SokobanGame(problem.metadata().path("gamestr").asText());
    } catch (IllegalArgumentException e) {
      return Verdict.Scored.of(0);
    }
    answer.get().chars().forEach(game::play);
    return Verdict.Scored.of(game.solved() ? 1 : 0);
  }
}
