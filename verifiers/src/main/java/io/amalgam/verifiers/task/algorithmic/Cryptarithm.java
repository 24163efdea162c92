package io.amalgam.verifiers.task.algorithmic;

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
import java.util.Optional;

/** A sum whose digits are written as letters. */
public final class Cryptarithm extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("cryptarithm", "algorithmic")
          .integer("min_words", 2)
          .integer("max_words", 3)
          .flag("allow_leading_zero", false)
          .madeBy(Cryptarithm::new);

  private static final int MIN_DIGITS = 3;
  private static final int MAX_DIGITS = 5;
  private static final int[] POWERS_OF_TEN = {1, 10, 100, 1000, 10_000, 100_000};
  private static final int MAX_WORDS = 10_000;

  private final SizeRange words;
  private final boolean leadingZero;

  private Cryptarithm(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    words = SizeRange.of(values, "min_words", "max_words", 2, MAX_WORDS);
    leadingZero = values.flag("allow_leading_zero");
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int count = words.draw(random);
    int[] lengths = new int[count];
    for (int i = 0; i < count; i++) {
      lengths[i] = random.randint(MIN_DIGITS, MAX_DIGITS);
    }
    int[] numbers = new int[count];
    int sum = 0;
    for (int i = 0; i < count; i++) {
      int least = leadingZero ? 0 : POWERS_OF_TEN[lengths[i] - 1];
      numbers[i] = random.randint(least, POWERS_OF_TEN[lengths[i]] - 1);
      sum += numbers[i];
    }
    LetterCode code = LetterCode.draw(random, numbers, sum);
    List<String> addends = new ArrayList<>(count);
    for (int number : numbers) {
      addends.add(code.spelled(number));
    }
    String total = code.spelled(sum);

    ObjectNode metadata = metadata(index).put("allow_leading_zero", leadingZero);
    code.writeLetters(metadata.putArray("letters"));
    ArrayNode values = metadata.putArray("word_values");
    for (int number : numbers) {
      values.add(number);
    }
    metadata.put("sum_number", sum);
    addends.forEach(metadata.putArray("words_letters")::add);
    metadata.put("result_letters", total);
    code.writeDigitToLetter(metadata.putObject("digit_to_letter"));
    code.writeLetterToDigit(metadata.putObject("letter_to_digit"));
    metadata.putObject("difficulty").set("words", words.json());
    return problem(index, question(addends, total), code.solution(), metadata);
  }

  private String question(List<String> addends, String total) {
    int width = total.length();
    for (String addend : addends) {
      width = Math.max(width, addend.length());
    }
    StringBuilder sum = new StringBuilder();
    for (int i = 0; i < addends.size(); i++) {
      sum.append(i == addends.size() - 1 ? "+ " : "  ");
      sum.append(" ".repeat(width - addends.get(i).length())).append(addends.get(i)).append('\n');
    }
    sum.append("-".repeat(width + 2)).append('\n');
    sum.append(" ".repeat(width + 2 - total.length())).append(total);
    return "Solve this cryptarithm:\n\n"
        + sum
        + "\n\nEach letter stands for a unique digit (0-9). "
        + (leadingZero ? "Leading letters may be zero.\n" : "No leading letter can be zero.\n")
        + "Provide a comma separated mapping from letters to digits that satisfies the equation in"
        + " your final answer. Output format: \"A=1,B=2,C=3\" (without quotes)\n";
  }

  /** 1 for any solution, little for any other mapping, nothing for what is no mapping. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    ObjectNode metadata = problem.metadata();
    List<String> addends = new ArrayList<>();
    for (JsonNode word : metadata.get("words_letters")) {
      addends.add(word.textValue());
    }
    return Verdict.Scored.of(
        CryptarithmCheck.score(
            answer,
            addends,
            metadata.get("result_letters").textValue(),
            metadata.path("allow_leading_zero").asBoolean(false)));
  }
}
