package io.amalgam.verifiers.task.graphs;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A number to be reached with three buttons, some of which work only while a light is red or green.
 *
 * <p>The letters A to C of an answer are pressed in turn, those of words around it included. A
 * shortest sequence that reaches the target earns 1, a sequence of another length 0.5.
 */
public final class QuantumLock extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("quantum_lock", "graphs").integer("difficulty", 10).madeBy(QuantumLock::new);

  private static final int HARDEST = 1_000_000;

  /** The original gives up after about as many puzzles without a solution. */
  private static final int TRIES = 950;

  private static final double DETOUR = 0.5;

  private static final String QUESTION =
      """
      In front of you are some buttons, a light, and a number. The light will toggle between red and green whenever you press a button. Each button performs a mathematical operation to the number, but the operation may depend on the state of the light.
      You must press the shortest correct sequence of buttons to reach the target value. Your answer should be a sequence of buttons separated by '→', for example: A → B → C

      Start: 0 (red)
      Target: {target}
      Buttons:
      {buttons}""";

  private final int hardest;

  private QuantumLock(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    hardest = values.count("difficulty", 1, HARDEST);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int difficulty = random.randint(1, hardest);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<LockButton> buttons = LockButton.drawThree(random, difficulty);
      int target = target(random, difficulty);
      Optional<String> path =
          LockSearch.shortest(buttons, target, Math.min(15, 6 + (int) (difficulty * 1.5)));
      if (path.isPresent()) {
        return problem(random, index, difficulty, buttons, target, path.get());
      }
    }
    throw cannotGenerate(index, "none of " + TRIES + " drawn locks can be opened");
  }

  private static int target(PythonRandom random, int difficulty) {
    double middle = 5 + Math.pow(difficulty, 1.5);
    int variance = random.randint(-(int) (middle * 0.2), (int) (middle * 0.3));
    return Math.max(8, (int) (middle + variance));
  }

  private Problem problem(
      PythonRandom random,
      int index,
      int difficulty,
      List<LockButton> buttons,
      int target,
      String path) {
    List<String> presses = List.of(path.split(""));
    ObjectNode metadata = metadata(index);
    ArrayNode solution = metadata.putArray("solution_path");
    presses.forEach(solution::add);
    metadata.put("target_value", target);
    ArrayNode described = metadata.putArray("buttons");
    List<String> lines = new ArrayList<>();
    for (LockButton button : buttons) {
      described.add(button.json());
      lines.add(button.line());
    }
    metadata.put("initial_state", LockButton.RED);
    metadata.put("initial_value", 0);
    metadata.putObject("difficulty").put("difficulty", difficulty);
    String question =
        random
            .choice(List.of(QUESTION))
            .replace("{target}", Integer.toString(target))
            .replace("{buttons}", String.join("\n", lines));
    return problem(index, question, String.join(" → ", presses), metadata);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    String given = letters(answer.get());
    String wanted = letters(problem.answer().orElse(""));
    if (given.equals(wanted)) {
      return Verdict.Scored.of(1.0);
    }
    if (!opens(problem.metadata(), given)) {
      return Verdict.Scored.of(0.0);
    }
    return Verdict.Scored.of(given.length() == wanted.length() ? 1.0 : DETOUR);
  }

  private static String letters(String text) {
    StringBuilder letters = new StringBuilder();
    String upper = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < upper.length(); i++) {
      if (upper.charAt(i) >= 'A' && upper.charAt(i) <= 'C') {
        letters.append(upper.charAt(i));
      }
    }
    return letters.toString();
  }

  /** Whether a sequence ends at the target; presses of a button that does not work do nothing. */
  private static boolean opens(JsonNode lock, String sequence) {
    List<LockButton> buttons = new ArrayList<>();
    lock.get("buttons").forEach(button -> buttons.add(LockButton.of(button)));
    long value = lock.get("initial_value").longValue();
    boolean red = lock.get("initial_state").textValue().equals(LockButton.RED);
    for (int i = 0; i < sequence.length(); i++) {
      for (LockButton button : buttons) {
        if (button.name() == sequence.charAt(i) && button.worksAt(red)) {
          value = button.press(value);
          red = !red;
          break;
        }
      }
      if (Math.abs(value) > LockButton.FAR) {
        return false;
      }
    }
    return value == lock.get("target_value").longValue();
  }
}
