package io.amalgam.verifiers.task.logic;

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

/**
 * How many ways there are to call seven statements about their own number of truths true or false
 * without contradiction.
 *
 * <p>As in the original, {@code difficulty} has no effect.
 */
public final class SelfReference extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("self_reference", "logic")
          .integer("difficulty", 5)
          .madeBy(SelfReference::new);

  private static final int STATEMENTS = 7;

  /** Statements 1 to 5, whose truth is drawn; 6 and 7 follow from the number of true ones. */
  private static final List<Integer> FREE = List.of(0, 1, 2, 3, 4);

  private record Config(int difficulty) {}

  private final Config config;

  private SelfReference(TaskSetup setup) {
    super(setup);
    config = new Config(setup.values().count("difficulty", 1, 10));
  }

  /** The numbers in statements 1 to 4. */
  private record Numbers(int atLeastTrue, int atMostFalse, int exactlyTrue, int exactlyFalse) {
    boolean consistent(int assignment) {
      int trues = Integer.bitCount(assignment);
      int falses = STATEMENTS - trues;
      boolean[] claims = {
        trues >= atLeastTrue,
        falses <= atMostFalse,
        trues == exactlyTrue,
        falses == exactlyFalse,
        holds(assignment, 2) != holds(assignment, 3),
        isPrime(trues),
        isComposite(falses)
      };
      for (int i = 0; i < STATEMENTS; i++) {
        if (claims[i] != holds(assignment, i)) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean holds(int assignment, int statement) {
    return (assignment >> statement & 1) == 1;
  }

  private static boolean isPrime(int n) {
    return n == 2 || n == 3 || n == 5 || n == 7;
  }

  private static boolean isComposite(int n) {
    return n > 1 && !isPrime(n);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    Numbers numbers = drawNumbers(random);
    int solutions = 0;
    for (int assignment = 0; assignment < 1 << STATEMENTS; assignment++) {
      solutions += numbers.consistent(assignment) ? 1 : 0;
    }
    ObjectNode metadata = metadata(index);
    metadata.putObject("difficulty").put("difficulty", config.difficulty);
    return problem(index, question(numbers), Integer.toString(solutions), metadata);
  }

  /**
   * Draws an intended number of true statements and which they are, then numbers that agree with
   * it.
   */
  private static Numbers drawNumbers(PythonRandom random) {
    int trues = random.randint(1, STATEMENTS - 1);
    int free = trues - (isPrime(trues) ? 1 : 0) - (isComposite(STATEMENTS - trues) ? 1 : 0);
    List<Integer> intended;
    if (free < 0 || free > FREE.size()) {
      trues = 4;
      intended = FREE.subList(0, 4);
    } else {
      intended = free == 0 ? List.of() : random.sample(FREE, free);
    }
    int falses = STATEMENTS - trues;
    int atLeast;
    if (intended.contains(0)) {
      atLeast = random.randint(1, trues);
    } else {
      atLeast = random.randint(trues + 1, STATEMENTS);
    }
    int atMost =
        intended.contains(1)
            ? random.randint(falses, STATEMENTS)
            : random.randint(0, Math.max(falses - 1, 0));
    int exactlyTrue = intended.contains(2) ? trues : random.choice(countsWithout(trues));
    int exactlyFalse = intended.contains(3) ? falses : random.choice(countsWithout(falses));
    return new Numbers(atLeast, atMost, exactlyTrue, exactlyFalse);
  }

  private static List<Integer> countsWithout(int excluded) {
    List<Integer> counts = new ArrayList<>();
    for (int count = 0; count <= STATEMENTS; count++) {
      if (count != excluded) {
        counts.add(count);
      }
    }
    return counts;
  }

  private static String question(Numbers numbers) {
    return """
        Given the truthfulness of these statements, please tell me the number of possible solutions:\s
         - Statement 1: 'At least %d of these 7 statements are true.'
         - Statement 2: 'At most %d of these 7 statements are false.'
         - Statement 3: 'Exactly %d of these 7 statements are true.'
         - Statement 4: 'Exactly %d of these 7 statements are false.'
         - Statement 5: 'Either Statement 3 or Statement 4 is true, but not both.'
         - Statement 6: 'The number of true statements is a prime number.'
         - Statement 7: 'The number of false statements is a composite number.'
        """
        .formatted(
            numbers.atLeastTrue, numbers.atMostFalse, numbers.exactlyTrue, numbers.exactlyFalse);
  }

  /** Only the reference itself counts. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return Verdict.Scored.of(answer.isPresent() && answer.equals(problem.answer()) ? 1.0 : 0.0);
  }
}
