package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskConfigurationException;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Two words to be joined by words that differ in one letter each. Any ladder is right; words that
 * are not in the list halve the score.
 *
 * <p>The reference is a shortest ladder. Which one depends on the hashes of texts, which are those
 * of a Python process started with {@code PYTHONHASHSEED=0}.
 */
public final class WordLadder extends ProceduralTask {
  static final int SHORTEST = 3;
  static final int LONGEST = 5;

  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("word_ladder", "algorithmic")
          .integer("min_word_length", 4)
          .integer("max_word_length", 4)
          .integer("min_chain_length", -1)
          .integer("max_chain_length", -1)
          .data(LadderWords.Table.FILE)
          .madeBy(WordLadder::new);

  private static final int MOST_PROBLEMS = 20_000;
  private static final int ANY_LENGTH = -1;
  private static final int SHORTEST_CHAIN = 3;
  private static final int LONGEST_CHAIN = 1_000_000;
  private static final int DIRECT_STEP = 2;
  private static final int TRIES = 100;
  private static final double UNKNOWN_WORD = 0.5;

  private static final String QUESTION =
      """
      Transform the word ladder '%s' to '%s' by changing one letter at a time.
      Provide your answer as a comma-separated sequence of uppercase letters without spaces.
      Each step must be a valid English word.""";

  private final Config config;
  private final Map<Integer, LadderWords> byLength = new TreeMap<>();

  private WordLadder(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    if (size() > MOST_PROBLEMS) {
      throw new TaskConfigurationException(
          name() + ": size = " + size() + " must be at most " + MOST_PROBLEMS);
    }
    LadderWords.Table table = data().parsed(LadderWords.Table.class, LadderWords.Table::read);
    for (int length = config.minLength; length <= config.maxLength; length++) {
      LadderWords words = table.byLength().get(length);
      if (words == null || words.words().isEmpty()) {
        throw new TaskConfigurationException(
            name() + ": " + LadderWords.Table.FILE + " has no words of length " + length);
      }
      byLength.put(length, words);
    }
  }

  private record Config(int minLength, int maxLength, int minChain, int maxChain) {
    static Config of(FieldValues values) {
      int minLength = values.count("min_word_length", SHORTEST, LONGEST);
      values.requireAtLeast("max_word_length", "min_word_length");
      int maxLength = values.count("max_word_length", SHORTEST, LONGEST);
      int minChain = chain(values, "min_chain_length");
      int maxChain = chain(values, "max_chain_length");
      if (minChain != ANY_LENGTH) {
        values.requireAtLeast("max_chain_length", "min_chain_length");
      }
      return new Config(minLength, maxLength, minChain, maxChain);
    }

    private static int chain(FieldValues values, String field) {
      int chain = values.count(field, ANY_LENGTH, LONGEST_CHAIN);
      values.require(
          chain == ANY_LENGTH || chain >= SHORTEST_CHAIN,
          field,
          ANY_LENGTH + " or at least " + SHORTEST_CHAIN);
      return chain;
    }

    /** Whether a ladder fits; the original lets one of two words pass whatever the bounds. */
    boolean admits(int chain) {
      return chain == DIRECT_STEP
          || (chain >= Math.max(minChain, SHORTEST_CHAIN)
              && (maxChain == ANY_LENGTH || chain <= maxChain));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int length = random.randint(config.minLength, config.maxLength);
    LadderWords words = words(length).orElseThrow();
    for (int i = 0; i < TRIES; i++) {
      String start = random.choice(words.words());
      String end = random.choice(words.words());
      List<String> path = start.equals(end) ? List.of() : words.path(start, end);
      if (config.admits(path.size())) {
        return problem(index, start, end, path);
      }
    }
    throw cannotGenerate(index, "no ladder of a fitting length found in " + TRIES + " tries");
  }

  private Problem problem(int index, String start, String end, List<String> path) {
    ObjectNode metadata = metadata(index);
    metadata
        .put("start_word", start)
        .put("end_word", end)
        .put("word_length", start.length())
        .put("chain_length", path.size());
    metadata
        .putObject("difficulty")
        .set("word_length", JsonValues.range(config.minLength, config.maxLength));
    return problem(index, QUESTION.formatted(start, end), String.join(",", path), metadata);
  }

  private Optional<LadderWords> words(int length) {
    return Optional.ofNullable(byLength.get(length));
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    String start = problem.metadata().path("start_word").asText();
    String end = problem.metadata().path("end_word").asText();
    int length = PythonText.length(end);
    Optional<LadderWords> known = words(length);
    if (known.isEmpty()) {
      return new Verdict.Invalid("no list of words of length " + length);
    }
    List<String> ladder =
        Words.splitAt(answer.get().toUpperCase(Locale.ROOT), ",").stream()
            .map(PythonText::strip)
            .toList();
    if (ladder.size() < DIRECT_STEP
        || !ladder.get(0).equals(start)
        || !ladder.get(ladder.size() - 1).equals(end)
        || !isLadder(ladder, length)) {
      return Verdict.Scored.of(0);
    }
    double score = 1;
    for (String word : ladder) {
      if (!known.get().contains(word)) {
        score *= UNKNOWN_WORD;
      }
    }
    return Verdict.Scored.of(score);
  }

  private static boolean isLadder(List<String> words, int length) {
    int[] previous = words.get(0).codePoints().toArray();
    for (int i = 0; i < words.size(); i++) {
      int[] word = words.get(i).codePoints().toArray();
      if (word.length != length || (i > 0 && differences(previous, word) != 1)) {
        return false;
      }
      previous = word;
    }
    return true;
  }

  private static int differences(int[] one, int[] other) {
    int count = 0;
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      if (one[i] != other[i]) {
        count++;
      }
    }
    return count;
  }
}
