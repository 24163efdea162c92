package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.answer.AnswerRules;
import io.amalgam.verifiers.python.EmptyDrawException;
import io.amalgam.verifiers.python.PythonRandom;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A task whose problem i is drawn from a fresh generator seeded with seed + i; what nearly all
 * tasks are.
 *
 * <p>A subclass draws the problem and, where the containment rule does not fit, scores it.
 */
public abstract class ProceduralTask implements Task {
  private final TaskSetup setup;

  /** A task from its setup; the subclass reads and checks its own configuration. */
  protected ProceduralTask(TaskSetup setup) {
    this.setup = setup;
  }

  @Override
  public final String name() {
    return setup.family().name();
  }

  @Override
  public final String category() {
    return setup.family().category();
  }

  @Override
  public final ObjectNode config() {
    return setup.values().toJson();
  }

  @Override
  public final Problem problem(int index) {
    if (index < 0) {
      throw new IndexOutOfBoundsException(name() + ": problem index " + index + " is negative");
    }
    try {
      return generate(new PythonRandom(setup.seed().add(BigInteger.valueOf(index))), index);
    } catch (EmptyDrawException e) {
      throw cannotGenerate(index, String.valueOf(e.getMessage()));
    }
  }

  /** Draws the problem at an index from its own generator. */
  protected abstract Problem generate(PythonRandom random, int index);

  /** Scores by the containment rule; tasks with a rule of their own override this. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return Verdict.Scored.of(AnswerRules.containment(answer, problem.answer()));
  }

  @Override
  public Optional<String> workedSolution(Problem problem) {
    return Optional.empty();
  }

  /** Metadata that starts with the two fields every problem has. */
  protected final ObjectNode metadata(int index) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("source_dataset", name())
        .put("source_index", index);
  }

  /** A problem of this task. */
  protected final Problem problem(int index, String question, String answer, ObjectNode metadata) {
    return new Problem(name(), index, question, Optional.of(answer), metadata);
  }

  /** A problem that any valid solution answers. */
  protected final Problem problem(int index, String question, ObjectNode metadata) {
    return new Problem(name(), index, question, Optional.empty(), metadata);
  }

  /** The base seed. */
  protected final BigInteger seed() {
    return setup.seed();
  }

  /** The nominal number of problems. */
  protected final int size() {
    return setup.size();
  }

  /** Texts and word lists. */
  protected final TaskData data() {
    return setup.data();
  }

  /** The failure to draw a problem at an index. */
  protected final ProblemGenerationException cannotGenerate(int index, String cause) {
    return new ProblemGenerationException(name() + ": no problem at index " + index + ": " + cause);
  }
}
