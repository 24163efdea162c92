package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Measuring out an amount of water with several jugs. */
public final class Jugs extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("jugs", "algorithmic")
          .integer("num_jugs", 3)
          .integer("difficulty", 10)
          .madeBy(Jugs::new);

  private static final int SMALLEST_JUG = 3;
  private static final int MAX_DIFFICULTY = 199;
  private static final int MAX_PUZZLES = 10_000;

  /** The reference solution pours between the first jugs only. */
  private static final int SOLVED_JUGS = 3;

  private final int jugs;
  private final int difficulty;

  private Jugs(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    jugs = values.count("num_jugs", SOLVED_JUGS, JugSearch.MAX_JUGS);
    difficulty = values.count("difficulty", 1, MAX_DIFFICULTY);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    for (int attempt = 0; attempt < MAX_PUZZLES; attempt++) {
      List<Integer> capacities = new ArrayList<>(jugs);
      for (int i = 0; i < jugs; i++) {
        capacities.add(random.randint(SMALLEST_JUG, SMALLEST_JUG + difficulty));
      }
      int unit = capacities.stream().reduce(0, Jugs::gcd);
      int largest = capacities.stream().reduce(0, Math::max);
      // One of the multiples of the unit up to the largest jug.
      int target = unit * random.randint(1, largest / unit);
      JugSearch search = new JugSearch(capacities, target);
      OptionalInt moves = search.fewestMoves();
      if (search.gaveUp()) {
        throw cannotGenerate(index, "the jugs have more states than can be searched");
      }
      if (moves.isPresent() && moves.getAsInt() >= difficulty) {
        return problem(index, capacities, target, moves.getAsInt());
      }
    }
    throw cannotGenerate(
        index, "none of " + MAX_PUZZLES + " puzzles takes " + difficulty + " moves");
  }

  private static int gcd(int a, int b) {
    return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).intValue();
  }

  private Problem problem(int index, List<Integer> capacities, int target, int moves) {
    ObjectNode metadata = metadata(index);
    ObjectNode puzzle = metadata.putObject("puzzle");
    ArrayNode sizes = puzzle.putArray("jug_capacities");
    capacities.forEach(capacity -> sizes.add(capacity.intValue()));
    puzzle.put("target", target).put("min_moves", moves);
    metadata.putObject("difficulty").put("num_jugs", jugs).put("difficulty", difficulty);
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < capacities.size(); i++) {
      labels.add(JugMove.label(i) + ":" + capacities.get(i));
    }
    String question =
        """
        You are a police officer. A maniac has planted a bomb next to a public fountain.

        To defuse the bomb, you must solve a puzzle. The puzzle is solved when you fill any of the available jugs with the target amount of water.

        You have three move types: 'fill', 'empty' and 'pour'.

        To fill Jug A, you 'fill A'.
        To empty Jug B, you 'empty B'.
        To pour the contents of Jug A into Jug B, you 'pour A->B'.
        All jugs are empty to begin with.

        The empty jugs hold this many litres of water: %s
        And your target is: %d litres.

        How do you defuse the bomb?

        Reply as a JSON-parsable list of moves which result in any of the jugs being filled with the target amount.
        """
            .formatted(String.join(", ", labels), target);
    String solution =
        new JugSearch(capacities.subList(0, SOLVED_JUGS), target)
                .solution()
                .map(path -> path.stream().map(JugMove::text).toList())
                .orElse(List.of("No solution"))
                .stream()
                .map(move -> '"' + move + '"')
                .collect(Collectors.joining(", ", "[", "]"));
    return problem(index, question, solution, metadata);
  }

  /** 1 if the target stands in a jug after the last move; little for other readable moves. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    JsonNode puzzle = problem.metadata().get("puzzle");
    List<Integer> capacities = new ArrayList<>();
    puzzle.get("jug_capacities").forEach(capacity -> capacities.add(capacity.intValue()));
    return Verdict.Scored.of(JugMoves.score(answer, capacities, puzzle.get("target").intValue()));
  }
}
