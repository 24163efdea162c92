package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskData;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Optional;

/** A word to be spelt from its last letter to its first. */
public final class SpellBackward extends ProceduralTask {
  private static final String WORDS_FILE = "words3to10.txt";

  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("spell_backward", "algorithmic")
          .integer("min_word_len", 3)
          .integer("max_word_len", 10)
          .text("data_file", WORDS_FILE)
          .data(WORDS_FILE)
          .madeBy(SpellBackward::new);

  private static final int LONGEST = 1_000_000;

  /** Taken off for a right word with more text behind it. */
  private static final double TRAILING_TEXT = 0.2;

  private final Config config;
  private final List<String> words;

  private SpellBackward(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    List<String> all =
        config.dataFile.equals(WORDS_FILE)
            ? data().parsed(StandardWords.class, StandardWords::read).words()
            : readWords(data(), config.dataFile);
    words = all.stream().filter(config::admits).toList();
  }

  private record Config(int minLength, int maxLength, String dataFile) {
    static Config of(FieldValues values) {
      int minLength = values.count("min_word_len", 1, LONGEST);
      values.requireAtLeast("max_word_len", "min_word_len");
      String dataFile = values.text("data_file");
      values.require(
          dataFile.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*"), "data_file", "a plain file name");
      return new Config(minLength, values.count("max_word_len", 1, LONGEST), dataFile);
    }

    boolean admits(String word) {
      int length = PythonText.length(word);
      return length >= minLength && length <= maxLength;
    }
  }

  /** The alphanumeric words of the standard file, read once. */
  private record StandardWords(List<String> words) {
    static StandardWords read(TaskData data) {
      return new StandardWords(readWords(data, WORDS_FILE));
    }
  }

  private static List<String> readWords(TaskData data, String file) {
    return data.lines(file).stream().map(PythonText::strip).filter(Words::isAlphanumeric).toList();
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    String word = random.choice(words);
    ObjectNode metadata = metadata(index);
    metadata.put("word", word).put("word_len", PythonText.length(word));
    metadata
        .putObject("difficulty")
        .set("word_len", JsonValues.range(config.minLength, config.maxLength));
    return problem(
        index,
        "Spell this word backward (example: sun -> nus): " + word,
        new StringBuilder(word).reverse().toString(),
        metadata);
  }

  /**
   * The share of letters at their place, summed letter by letter, which is not always exactly 1 for
   * a right beginning; only then is something taken off for the text behind it.
   */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    String wanted = PythonCase.lower(problem.answer().orElseThrow());
    String given = PythonCase.lower(answer.get());
    if (wanted.equals(given)) {
      return Verdict.Scored.of(1);
    }
    int[] wantedLetters = wanted.codePoints().toArray();
    int[] givenLetters = given.codePoints().limit(wantedLetters.length).toArray();
    double sum = 0;
    for (int i = 0; i < givenLetters.length; i++) {
      if (wantedLetters[i] == givenLetters[i]) {
        sum += 1.0 / wantedLetters.length;
      }
    }
    return Verdict.Scored.of(sum == 1.0 ? sum - TRAILING_TEXT : sum);
  }
}
