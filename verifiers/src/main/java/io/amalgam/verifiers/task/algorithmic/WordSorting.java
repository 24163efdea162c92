package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Words of a story to be sorted by code points, up or down. */
public final class WordSorting extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("word_sorting", "algorithmic")
          .integer("min_words", 3)
          .integer("max_words", 10)
          .integer("min_word_length", 3)
          .integer("max_word_length", 12)
          .text("transformation", "original")
          .data(StoryText.FILE)
          .madeBy(WordSorting::new);

  private static final int MOST = 1_000_000;

  /** Credit for the right words in a wrong order. */
  private static final double SAME_WORDS = 0.2;

  private static final List<Boolean> COIN = List.of(true, false);

  private static final String QUESTION =
      """
      Your task is to sort words in ascending or descending order using ASCII/Unicode ordering.

      Your output should be a comma-separated list of words, e.g. word_1, word_2, word_3

      Now, sort these words in %s order (using ASCII/Unicode ordering) and return them as a comma-separated list: %s
      """;

  private final Config config;
  private final List<String> words;

  private WordSorting(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    words =
        StoryText.of(data()).words().stream()
            .filter(config::admits)
            .distinct()
            .sorted(Words.BY_CODE_POINT)
            .toList();
  }

  private record Config(
      int minWords, int maxWords, int minLength, int maxLength, String transformation) {
    static Config of(FieldValues values) {
      int minWords = values.count("min_words", 1, MOST);
      values.requireAtLeast("max_words", "min_words");
      int minLength = values.count("min_word_length", 1, MOST);
      values.requireAtLeast("max_word_length", "min_word_length");
      String transformation =
          values.text(
              "transformation", List.of("lowercase", "uppercase", "original", "randomcase"));
      int maxWords = values.count("max_words", 1, MOST);
      int maxLength = values.count("max_word_length", 1, MOST);
      return new Config(minWords, maxWords, minLength, maxLength, transformation);
    }

    boolean admits(String word) {
      int length = PythonText.length(word);
      return length >= minLength && length <= maxLength;
    }

    String transform(String word, PythonRandom random) {
      switch (transformation) {
        case "lowercase":
          return PythonCase.lower(word);
        case "uppercase":
          return word.toUpperCase(Locale.ROOT);
        case "randomcase":
          StringBuilder mixed = new StringBuilder();
          word.codePoints()
              .mapToObj(Character::toString)
              .forEach(
                  letter ->
                      mixed.append(
                          random.choice(COIN)
                              ? letter.toUpperCase(Locale.ROOT)
                              : PythonCase.lower(letter)));
          return mixed.toString();
        default:
          return word;
      }
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int count = random.randint(config.minWords, config.maxWords);
    List<String> original = random.sample(words, count);
    List<String> shown = new ArrayList<>(count);
    original.forEach(word -> shown.add(config.transform(word, random)));
    boolean ascending = random.choice(COIN);
    List<String> sorted = new ArrayList<>(shown);
    sorted.sort(ascending ? Words.BY_CODE_POINT : Words.BY_CODE_POINT.reversed());
    String direction = ascending ? "ascending" : "descending";
    ObjectNode metadata = metadata(index);
    put(metadata, "original_words", original);
    put(metadata, "sorted_words", sorted);
    put(metadata, "transformed_words", shown);
    metadata
        .put("direction", direction)
        .put("num_words", count)
        .put("word_length", original.stream().mapToInt(PythonText::length).max().orElse(0));
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("num_words", JsonValues.range(config.minWords, config.maxWords));
    difficulty.set("word_length", JsonValues.range(config.minLength, config.maxLength));
    String question = QUESTION.formatted(direction, String.join(", ", shown));
    return problem(index, question, String.join(", ", sorted), metadata);
  }

  private static void put(ObjectNode metadata, String field, List<String> words) {
    ArrayNode list = metadata.putArray(field);
    words.forEach(list::add);
  }

  /** The share of words at their place; at least {@value #SAME_WORDS} for the right words. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    List<String> wanted = new ArrayList<>();
    for (JsonNode word : problem.metadata().path("sorted_words")) {
      wanted.add(word.asText());
    }
    if (answer.isEmpty() || answer.get().isEmpty()) {
      return Verdict.Scored.of(0);
    }
    List<String> given = new ArrayList<>();
    Words.splitAt(answer.get(), ",").forEach(word -> given.add(PythonText.strip(word)));
    if (given.equals(wanted)) {
      return Verdict.Scored.of(1);
    }
    if (wanted.isEmpty()) {
      return new Verdict.Invalid("no words were to be sorted");
    }
    int right = 0;
    for (int i = 0; i < Math.min(given.size(), wanted.size()); i++) {
      if (given.get(i).equals(wanted.get(i))) {
        right++;
      }
    }
    double share = (double) right / wanted.size();
    return Verdict.Scored.of(sameWords(given, wanted) ? Math.max(share, SAME_WORDS) : share);
  }

  private static boolean sameWords(List<String> given, List<String> wanted) {
    return given.size() == wanted.size()
        && given.stream().sorted().toList().equals(wanted.stream().sorted().toList());
  }
}
