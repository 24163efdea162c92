package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.Optional;
import java.util.stream.IntStream;

/** Words of a story whose letters were swapped and are to be put back; each right word counts. */
public final class LetterJumble extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("letter_jumble", "algorithmic")
          .integer("min_word_len", 1)
          .integer("max_word_len", 64)
          .integer("min_words", 3)
          .integer("max_words", 20)
          .number("min_corruption_level", 0.1)
          .number("max_corruption_level", 0.9)
          .flag("consecutive_words", true)
          .data(StoryText.FILE)
          .madeBy(LetterJumble::new);

  private static final int MOST = 1_000_000;

  private static final String QUESTION =
      """
      Your task is to unsramble words in a sentence.

      For each word in a sentence, the letter may have been randomly shuffled. Your task is to unscramble the words.

      The order of the words in the sentence is preserved. Moreover, the style of the sentence is preserved (i.e. punctuation, capitalization, new lines, etc.).

      Your output should be a sentence with the words unscrambled.

      Now, unscramble these words:\s""";

  private final Config config;
  private final List<String> words;

  private LetterJumble(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    words =
        StoryText.of(data()).words().stream()
            .filter(Words::isAlphabetic)
            .filter(config::admits)
            .toList();
  }

  private record Config(
      int minLength,
      int maxLength,
      int minWords,
      int maxWords,
      double minCorruption,
      double maxCorruption,
      boolean consecutive,
      ObjectNode difficulty) {
    static Config of(FieldValues values) {
      int minLength = values.count("min_word_len", 1, MOST);
      values.requireAtLeast("max_word_len", "min_word_len");
      int minWords = values.count("min_words", 1, MOST);
      values.requireAtLeast("max_words", "min_words");
      double minCorruption = values.fraction("min_corruption_level", 0, 1);
      double maxCorruption = values.fraction("max_corruption_level", 0, 1);
      values.require(
          maxCorruption >= minCorruption,
          "max_corruption_level",
          "at least min_corruption_level (" + minCorruption + ")");
      int maxLength = values.count("max_word_len", 1, MOST);
      int maxWords = values.count("max_words", 1, MOST);
      ObjectNode difficulty = JsonNodeFactory.instance.objectNode();
      difficulty.set("word_len", JsonValues.range(minLength, maxLength));
      difficulty.set("words", JsonValues.range(minWords, maxWords));
      difficulty
          .putArray("corruption_level")
          .add(values.json("min_corruption_level"))
          .add(values.json("max_corruption_level"));
      return new Config(
          minLength,
          maxLength,
          minWords,
          maxWords,
          minCorruption,
          maxCorruption,
          values.flag("consecutive_words"),
          difficulty);
    }

    boolean admits(String word) {
      int length = PythonText.length(word);
      return length >= minLength && length <= maxLength;
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int count = random.randint(config.minWords, config.maxWords);
    double corruption = random.uniform(config.minCorruption, config.maxCorruption);
    List<String> original;
    if (config.consecutive) {
      int start = random.randint(0, words.size() - count);
      original = words.subList(start, start + count);
    } else {
      original = random.sample(words, count);
    }
    List<String> scrambled = new ArrayList<>(count);
    original.forEach(word -> scrambled.add(scramble(word, corruption, random)));
    ObjectNode metadata = metadata(index);
    metadata.put("num_words", count).put("corruption_level", corruption);
    ArrayNode scrambledNode = metadata.putArray("scrambled_words");
    scrambled.forEach(scrambledNode::add);
    ArrayNode originalNode = metadata.putArray("original_words");
    original.forEach(originalNode::add);
    metadata.set("difficulty", config.difficulty.deepCopy());
    return problem(
        index, QUESTION + String.join(" ", scrambled) + "\n", String.join(" ", original), metadata);
  }

  /** The word after some swaps of two different positions, at least one. */
  private static String scramble(String word, double corruption, PythonRandom random) {
    int[] letters = word.codePoints().toArray();
    if (letters.length < 2) {
      return word;
    }
    List<Integer> positions = IntStream.range(0, letters.length).boxed().toList();
    int swaps = Math.max(1, (int) (letters.length * corruption));
    for (int i = 0; i < swaps; i++) {
      List<Integer> pair = random.sample(positions, 2);
      int first = letters[pair.get(0)];
      letters[pair.get(0)] = letters[pair.get(1)];
      letters[pair.get(1)] = first;
    }
    return new String(letters, 0, letters.length);
  }

  /** The share of words that stand at their place; upper and lower case are the same. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    String wanted = plain(problem.answer().orElseThrow());
    String given = plain(answer.get());
    if (given.equals(wanted)) {
      return Verdict.Scored.of(1);
    }
    List<String> wantedWords = Words.split(wanted);
    List<String> givenWords = Words.split(given);
    double share = 1.0 / wantedWords.size();
    double sum = 0;
    for (int i = 0; i < Math.min(wantedWords.size(), givenWords.size()); i++) {
      if (wantedWords.get(i).equals(givenWords.get(i))) {
        sum += share;
      }
    }
    return Verdict.Scored.of(Math.min(1, sum));
  }

  private static String plain(String text) {
    return PythonCase.lower(PythonText.strip(text));
  }
}
