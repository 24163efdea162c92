package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A Go position in which one black move captures a white group.
 *
 * <p>Credit: 1 for the move; its share of a longer text that holds it; 0.05 for another point and
 * 0.01 for any other text.
 */
public final class Tsumego extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("tsumego", "games")
          .integer("min_board_size", 9)
          .integer("max_board_size", 13)
          .integer("max_stones", 15)
          .madeBy(Tsumego::new);

  private static final int SMALLEST = 5;
  private static final int LARGEST = 19;
  private static final int MOST_STONES = 1_000_000;
  private static final double POINT = 0.05;
  private static final double TEXT = 0.01;

  private static final List<String> QUESTIONS =
      List.of(
          "Tsumego time. Black to play and capture some stones.\nFind the key move.",
          "I have a Go problem for you. Black moves next - can you capture some of the white stones?",
          "Here's a Go challenge. Playing as Black, how can you capture as many white stones as possible?");

  private final int minSize;
  private final int maxSize;
  private final int maxStones;

  private Tsumego(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    minSize = values.count("min_board_size", SMALLEST, LARGEST);
    maxSize = values.count("max_board_size", SMALLEST, LARGEST);
    values.requireAtLeast("max_board_size", "min_board_size");
    maxStones = values.count("max_stones", 5, MOST_STONES);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int size = random.randint(minSize, maxSize);
    CaptureProblem drawn =
        CaptureProblem.draw(random, size, maxStones)
            .orElseThrow(() -> cannotGenerate(index, "no room for a formation on the drawn board"));
    GoBoard board = drawn.board();
    ObjectNode metadata = metadata(index);
    ArrayNode rows = metadata.putArray("board");
    for (int row = 0; row < size; row++) {
      ArrayNode points = rows.addArray();
      for (int col = 0; col < size; col++) {
        points.add(String.valueOf(board.at(row, col)));
      }
    }
    metadata.put("board_size", size);
    metadata.putObject("difficulty").set("board_size", JsonValues.range(minSize, maxSize));
    String question =
        random.choice(QUESTIONS)
            + "\n\n```\n"
            + board.print()
            + "\n```\n\nX - Black\nO - White\n\n"
            + "Specify your move in coordinates (e.g. 'C4' for column C, row 4)";
    return problem(index, question, drawn.move(), metadata);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty() || answer.get().isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    String given = PythonText.strip(answer.get()).toUpperCase(Locale.ROOT);
    String wanted = PythonText.strip(problem.answer().orElse(""));
    if (given.contains(wanted)) {
      return Verdict.Scored.of((double) PythonText.length(wanted) / PythonText.length(given));
    }
    return Verdict.Scored.of(isPoint(given) ? POINT : TEXT);
  }

  /** Whether a text is a letter and digits of any script. */
  private static boolean isPoint(String text) {
    return text.length() > 1
        && text.charAt(0) >= 'A'
        && text.charAt(0) <= 'Z'
        && text.codePoints().skip(1).allMatch(c -> PythonText.decimalDigit(c) >= 0);
  }
}
