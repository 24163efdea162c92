package io.amalgam.verifiers.task.cognition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;

/** Who of many people likes a certain thing; letter case and blanks of the answer do not matter. */
public final class NeedleHaystack extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("needle_haystack", "cognition")
          .integer("min_num_statements", 10)
          .integer("max_num_statements", 100)
          .madeBy(NeedleHaystack::new);

  private static final int MOST_STATEMENTS = 168_386_999;

  /** Characters that most statements need no more than; an estimate for the buffer. */
  private static final int USUAL_STATEMENT = 40;

  /** Statements for which the buffer is made at once. */
  private static final int MOST_PLANNED = 10_000;

  private final int minStatements;
  private final int maxStatements;

  private NeedleHaystack(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    minStatements = values.count("min_num_statements", 1, MOST_STATEMENTS);
    values.requireAtLeast("max_num_statements", "min_num_statements");
    maxStatements = values.count("max_num_statements", 1, MOST_STATEMENTS);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    NeedleWords words = data().parsed(NeedleWords.class, NeedleWords::read);
    int count = random.randint(minStatements, maxStatements);
    List<Integer> stack = random.sample(firstNumbers(words.statements()), count);
    NeedleWords.Statement needle = words.statement(random.choice(stack));
    StringBuilder text = new StringBuilder(Math.min(count, MOST_PLANNED) * USUAL_STATEMENT);
    for (int number : stack) {
      NeedleWords.Statement statement = words.statement(number);
      text.append(statement.name())
          .append(' ')
          .append(statement.verb())
          .append(' ')
          .append(statement.subject())
          .append(". ");
    }
    String question = "Who " + needle.verb() + " " + needle.subject() + "? Reply only with a name.";
    ObjectNode metadata = metadata(index);
    metadata.put("question", question);
    metadata.put("num_statements", count);
    metadata
        .putObject("difficulty")
        .set("num_statements", JsonValues.range(minStatements, maxStatements));
    return problem(index, text.append('\n').append(question).toString(), needle.name(), metadata);
  }

  /** The whole numbers from 0 on without memory for them. */
  private static List<Integer> firstNumbers(int count) {
    return new AbstractList<>() {
      @Override
      public Integer get(int position) {
        return position;
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    String wanted = PythonCase.lower(PythonText.strip(problem.answer().orElse("")));
    boolean right =
        answer
            .map(given -> PythonCase.lower(PythonText.strip(given.replace(" ", ""))))
            .filter(wanted::equals)
            .isPresent();
    return Verdict.Scored.of(right ? 1.0 : 0.0);
  }
}
