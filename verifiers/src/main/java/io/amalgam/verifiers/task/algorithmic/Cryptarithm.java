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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
  private static final List<Integer> POWERS_OF_TEN = List.of(1, 10, 100, 1000, 10_000, 100_000);
  private static final int MAX_WORDS = 10_000;
  private static final List<String> ALPHABET =
      IntStream.rangeClosed('A', 'Z').mapToObj(Character::toString).toList();

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
    List<Integer> numbers = new ArrayList<>(count);
    int sum = 0;
    for (int length : lengths) {
      int least = leadingZero ? 0 : POWERS_OF_TEN.get(length - 1);
      numbers.add(random.randint(least, POWERS_OF_TEN.get(length) - 1));
      sum += numbers.get(numbers.size() - 1);
    }
    Map<Character, String> letters = letters(random, numbers, sum);
    List<String> addends = numbers.stream().map(number -> spelled(number, letters)).toList();
    String total = spelled(sum, letters);
    Map<String, Integer> digits = new LinkedHashMap<>();
    letters.forEach((digit, letter) -> digits.put(letter, digit - '0'));

    ObjectNode metadata = metadata(index).put("allow_leading_zero", leadingZero);
    digits.keySet().forEach(metadata.putArray("letters")::add);
    ArrayNode values = metadata.putArray("word_values");
    numbers.forEach(number -> values.add(number.intValue()));
    metadata.put("sum_number", sum);
    addends.forEach(metadata.putArray("words_letters")::add);
    metadata.put("result_letters", total);
    ObjectNode digitToLetter = metadata.putObject("digit_to_letter");
    letters.forEach((digit, letter) -> digitToLetter.put(digit.toString(), letter));
    ObjectNode letterToDigit = metadata.putObject("letter_to_digit");
    digits.forEach((letter, digit) -> letterToDigit.put(letter, digit.intValue()));
    metadata.putObject("difficulty").set("words", words.json());

    String answer =
        new TreeMap<>(digits)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    return problem(index, question(addends, total), answer, metadata);
  }

  /** A drawn letter for every digit that occurs. */
  private static Map<Character, String> letters(
      PythonRandom random, List<Integer> numbers, int sum) {
    List<Character> digits =
        (numbers + " " + sum)
            .chars()
            .filter(c -> c >= '0' && c <= '9')
            .sorted()
            .distinct()
            .mapToObj(c -> (char) c)
            .collect(Collectors.toCollection(ArrayList::new));
    random.shuffle(digits);
    List<String> alphabet = new ArrayList<>(ALPHABET);
    random.shuffle(alphabet);
    Map<Character, String> letters = new LinkedHashMap<>();
    for (int i = 0; i < digits.size(); i++) {
      letters.put(digits.get(i), alphabet.get(i));
    }
    return letters;
  }

  private static String spelled(int number, Map<Character, String> letters) {
    StringBuilder word = new StringBuilder();
    for (char digit : Integer.toString(number).toCharArray()) {
      word.append(letters.get(digit));
    }
    return word.toString();
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
