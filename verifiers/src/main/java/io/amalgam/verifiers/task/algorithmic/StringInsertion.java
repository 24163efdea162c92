package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Optional;

/** A string of letters into which letters are inserted after certain groups. */
public final class StringInsertion extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("string_insertion", "algorithmic")
          .integer("min_string_length", 5)
          .integer("max_string_length", 20)
          .madeBy(StringInsertion::new);

  private static final List<String> VOCABULARY = List.of("A", "B", "C", "D", "E");

  /** After each of these its first letter is inserted. */
  private static final List<String> GROUPS = List.of("ABCD", "BCDE", "CDEA", "DEAB", "EABC");

  private static final int GROUP_LENGTH = 4;
  private static final int MIN_LENGTH = 5;

  /** For the right string in pieces. */
  private static final double OTHER_NOTATION = 0.1;

  private final SizeRange length;

  private StringInsertion(TaskSetup setup) {
    super(setup);
    length =
        SizeRange.of(
            setup.values(),
            "min_string_length",
            "max_string_length",
            MIN_LENGTH,
            SizeRange.MAX_LENGTH);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int size = length.draw(random);
    StringBuilder text = new StringBuilder(size);
    for (int i = 0; i < size; i++) {
      text.append(random.choice(VOCABULARY));
    }
    String string = text.toString();
    String result = inserted(string);
    ObjectNode metadata = metadata(index).put("string", string).put("solution", result);
    metadata.put("string_length", size);
    metadata.putObject("difficulty").set("string_length", length.json());
    String question =
        """
        Given a string consisting of characters A, B, C, D, and E, your job is to insert a character according to the following pattern:
        1. If there is a substring ABCD in the string, insert the character A after the substring.
        2. If there is a substring BCDE in the string, insert the character B after the substring.
        3. If there is a substring CDEA in the string, insert the character C after the substring.
        4. If there is a substring DEAB in the string, insert the character D after the substring.
        5. If there is a substring EABC in the string, insert the character E after the substring.

        Once you have inserted a character, you have to skip over the substring and the inserted character and continue the search from the next character.

        Your output should be a string that has been modified according to the pattern.

        Given the following string, provide the answer after inserting the characters according to the pattern: %s
        """
            .formatted(string);
    return problem(index, question, result, metadata);
  }

  private static String inserted(String string) {
    StringBuilder result = new StringBuilder();
    int at = 0;
    while (at < string.length()) {
      int end = Math.min(string.length(), at + GROUP_LENGTH);
      String group = string.substring(at, end);
      if (GROUPS.contains(group)) {
        result.append(group).append(group.charAt(0));
        at = end;
      } else {
        result.append(string.charAt(at));
        at++;
      }
    }
    return result.toString();
  }

  /** 1 for the exact string; little for literals of its pieces. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isPresent() && answer.equals(problem.answer())) {
      return Verdict.Scored.of(1.0);
    }
    Optional<String> joined = answer.flatMap(LiteralSum::joined);
    return Verdict.Scored.of(
        joined.isPresent() && joined.equals(problem.answer()) ? OTHER_NOTATION : 0.0);
  }
}
