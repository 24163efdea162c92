package io.amalgam.verifiers.task.cognition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonCase;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The colour of one side of a cube after a few turns. */
public final class ColorCubeRotation extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("color_cube_rotation", "cognition")
          .integer("min_rotations", 1)
          .integer("max_rotations", 3)
          .madeBy(ColorCubeRotation::new);

  private static final int MOST_ROTATIONS = 1_000_000;
  private static final double WRONG = 0.01;

  private static final List<String> COLORS =
      List.of(
          "red", "green", "blue", "yellow", "white", "orange", "purple", "pink", "brown", "gray",
          "cyan", "magenta", "gold", "silver", "indigo", "violet");

  private static final String FIRST_TURN =
      "The cube is rotated so that the side which was before at the %s is now at the top.";

  private static final List<String> FURTHER_TURNS =
      List.of(
          "Then the cube is rotated to bring the %s side to the top.",
          "After that the cube is turned to make the %s face the top.",
          "Now the cube is rotated to place its %s side at the top.",
          "Next, the %s side is rotated to become the top face.");

  /** The sides in the order in which they are coloured and listed. */
  private enum Side {
    TOP,
    RIGHT,
    FRONT,
    LEFT,
    BACK,
    BOTTOM;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    Side opposite() {
      switch (this) {
        case TOP:
          return BOTTOM;
        case BOTTOM:
          return TOP;
        case RIGHT:
          return LEFT;
        case LEFT:
          return RIGHT;
        case FRONT:
          return BACK;
        case BACK:
          return FRONT;
      }
      throw new AssertionError(this);
    }
  }

  private static final List<Side> SIDES = List.of(Side.values());
  private static final List<Side> OTHER_THAN_TOP = SIDES.subList(1, SIDES.size());

  private final Config config;

  private ColorCubeRotation(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int minRotations, int maxRotations) {
    static Config of(FieldValues values) {
      int minRotations = values.count("min_rotations", 1, MOST_ROTATIONS);
      values.requireAtLeast("max_rotations", "min_rotations");
      return new Config(minRotations, values.count("max_rotations", 1, MOST_ROTATIONS));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    List<String> colors = new ArrayList<>(COLORS);
    random.shuffle(colors);
    List<String> cube = new ArrayList<>(colors.subList(0, SIDES.size()));
    int count = random.randint(config.minRotations, config.maxRotations);
    List<Side> turns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Side side = random.choice(OTHER_THAN_TOP);
      turns.add(side);
      bringToTop(cube, side);
    }
    Side target = random.choice(SIDES);

    StringBuilder question = new StringBuilder("A cube has:");
    ObjectNode metadata = metadata(index);
    ObjectNode initial = metadata.putObject("initial_state");
    for (Side side : SIDES) {
      String color = colors.get(side.ordinal());
      question.append("\n- a ").append(color).append(' ').append(side.word()).append(" side");
      initial.put(side.word(), color);
    }
    ArrayNode rotations = metadata.putArray("rotations");
    for (Side side : turns) {
      String sentence = rotations.isEmpty() ? FIRST_TURN : random.choice(FURTHER_TURNS);
      question.append("\n\n").append(sentence.formatted(side.word()));
      rotations.add(side.word());
    }
    question
        .append("\n\nWhat is now the color of the ")
        .append(target.word())
        .append(" side of the cube?\nProvide only the color as your final answer.");
    metadata.put("target_side", target.word());
    metadata.put("num_rotations", count);
    metadata
        .putObject("difficulty")
        .set("rotations", JsonValues.range(config.minRotations, config.maxRotations));
    return problem(index, question.toString(), cube.get(target.ordinal()), metadata);
  }

  /**
   * Turns about the axis that the side does not lie on; the bottom comes up over the front.
   *
   * @param cube the colours by side
   */
  private static void bringToTop(List<String> cube, Side side) {
    List<String> before = List.copyOf(cube);
    Side upper = side == Side.BOTTOM ? Side.FRONT : side;
    List<Side> ring = List.of(Side.TOP, upper, Side.BOTTOM, upper.opposite());
    int step = ring.indexOf(side);
    for (int i = 0; i < ring.size(); i++) {
      cube.set(ring.get(i).ordinal(), before.get(ring.get((i + step) % ring.size()).ordinal()));
    }
  }

  /** The colour counts; case and white space around do not. Any other answer earns a little. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    boolean right = answer.map(this::plain).equals(problem.answer().map(this::plain));
    return Verdict.Scored.of(right ? 1.0 : WRONG);
  }

  private String plain(String text) {
    return PythonCase.lower(PythonText.strip(text));
  }
}
