package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;

/** How long rot takes to reach every orange of a grid. */
public final class RottenOranges extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("rotten_oranges", "algorithmic")
          .integer("min_n", 10)
          .integer("max_n", 30)
          .number("p_oranges", 0.85)
          .number("p_rotten", 0.1)
          .madeBy(RottenOranges::new);

  private static final int EMPTY = 0;
  private static final int FRESH = 1;
  private static final int ROTTEN = 2;

  private final SizeRange side;
  private final double orangeShare;
  private final double rottenShare;

  private RottenOranges(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    side = SizeRange.of(values, "min_n", "max_n", 2, SizeRange.MAX_SIDE);
    orangeShare = positiveShare(values, "p_oranges");
    rottenShare = positiveShare(values, "p_rotten");
  }

  private static double positiveShare(FieldValues values, String field) {
    double share = values.number(field);
    values.require(share > 0 && share <= 1, field, "greater than 0 and at most 1");
    return share;
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int n = side.draw(random);
    IntMatrix grid = IntMatrix.of(n, n, (row, column) -> cell(random));
    int minutes = minutes(grid);
    ObjectNode metadata = metadata(index);
    metadata.set("matrix", grid.json());
    metadata.put("solution", minutes).put("n", n);
    metadata.putObject("difficulty").set("n", side.json());
    String question =
        """
        You are given an n x n grid where each cell can have one of three values:
        - 0 representing an empty cell
        - 1 representing a fresh orange
        - 2 representing a rotten orange

        Every minute, any fresh orange that is 4-directionally adjacent to a rotten orange becomes rotten.

        Your task is determine the minimum number of minutes that must elapse until no cell has a fresh orange.
        If this is impossible, return -1.

        Now, determine the minimum number of minutes that must elapse until no cell in the grid below has a fresh orange:
        %s
        """
            .formatted(grid.text());
    return problem(index, question, Integer.toString(minutes), metadata);
  }

  private int cell(PythonRandom random) {
    if (random.random() >= orangeShare) {
      return EMPTY;
    }
    return random.random() < rottenShare ? ROTTEN : FRESH;
  }

  /** The distance of the fresh orange that rots last, or -1 if one stays fresh. */
  private static int minutes(IntMatrix grid) {
    IntMatrix distances =
        NearestSource.distances(grid, value -> value == ROTTEN, value -> value == FRESH);
    int latest = 0;
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        if (grid.at(row, column) == FRESH) {
          int distance = distances.at(row, column);
          if (distance == NearestSource.UNREACHED) {
            return -1;
          }
          latest = Math.max(latest, distance);
        }
      }
    }
    return latest;
  }
}
