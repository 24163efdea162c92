package io.amalgam.verifiers.task.cognition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonJson;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.Fidelity;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskData;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Words drawn in large letters, to be read.
 *
 * <p>The original draws with the fonts of another program in the order of its file system; here the
 * fonts are Amalgam's own.
 */
public final class FigletFont extends ProceduralTask {
  private static final String WORDS = "anagrams.jsonl";

  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("figlet_font", "cognition")
          .json("static_word", NullNode.getInstance())
          .json("static_font", NullNode.getInstance())
          .integer("min_word_len", 3)
          .integer("max_word_len", 7)
          .flag("space_letters", true)
          .data(WORDS, BannerLetters.FILE)
          .fidelity(
              Fidelity.SCORES,
              "scores equal the original's; problems draw words and templates alike, in fonts of"
                  + " Amalgam's own")
          .madeBy(FigletFont::new);

  private static final double CREDIT_PER_LETTER = 0.1;
  private static final List<String> TEMPLATES =
      List.of(
          "What word does this say?\n\n{figlet_render}",
          "Please read the following figlet font:\n\n{figlet_render}");

  private final Config config;
  private final List<String> words;

  private FigletFont(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    words =
        data().parsed(WordList.class, WordList::read).words.stream()
            .filter(word -> word.length() >= config.minLength && word.length() <= config.maxLength)
            .toList();
    setup
        .values()
        .require(!words.isEmpty(), "max_word_len", "such that " + WORDS + " has words so long");
  }

  private record Config(
      Optional<String> word,
      Optional<BannerFont> font,
      int minLength,
      int maxLength,
      boolean spaceLetters) {
    static Config of(FieldValues values) {
      values.requireRange("min_word_len", "max_word_len", 1);
      Optional<String> font = optionalText(values, "static_font");
      values.require(
          font.isEmpty() || BannerFont.words().contains(font.get()),
          "static_font",
          "null or one of " + BannerFont.words());
      return new Config(
          optionalText(values, "static_word"),
          font.map(word -> BannerFont.valueOf(word.toUpperCase(Locale.ROOT))),
          values.count("min_word_len", 1, Integer.MAX_VALUE),
          values.count("max_word_len", 1, Integer.MAX_VALUE),
          values.flag("space_letters"));
    }

    private static Optional<String> optionalText(FieldValues values, String field) {
      JsonNode value = values.json(field);
      values.require(value.isNull() || value.isTextual(), field, "null or a text");
      return value.isNull() ? Optional.empty() : Optional.of(value.textValue());
    }
  }

  private record WordList(List<String> words) {
    static WordList read(TaskData data) {
      List<String> words = new ArrayList<>();
      for (String line : data.lines(WORDS)) {
        PythonJson.parse(line)
            .ifPresent(group -> group.path("words").forEach(word -> words.add(word.asText())));
      }
      return new WordList(List.copyOf(words));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    String word = config.word.orElseGet(() -> random.choice(words).toUpperCase(Locale.ROOT));
    BannerFont font = config.font.orElseGet(() -> random.choice(List.of(BannerFont.values())));
    String shown = config.spaceLetters ? String.join(" ", word.split("")) : word;
    String drawing = font.render(shown, data().parsed(BannerLetters.class, BannerLetters::read));
    ObjectNode metadata = metadata(index);
    metadata.put("font", font.word()).put("space_letters", config.spaceLetters);
    metadata
        .putObject("difficulty")
        .set("word_len", JsonValues.range(config.minLength, config.maxLength));
    String question = random.choice(TEMPLATES).replace("{figlet_render}", drawing);
    return problem(index, question, word, metadata);
  }

  /** 1 for the word in any case and with any spaces, else 0.1 per letter in its place. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    String given = PythonCase.lower(PythonText.strip(answer.get().replace(" ", "")));
    String word = PythonCase.lower(PythonText.strip(problem.answer().orElseThrow()));
    if (given.equals(word)) {
      return Verdict.Scored.of(1.0);
    }
    int[] letters = given.codePoints().limit(word.length()).toArray();
    int[] wanted = word.codePoints().toArray();
    int same = 0;
    for (int i = 0; i < Math.min(letters.length, wanted.length); i++) {
      same += letters[i] == wanted[i] ? 1 : 0;
    }
    return Verdict.Scored.of(Math.min(same * CREDIT_PER_LETTER, 1.0));
  }
}
