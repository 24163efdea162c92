package io.amalgam.verifiers.task.logic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.Optional;

/** Who lives in the first house, from clues about people who differ in several characteristics. */
public final class ZebraPuzzles extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("zebra_puzzles", "logic")
          .integer("num_people", 4)
          .integer("num_characteristics", 4)
          .madeBy(ZebraPuzzles::new);

  private static final int FEWEST = 2;
  private static final int MOST = 7;

  private final Config config;

  private ZebraPuzzles(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int people, int characteristics) {
    static Config of(FieldValues values) {
      return new Config(
          values.count("num_people", FEWEST, MOST),
          values.count("num_characteristics", FEWEST, MOST));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    ZebraPuzzle puzzle = new ZebraPuzzle(random, config.people, config.characteristics);
    ObjectNode metadata = metadata(index);
    metadata
        .putObject("difficulty")
        .put("num_people", config.people)
        .put("num_characteristics", config.characteristics);
    String question =
        puzzle.text()
            + "\nWhat is Name of the person who lives in House 1?"
            + "? Provide only the name of the person as your final answer.";
    return problem(index, question, puzzle.firstName(), metadata);
  }

  /** The name counts; case and line feeds do not. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    boolean right =
        answer.isPresent() && answer.map(this::plain).equals(problem.answer().map(this::plain));
    return Verdict.Scored.of(right ? 1.0 : 0.0);
  }

  private String plain(String text) {
    return PythonCase.lower(text).replace("\n", "");
  }
}
