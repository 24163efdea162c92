package io.amalgam.verifiers.task.geometry;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.task.Problem;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;

/** Judges answers about triangles; an answer that cannot be read earns the least. */
final class GeometryScore {
  private static final double LEAST = 0.01;
  private static final double READABLE = 0.05;
  private static final double SAME_NUMBER = 0.5;

  private GeometryScore() {}

  static double of(Problem problem, String answer) {
    JsonNode metadata = problem.metadata();
    String wanted = problem.answer().orElse("");
    return switch (metadata.get("task_type").textValue()) {
      case "angle_measure" -> angle(answer, wanted);
      case "orthocenter" -> orthocentre(answer, metadata.get("ortho"));
      default -> radius(answer, wanted, metadata.get("incircle_radius_exact").textValue());
    };
  }

  private static double angle(String answer, String wanted) {
    OptionalDouble given = PythonFloat.parse(answer.replace("°", ""));
    OptionalDouble right = PythonFloat.parse(wanted.replace("°", ""));
    if (given.isEmpty() || right.isEmpty()) {
      return LEAST;
    }
    return same(given.getAsDouble(), right.getAsDouble(), 2) ? 1 : READABLE;
  }

  private static double orthocentre(String answer, JsonNode ortho) {
    int comma = answer.indexOf(',');
    if (comma < 0) {
      return LEAST;
    }
    int second = answer.indexOf(',', comma + 1);
    String rest = answer.substring(comma + 1, second < 0 ? answer.length() : second);
    OptionalDouble x = PythonFloat.parse(answer.substring(0, comma).replace("(", ""));
    OptionalDouble y = PythonFloat.parse(rest.replace(")", ""));
    Optional<Double> rightX = fraction(ortho.get(0).textValue());
    Optional<Double> rightY = fraction(ortho.get(1).textValue());
    if (x.isEmpty() || y.isEmpty() || rightX.isEmpty() || rightY.isEmpty()) {
      return LEAST;
    }
    boolean right =
        same(x.getAsDouble(), rightX.get(), 3) && same(y.getAsDouble(), rightY.get(), 3);
    return right ? 1 : LEAST;
  }

  private static Optional<Double> fraction(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      OptionalDouble value = PythonFloat.parse(text);
      return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
    Optional<BigInteger> over = PythonInteger.parse(text.substring(0, slash));
    Optional<BigInteger> under = PythonInteger.parse(text.substring(slash + 1));
    if (over.isEmpty() || under.isEmpty() || under.get().signum() == 0) {
      return Optional.empty();
    }
    return Optional.of(Ratio.of(over.get(), under.get()).value());
  }

  private static double radius(String answer, String wanted, String exact) {
    if (answer.equals(wanted)) {
      return 1;
    }
    OptionalDouble given = PythonFloat.parse(answer);
    // Only a radius without root or fraction bar can be read as a number.
    OptionalDouble right = PythonFloat.parse(exact);
    if (given.isEmpty() || right.isEmpty()) {
      return LEAST;
    }
    return same(given.getAsDouble(), right.getAsDouble(), 2) ? SAME_NUMBER : READABLE;
  }

  /** Equality after rounding as NumPy does: scaled, to the nearest even, scaled back. */
  private static boolean same(double a, double b, int decimals) {
    double scale = Math.pow(10, decimals);
    return Math.rint(a * scale) / scale == Math.rint(b * scale) / scale;
  }
}
