package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The final state of a program of the rewriting system A::B. */
public final class AbProgram extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("ab", "algorithmic").integer("length", 10).madeBy(AbProgram::new);

  private static final List<String> TOKENS = List.of("A#", "B#", "#A", "#B");

  /** A program that needs as many rewrites counts as one that never ends. */
  private static final int MAX_REWRITES = 100;

  /** Programs drawn before giving up; long ones hardly ever end in time. */
  private static final int MAX_PROGRAMS = 100_000;

  private final int length;

  private AbProgram(TaskSetup setup) {
    super(setup);
    length = setup.values().count("length", 1, 10_000);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    for (int tries = 0; tries < MAX_PROGRAMS; tries++) {
      List<String> program = new ArrayList<>(length);
      for (int i = 0; i < length; i++) {
        program.add(random.choice(TOKENS));
      }
      Optional<List<String>> result = run(program);
      if (result.isPresent()) {
        ObjectNode metadata = metadata(index);
        metadata.putObject("difficulty").put("length", length);
        String question = question(String.join(" ", program));
        return problem(index, question, String.join(" ", result.get()), metadata);
      }
    }
    throw cannotGenerate(
        index, "none of " + MAX_PROGRAMS + " programs ended within " + MAX_REWRITES + " rewrites");
  }

  /**
   * Rewrites the leftmost pair that can be, over and over; nothing if that takes too long.
   *
   * <p>No state comes twice: a rewrite removes two tokens or moves one past another for good.
   */
  private static Optional<List<String>> run(List<String> program) {
    List<String> state = new ArrayList<>(program);
    int rewrites = 0;
    for (int i = 0; i + 1 < state.size(); ) {
      String left = state.get(i);
      String right = state.get(i + 1);
      if (left.charAt(1) != '#' || right.charAt(0) != '#') {
        i++;
        continue;
      }
      rewrites++;
      if (rewrites == MAX_REWRITES) {
        return Optional.empty();
      }
      if (left.charAt(0) == right.charAt(1)) {
        state.subList(i, i + 2).clear();
      } else {
        state.set(i, right);
        state.set(i + 1, left);
      }
      i = Math.max(0, i - 1);
    }
    return Optional.of(state);
  }

  private static String question(String program) {
    return """
        A::B is a system with 4 tokens: `A#`, `#A`, `B#` and `#B`.

        An A::B program is a sequence of tokens. Example:

            B# A# #B #A B#

        To *compute* a program, we must rewrite neighbor tokens, using the rules:

            A# #A ... becomes ... nothing
            A# #B ... becomes ... #B A#
            B# #A ... becomes ... #A B#
            B# #B ... becomes ... nothing

        In other words, whenever two neighbor tokens have their '#' facing each-other,
        they must be rewritten according to the corresponding rule.

        Now, consider the following program:

        %s

        Return the final state of the program.
        """
        .formatted(program);
  }

  /** The exact final state, or nothing. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return Verdict.Scored.of(answer.equals(problem.answer()) ? 1.0 : 0.0);
  }
}
