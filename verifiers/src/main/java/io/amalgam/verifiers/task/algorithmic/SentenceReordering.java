package io.amalgam.verifiers.task.algorithmic;

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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sentences of a story with their words shuffled, to be put in order. */
public final class SentenceReordering extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("sentence_reordering", "algorithmic")
          .integer("min_words_in_sentence", 3)
          .integer("max_words_in_sentence", 20)
          .data(StoryText.FILE)
          .madeBy(SentenceReordering::new);

  private static final int MOST_WORDS = 1_000_000;
  private static final String SENTENCE_ENDS = ".!?";
  private static final double WRONG_WORD_COUNT = 0.05;

  private final Config config;
  private final List<Sentence> sentences;

  private SentenceReordering(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    sentences =
        sentences(StoryText.of(data()).text()).stream()
            .filter(sentence -> config.admits(Words.runs(sentence).size()))
            .map(PythonText::strip)
            .map(Sentence::of)
            .toList();
  }

  private record Config(int minWords, int maxWords) {
    static Config of(FieldValues values) {
      int minWords = values.count("min_words_in_sentence", 1, MOST_WORDS);
      values.requireAtLeast("max_words_in_sentence", "min_words_in_sentence");
      return new Config(minWords, values.count("max_words_in_sentence", 1, MOST_WORDS));
    }

    boolean admits(int words) {
      return words >= minWords && words <= maxWords;
    }
  }

  /**
   * A sentence to draw.
   *
   * @param words the pieces between its white space
   * @param answer the pieces as the reference orders them
   * @param wordCount the runs of word characters in the answer
   */
  private record Sentence(List<String> words, String answer, int wordCount) {
    static Sentence of(String text) {
      List<String> words = Words.split(text);
      String answer = reference(words);
      return new Sentence(words, answer, Words.runs(answer).size());
    }

    /**
     * The reference sorts words by their first place in the sentence, so that a repeated word
     * stands with its first occurrence.
     */
    private static String reference(List<String> words) {
      Map<String, Integer> counts = new LinkedHashMap<>();
      words.forEach(word -> counts.merge(word, 1, Integer::sum));
      List<String> grouped = new ArrayList<>(words.size());
      counts.forEach((word, count) -> grouped.addAll(Collections.nCopies(count, word)));
      return String.join(" ", grouped);
    }
  }

  /**
   * Texts up to and with one end mark; a mark right after a mark, and an unended rest, fall out.
   */
  private static List<String> sentences(String text) {
    List<String> sentences = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (SENTENCE_ENDS.indexOf(text.charAt(i)) >= 0) {
        if (i > start) {
          sentences.add(text.substring(start, i + 1));
        }
        start = i + 1;
      }
    }
    return sentences;
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    // The order comes from a second generator with the same seed, not from the first.
    PythonRandom second = random.copy();
    Sentence sentence = random.choice(sentences);
    List<String> shuffled = new ArrayList<>(sentence.words);
    second.shuffle(shuffled);
    ObjectNode metadata = metadata(index);
    metadata.put("word_count", sentence.wordCount);
    metadata
        .putObject("difficulty")
        .set("words_in_sentence", JsonValues.range(config.minWords, config.maxWords));
    String question =
        "Restore the correct order of words in the following sentence: "
            + String.join(" ", shuffled);
    return problem(index, question, sentence.answer, metadata);
  }

  /** The share of words at their place, upper and lower case alike; little for another count. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    String wanted = problem.answer().orElseThrow();
    if (wanted.equals(answer.get())) {
      return Verdict.Scored.of(1);
    }
    List<String> wantedWords = Words.split(wanted);
    List<String> givenWords = Words.split(answer.get());
    if (wantedWords.size() != givenWords.size()) {
      return Verdict.Scored.of(WRONG_WORD_COUNT);
    }
    if (wantedWords.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    int right = 0;
    for (int i = 0; i < wantedWords.size(); i++) {
      if (PythonCase.lower(wantedWords.get(i)).equals(PythonCase.lower(givenWords.get(i)))) {
        right++;
      }
    }
    return Verdict.Scored.of((double) right / wantedWords.size());
  }
}
