package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.List;

/** What blocks become that are combined by rules. */
public final class StringSynthesis extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("string_synthesis", "algorithmic")
          .integer("min_initial_blocks", 0)
          .integer("max_initial_blocks", 5)
          .integer("max_iterations", 1000)
          .madeBy(StringSynthesis::new);

  /** Changes of the counts of A, B, C in square brackets, then curly ones, then round ones. */
  private static final ExchangeRules RULES =
      new ExchangeRules(
          new int[][] {
            {-1, -1, -1, 1, 0, 0, 0, 0, 0},
            {-1, -1, 0, 0, 0, 1, 0, 0, 0},
            {0, -1, -1, 0, 1, 0, 0, 0, 0},
            {0, 0, -2, 0, 0, 1, 0, 0, 0},
            {0, 0, 0, -1, 0, -1, 1, 1, 0},
            {0, 0, 0, 0, -2, 0, 0, 0, 1}
          });

  private static final NumberBlanks QUESTION =
      new NumberBlanks(
          """
          There are nine different blocks [A] [B] [C] {A} {B} {C} (A) (B) (C)
          1. One [A], one [B], and one [C] can be combined to form one {A}.
          2. One [A] and one [B] can be combined to form one {C}.
          3. One [B] and one [C] can be combined to form one {B}.
          4. Two [C] can be combined to form one {C}.
          5. One {A} and one {C} can be combined to form one (A) and one (B).
          6. Two {B} can be combined to form one (C).

          Given a certain number of initial blocks, your job is to cycle through the rules 1-6 above, synthesizing new blocks until no more rules can be applied, or until a state (counts of each block type) is repeated.
          In the case a state is repeated the answer is the state before the repetition!

          The output should be the count of each block type after the rules have been applied in the order they are listed above.
          For example 1 0 3 0 2 0 0 0 1 means that you have 1 [A] 0 [B] 3 [C] 0 {A} 2 {B} 0 {C} 0 (A) 0 (B) 1 (C).

          Now, you have %d [A], %d [B], and %d [C] blocks. Provide the count of each block type after applying the above rules.
          Note: Apply the rules at most %d times. If the rules cannot be applied anymore, or if you have reached the maximum number of iterations, stop and provide the current counts.
          """);

  private final SizeRange blocks;
  private final int maxIterations;

  private StringSynthesis(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    blocks =
        SizeRange.of(values, "min_initial_blocks", "max_initial_blocks", 0, SizeRange.MAX_LENGTH);
    maxIterations = values.count("max_iterations", 1, Integer.MAX_VALUE);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int a = blocks.draw(random);
    int b = blocks.draw(random);
    int c = blocks.draw(random);
    List<int[]> states = RULES.states(new int[] {a, b, c, 0, 0, 0, 0, 0, 0}, maxIterations);
    int[] last = states.get(states.size() - 1);
    ObjectNode metadata = metadata(index);
    ArrayNode history = metadata.putArray("states");
    states.forEach(state -> history.add(ExchangeRules.json(state)));
    metadata.set("solution", ExchangeRules.json(last));
    metadata.set("initial_blocks", ExchangeRules.json(a, b, c));
    metadata.putObject("difficulty").set("initial_blocks", blocks.json());
    String question = QUESTION.filled(a, b, c, maxIterations);
    return problem(index, question, ExchangeRules.text(last), metadata);
  }
}
