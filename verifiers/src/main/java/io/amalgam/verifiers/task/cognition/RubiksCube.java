package io.amalgam.verifiers.task.cognition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
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
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Moves that bring a turned cube back in order.
 *
 * <p>Moves that solve it earn 1, any other text 0.01: the original's partial credit fails on the
 * release of its cube engine that it names, and is caught.
 */
public final class RubiksCube extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("rubiks_cube", "cognition")
          .integer("min_scramble_steps", 3)
          .integer("max_scramble_steps", 10)
          .integer("cube_size", 3)
          .flag("remove_ansi", true)
          .madeBy(RubiksCube::new);

  private static final int SMALLEST = 2;
  private static final int LARGEST = 6;
  private static final int MOST_STEPS = 1_000_000;

  /** The size whose example answer is known. */
  private static final int SOLVED_SIZE = 3;

  private static final double UNSOLVED = 0.01;
  private static final List<Character> FACES = List.of('L', 'R', 'D', 'U', 'B', 'F');

  /** After as many equal turns a layer is where it was. */
  private static final BigInteger FULL_CIRCLE = BigInteger.valueOf(4);

  private static final String TASK =
      "\n\n{cube} \n\nPlease provide a solution to solve this cube using Singmaster notation."
          + " Do not combine any steps, for instance, do not write 'U2', and instead write 'U U'.";

  private static final List<String> QUESTIONS =
      List.of(
          "You are given a {n}x{n}x{n} Rubik's cube. It looks like this:" + TASK,
          "You see a size {n} Rubik's cube arranged as follows::" + TASK);

  private final int minSteps;
  private final int maxSteps;
  private final int size;

  private RubiksCube(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    size = values.count("cube_size", SMALLEST, LARGEST);
    minSteps = values.count("min_scramble_steps", 1, MOST_STEPS);
    values.requireAtLeast("max_scramble_steps", "min_scramble_steps");
    maxSteps = values.count("max_scramble_steps", 1, MOST_STEPS);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int steps = random.randint(minSteps, maxSteps);
    List<CubeMove> scramble = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      scramble.add(drawMove(random));
    }
    Cube cube = new Cube(size);
    scramble.forEach(cube::turn);
    String shown = cube.print();
    String example =
        size == SOLVED_SIZE
            ? CubeSolver.solve(cube)
                .orElseThrow(() -> cannotGenerate(index, "the layer method does not end"))
            : "";
    ObjectNode metadata = metadata(index);
    metadata.put("cube_size", size);
    metadata.put("scramble_steps", steps);
    metadata.put(
        "scramble_moves",
        scramble.stream().map(CubeMove::toString).collect(Collectors.joining(" ")));
    metadata.put("example_correct_answer", example);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.put("cube_size", size);
    difficulty.set("scramble_steps", JsonValues.range(minSteps, maxSteps));
    String question =
        random.choice(QUESTIONS).replace("{n}", Integer.toString(size)).replace("{cube}", shown);
    return problem(index, question, metadata);
  }

  /** Only cubes that have inner layers on either side turn these too. */
  private CubeMove drawMove(PythonRandom random) {
    char face = random.choice(FACES);
    boolean reversed = random.choice(List.of(false, true));
    if (size <= SOLVED_SIZE) {
      return new CubeMove(face, reversed, false, 1);
    }
    boolean wide = random.choice(List.of(false, true));
    return new CubeMove(face, reversed, wide, random.randint(1, size / 2));
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    JsonNode metadata = problem.metadata();
    Cube cube = new Cube(metadata.get("cube_size").intValue());
    for (String move : metadata.get("scramble_moves").textValue().split(" ", -1)) {
      CubeMove.parse(move).ifPresent(cube::turn);
    }
    return Verdict.Scored.of(turnAll(cube, answer.get()) && cube.isSolved() ? 1.0 : UNSOLVED);
  }

  /** Makes all moves of a text; false if one of its words is no move. */
  private static boolean turnAll(Cube cube, String text) {
    int end = 0;
    while (end < text.length()) {
      int start = end;
      while (end < text.length() && !PythonText.isSpace(text.charAt(end))) {
        end++;
      }
      if (end > start && !turn(cube, text.substring(start, end))) {
        return false;
      }
      end++;
    }
    return true;
  }

  /**
   * Makes the move of a word as often as the number at its end says. As in the original, a word
   * with digits before other characters is passed over.
   */
  private static boolean turn(Cube cube, String word) {
    int digits = 0;
    while (digits < word.length() && PythonText.decimalDigit(word.codePointAt(digits)) < 0) {
      digits += Character.charCount(word.codePointAt(digits));
    }
    String base = word.substring(0, digits);
    String number = word.substring(digits);
    if (!number.codePoints().allMatch(c -> PythonText.decimalDigit(c) >= 0)) {
      return true;
    }
    Optional<BigInteger> count =
        number.isEmpty() ? Optional.of(BigInteger.ONE) : PythonInteger.parse(number);
    if (count.isEmpty()) {
      return false;
    }
    if (count.get().signum() == 0 || base.isEmpty()) {
      return true;
    }
    Optional<CubeMove> move = CubeMove.parse(base);
    // An impossible move counts even if it is made a multiple of four times.
    if (move.isEmpty() || !cube.turn(move.get())) {
      return false;
    }
    int further = count.get().subtract(BigInteger.ONE).mod(FULL_CIRCLE).intValueExact();
    for (int i = 0; i < further; i++) {
      cube.turn(move.get());
    }
    return true;
  }
}
