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
import java.util.stream.IntStream;

/**
 * A tower of disks to be moved between pegs.
 *
 * <p>The field {@code visualize} changes neither question nor answer nor metadata.
 */
public final class TowerOfHanoi extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("tower_of_hanoi", "games")
          .integer("min_disks", 3)
          .integer("max_disks", 7)
          .integer("min_pegs", 3)
          .integer("max_pegs", 4)
          .flag("visualize", false)
          .madeBy(TowerOfHanoi::new);

  /** With three pegs, the reference answer has a million lines for this many disks. */
  private static final int MAX_DISKS = 20;

  private static final int MAX_PEGS = 1000;

  /** Follows the number of the target. */
  private static final String RULES =
      """
       following the rules:
      - Only one disk can be moved at a time.
      - A larger disk cannot be placed on top of a smaller disk.
      - All disks must be on a peg at all times.

      Provide the sequence of moves.

      Formatting guidelines:
      - Each instruction should be placed on a single line.
      - Each line should be formatted as 'Move disk X from Peg Y to Peg Z'
      - Do not include any other text or formatting.
      """;

  private final Config config;
  private final HanoiPlan plan;

  /** From 1 to the highest number a peg can have. */
  private final List<Integer> pegs;

  private TowerOfHanoi(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    plan = new HanoiPlan(config.maxDisks, config.maxPegs);
    pegs = IntStream.rangeClosed(1, config.maxPegs).boxed().toList();
  }

  private record Config(int minDisks, int maxDisks, int minPegs, int maxPegs) {
    static Config of(FieldValues values) {
      int minDisks = values.count("min_disks", 1, MAX_DISKS);
      values.requireAtLeast("max_disks", "min_disks");
      int minPegs = values.count("min_pegs", HanoiPlan.FEWEST_PEGS, MAX_PEGS);
      values.requireAtLeast("max_pegs", "min_pegs");
      return new Config(
          minDisks,
          values.count("max_disks", 1, MAX_DISKS),
          minPegs,
          values.count("max_pegs", 1, MAX_PEGS));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int disks = random.randint(config.minDisks, config.maxDisks);
    int pegCount = random.randint(config.minPegs, config.maxPegs);
    List<Integer> ends = random.sample(pegs.subList(0, pegCount), 2);
    int start = ends.get(0);
    int target = ends.get(1);
    int[] others = others(pegCount, start, target);

    ObjectNode metadata =
        metadata(index)
            .put("num_disks", disks)
            .put("num_pegs", pegCount)
            .put("start_peg", start)
            .put("target_peg", target);
    metadata.set("auxiliary_pegs", Boards.json(others));
    metadata.put("solution_length", plan.length(disks, pegCount));
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("num_disks", JsonValues.range(config.minDisks, config.maxDisks));
    difficulty.set("num_pegs", JsonValues.range(config.minPegs, config.maxPegs));
    return problem(
        index,
        question(disks, pegCount, start, target),
        plan.moves(disks, start, target, others),
        metadata);
  }

  /** All pegs but two, in order. */
  private static int[] others(int pegCount, int start, int target) {
    int[] others = new int[pegCount - 2];
    for (int peg = 1, i = 0; peg <= pegCount; peg++) {
      if (peg != start && peg != target) {
        others[i++] = peg;
      }
    }
    return others;
  }

  private static String question(int disks, int pegs, int start, int target) {
    return "Solve the Tower of Hanoi problem with "
        + disks
        + " disks and "
        + pegs
        + " pegs.\nMove all disks from Peg "
        + start
        + " to Peg "
        + target
        + RULES;
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return answer.isEmpty() || answer.get().isEmpty()
        ? Verdict.Scored.of(0)
        : HanoiCheck.score(problem.metadata(), answer.get());
  }
}
