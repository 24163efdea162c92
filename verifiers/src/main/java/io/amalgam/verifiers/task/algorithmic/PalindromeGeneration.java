package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A palindrome to be made of given letters. */
public final class PalindromeGeneration extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("palindrome_generation", "algorithmic")
          .integer("min_length", 3)
          .integer("max_length", 10)
          .madeBy(PalindromeGeneration::new);

  private static final double RIGHT = 1.0;
  private static final double OTHER_LETTERS = 0.05;
  private static final double NO_PALINDROME = 0.02;

  private final SizeRange length;

  private PalindromeGeneration(TaskSetup setup) {
    super(setup);
    length = SizeRange.of(setup.values(), "min_length", "max_length", 1, SizeRange.MAX_LENGTH);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int count = length.draw(random);
    List<String> letters = PalindromeLetters.draw(random, count);
    List<String> scrambled = random.sample(letters, count);
    String palindrome = String.join("", letters);
    ObjectNode metadata = metadata(index);
    scrambled.forEach(metadata.putArray("letters")::add);
    metadata.put("generated_palindrome", palindrome).put("length", count);
    metadata.putObject("difficulty").set("length", length.json());
    String question =
        """
        Your task is, given a list of letters, to form a valid palindrome.

        A palindrome is a phrase that reads the same forwards and backwards.

        If there are multiple possible answers, only respond with one of them. You must use all the letters provided.

        Your output should be a single string, with no spaces or punctuation.

        Now, form a valid palindrome using the following letters: %s
        """
            .formatted(String.join(", ", scrambled));
    return problem(index, question, palindrome, metadata);
  }

  /** 1 for any palindrome of exactly the letters; a little for other texts. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty() || answer.get().isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    int[] given = PythonCase.lower(PythonText.strip(answer.get())).codePoints().toArray();
    for (int i = 0; i < given.length / 2; i++) {
      if (given[i] != given[given.length - 1 - i]) {
        return Verdict.Scored.of(NO_PALINDROME);
      }
    }
    StringBuilder letters = new StringBuilder();
    for (JsonNode letter : problem.metadata().get("letters")) {
      letters.append(letter.textValue());
    }
    int[] wanted = letters.codePoints().sorted().toArray();
    Arrays.sort(given);
    return Verdict.Scored.of(Arrays.equals(given, wanted) ? RIGHT : OTHER_LETTERS);
  }
}
