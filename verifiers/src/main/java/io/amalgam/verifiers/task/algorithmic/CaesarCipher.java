package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.List;
import java.util.Locale;

/** Sentences of a story with all letters shifted in the alphabet, to be read. */
public final class CaesarCipher extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("caesar_cipher", "algorithmic")
          .text("delimiter", ".")
          .integer("min_words", 3)
          .integer("max_words", 20)
          .integer("min_rotation", 1)
          .integer("max_rotation", 25)
          .data(StoryText.FILE)
          .madeBy(CaesarCipher::new);

  private static final int MOST_WORDS = 1_000_000;
  private static final int ALPHABET = 26;

  private final Config config;
  private final List<Sentence> sentences;

  private CaesarCipher(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    sentences =
        Words.splitAt(StoryText.of(data()).text(), config.delimiter).stream()
            .map(Sentence::of)
            .filter(sentence -> config.admits(sentence.words()))
            .toList();
  }

  private record Config(
      String delimiter, int minWords, int maxWords, int minRotation, int maxRotation) {
    static Config of(FieldValues values) {
      int minWords = values.count("min_words", 1, MOST_WORDS);
      values.requireAtLeast("max_words", "min_words");
      int minRotation = values.count("min_rotation", 1, ALPHABET - 1);
      values.requireAtLeast("max_rotation", "min_rotation");
      int maxRotation = values.count("max_rotation", 1, ALPHABET - 1);
      String delimiter = values.text("delimiter");
      values.require(!delimiter.isEmpty(), "delimiter", "a text of at least one character");
      int maxWords = values.count("max_words", 1, MOST_WORDS);
      return new Config(delimiter, minWords, maxWords, minRotation, maxRotation);
    }

    boolean admits(int words) {
      return words >= minWords && words <= maxWords;
    }
  }

  /** Clear text in capitals; words with other characters than letters are left out. */
  private record Sentence(String text, int words) {
    static Sentence of(String piece) {
      List<String> words =
          Words.split(piece).stream()
              .filter(Words::isAlphabetic)
              .map(word -> word.toUpperCase(Locale.ROOT))
              .toList();
      return new Sentence(String.join(" ", words), words.size());
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    Sentence sentence = random.choice(sentences);
    int rotation = random.randint(config.minRotation, config.maxRotation);
    String cipher = encrypt(sentence.text(), rotation);
    ObjectNode metadata = metadata(index);
    metadata
        .put("rotation", rotation)
        .put("cipher_text", cipher)
        .put("clear_text", sentence.text())
        .put("num_words", sentence.words());
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("words", JsonValues.range(config.minWords, config.maxWords));
    difficulty.set("rotation", JsonValues.range(config.minRotation, config.maxRotation));
    String question =
        "Decrypt this Caesar cipher text: "
            + cipher
            + ". Provide only the decrypted text as your final answer.";
    return problem(index, question, sentence.text(), metadata);
  }

  private static String encrypt(String text, int rotation) {
    StringBuilder cipher = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isLetter(c) ? 'A' + (c - 'A' + rotation) % ALPHABET : c)
        .forEach(cipher::appendCodePoint);
    return cipher.toString();
  }
}
