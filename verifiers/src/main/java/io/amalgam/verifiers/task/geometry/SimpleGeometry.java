package io.amalgam.verifiers.task.geometry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The last interior angle of a convex polygon whose other angles are given. */
public final class SimpleGeometry extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("simple_geometry", "geometry")
          .integer("min_sides", 3)
          .integer("max_sides", 6)
          .integer("min_angle", 10)
          .integer("max_angle", 170)
          .madeBy(SimpleGeometry::new);

  private static final String ENDING =
      "Return only the angle as your answer.Do not give the units in your answer.";

  private static final List<String> TEMPLATES =
      List.of(
          "Given a convex polygon with %d sides, its first %d interior angles are: %s. "
              + "What is the measure of the remaining interior angle (in degrees)?"
              + ENDING,
          "A convex polygon has %d sides. The measures of the first %d interior angles are: %s. "
              + "Find the measure of the last interior angle."
              + ENDING,
          "Consider a convex %d-gon whose first %d interior angles are: %s. "
              + "Determine the measure of the remaining angle."
              + ENDING);

  private static final int TRIES = 100;
  private static final int MOST_SIDES = 100_000;
  private static final int HALF_TURN = 180;

  private final Config config;

  private SimpleGeometry(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int minSides, int maxSides, int minAngle, int maxAngle) {
    static Config of(FieldValues values) {
      int minSides = values.count("min_sides", 3, MOST_SIDES);
      values.requireAtLeast("max_sides", "min_sides");
      int maxSides = values.count("max_sides", 3, MOST_SIDES);
      int minAngle = values.count("min_angle", 1, HALF_TURN - 1);
      values.requireAtLeast("max_angle", "min_angle");
      return new Config(minSides, maxSides, minAngle, values.count("max_angle", 1, HALF_TURN - 1));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int sides = random.randint(config.minSides, config.maxSides);
    int total = HALF_TURN * (sides - 2);
    List<Integer> known = knownAngles(random, index, sides, total);
    int sum = known.stream().mapToInt(Integer::intValue).sum();
    int missing = total - sum;
    String angles =
        known.stream()
            .map(angle -> PythonFloat.fixed(angle, 1) + "°")
            .collect(Collectors.joining(", "));
    String question = random.choice(TEMPLATES).formatted(sides, sides - 1, angles);
    ObjectNode metadata = metadata(index);
    metadata.put("n_sides", sides);
    ArrayNode list = metadata.putArray("known_angles");
    known.forEach(angle -> list.add((double) angle));
    metadata.put("sum_of_known_angles", (double) sum);
    metadata.put("missing_angle_raw", (double) missing);
    metadata.put("missing_angle_rounded", missing);
    metadata.put("total_interior_sum", total);
    metadata
        .putObject("difficulty")
        .set("sides", JsonValues.range(config.minSides, config.maxSides));
    return problem(index, question, Integer.toString(missing), metadata);
  }

  private List<Integer> knownAngles(PythonRandom random, int index, int sides, int total) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Integer> angles = new ArrayList<>();
      int sum = 0;
      for (int i = 0; i < sides - 1; i++) {
        int angle = random.randint(config.minAngle, config.maxAngle);
        angles.add(angle);
        sum += angle;
      }
      if (sum < total) {
        return angles;
      }
    }
    throw cannotGenerate(index, "the angles of " + TRIES + " draws were too large");
  }
}
