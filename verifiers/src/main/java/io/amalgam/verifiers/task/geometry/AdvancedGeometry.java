package io.amalgam.verifiers.task.geometry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.algebra.IncircleRadius;
import io.amalgam.verifiers.algebra.TriangleMeasures;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The orthocentre, the incircle's radius or an angle of a triangle with whole coordinates. */
public final class AdvancedGeometry extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("advanced_geometry", "geometry")
          .integer("min_coord", -10)
          .integer("max_coord", 10)
          .texts("task_types", "orthocenter", "incircle_radius", "angle_measure")
          .madeBy(AdvancedGeometry::new);

  private static final String INSTRUCTIONS =
      """
       For all geometry problems:
      1. Give coordinates in the form (x, y)
      2. Round decimal answers to 3 decimal places
      3. Use the degree symbol ° for angles
      4. Return only the angle, coordinates, or radius as your answer.
      """;

  private static final Map<String, List<String>> TEMPLATES =
      Map.of(
          "orthocenter",
          List.of(
              "Given triangle ABC with coordinates A=%s, B=%s, and C=%s, find the coordinates of"
                  + " its orthocenter.",
              "For triangle with vertices A=%s, B=%s, and C=%s, determine the orthocenter"
                  + " (intersection of altitudes)."),
          "incircle_radius",
          List.of(
              "Consider triangle ABC with coordinates A=%s, B=%s, and C=%s. Compute the radius of"
                  + " its incircle.",
              "Find the incircle radius of triangle ABC whose vertices are A=%s, B=%s, and C=%s."),
          "angle_measure",
          List.of(
              "In triangle ABC with coordinates A=%s, B=%s, and C=%s, find the measure (in"
                  + " degrees) of angle ABC.",
              "Given a triangle with vertices A=%s, B=%s, and C=%s, determine the angle at B in"
                  + " degrees."));

  private static final int TRIES = 100;

  /** Coordinates up to this size keep roots and angles within the digits that are computed. */
  private static final BigInteger LARGEST_COORDINATE = BigInteger.TEN.pow(9);

  private final Config config;

  private AdvancedGeometry(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(BigInteger minCoord, BigInteger maxCoord, List<String> taskTypes) {
    static Config of(FieldValues values) {
      for (String field : List.of("min_coord", "max_coord")) {
        values.require(
            values.integer(field).abs().compareTo(LARGEST_COORDINATE) <= 0,
            field,
            "between -10^9 and 10^9");
      }
      BigInteger minCoord = values.integer("min_coord");
      BigInteger maxCoord = values.integer("max_coord");
      values.require(
          minCoord.compareTo(maxCoord) < 0, "min_coord", "less than max_coord (" + maxCoord + ")");
      List<String> types =
          values.texts("task_types", List.of("orthocenter", "incircle_radius", "angle_measure"));
      return new Config(minCoord, maxCoord, types);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    String type = random.choice(config.taskTypes);
    Triangle triangle = triangle(random, index);
    List<String> templates = TEMPLATES.getOrDefault(type, List.of());
    String question =
        random
                .choice(templates)
                .formatted(triangle.a().text(), triangle.b().text(), triangle.c().text())
            + INSTRUCTIONS;
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata.set("A", triangle.a().json());
    metadata.set("B", triangle.b().json());
    metadata.set("C", triangle.c().json());
    String answer =
        switch (type) {
          case "orthocenter" -> orthocentre(triangle, metadata);
          case "incircle_radius" -> radius(triangle, metadata);
          default -> angle(triangle, metadata);
        };
    metadata.setAll(metadata(index));
    metadata.put("task_type", type);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("min_coord", JsonValues.integer(config.minCoord));
    difficulty.set("max_coord", JsonValues.integer(config.maxCoord));
    return problem(index, question, answer, metadata);
  }

  private Triangle triangle(PythonRandom random, int index) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Triangle.Point> points = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        BigInteger x = random.randint(config.minCoord, config.maxCoord);
        points.add(new Triangle.Point(x, random.randint(config.minCoord, config.maxCoord)));
      }
      Triangle triangle = new Triangle(points.get(0), points.get(1), points.get(2));
      if (triangle.twiceArea().signum() != 0) {
        return triangle;
      }
    }
    throw cannotGenerate(index, TRIES + " draws gave no triangle");
  }

  private static String orthocentre(Triangle triangle, ObjectNode metadata) {
    Triangle.Point over = triangle.orthocentre();
    Ratio x = Ratio.of(over.x(), triangle.twiceArea());
    Ratio y = Ratio.of(over.y(), triangle.twiceArea());
    metadata.putArray("ortho").add(x.text()).add(y.text());
    double approximateX = TriangleMeasures.fraction(x.over(), x.under());
    double approximateY = TriangleMeasures.fraction(y.over(), y.under());
    metadata.putArray("orthocenter_approx").add(approximateX).add(approximateY);
    return "("
        + PythonFloat.fixed(approximateX, 3)
        + ", "
        + PythonFloat.fixed(approximateY, 3)
        + ")";
  }

  private static String radius(Triangle triangle, ObjectNode metadata) {
    BigInteger a = triangle.b().minus(triangle.c()).square();
    BigInteger b = triangle.c().minus(triangle.a()).square();
    BigInteger c = triangle.a().minus(triangle.b()).square();
    double radius = TriangleMeasures.incircleRadius(triangle.twiceArea().abs(), a, b, c);
    metadata.put("incircle_radius_exact", IncircleRadius.text(a, b, c));
    metadata.put("incircle_radius_approx", radius);
    return PythonFloat.fixed(radius, 3);
  }

  private static String angle(Triangle triangle, ObjectNode metadata) {
    Triangle.Point ba = triangle.a().minus(triangle.b());
    Triangle.Point bc = triangle.c().minus(triangle.b());
    double degrees = TriangleMeasures.degrees(ba.dot(bc), ba.square().multiply(bc.square()));
    metadata.put("angle_ABC_degrees", degrees);
    return PythonFloat.fixed(degrees, 2) + "°";
  }

  /**
   * 1 for the right angle to two decimals, orthocentre to three or radius as text; else a little
   * for any answer.
   */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return Verdict.Scored.of(answer.map(text -> GeometryScore.of(problem, text)).orElse(0.0));
  }
}
