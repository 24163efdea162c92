package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A sentence hidden in the variation selectors that follow an emoji. */
public final class EmojiMystery extends ProceduralTask {
  private static final String TEXT = "in_the_year_2889.txt";

  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("emoji_mystery", "games")
          .integer("min_words_in_sentence", 3)
          .integer("max_words_in_sentence", 35)
          .data(TEXT)
          .madeBy(EmojiMystery::new);

  private static final int MAX_WORDS = 1_000_000;

  private static final List<String> EMOJIS =
      List.of(
          ("😀 😃 😄 😁 😆 😅 🤣 😂 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😗 😚 😙 "
                  + "🥲 😋 😛 😜 🤪 😝 🤑 🤗 🤭 🤫 🤔 🤐 🤨 😐 😑 😶 😏 😒 🙄 😬 "
                  + "😮 😯 😲 😳 🥺 😦 😧 😨 😰 😥 😢 😭 😱 😖 😣 😞 😓 😩 😫 🥱 "
                  + "😤 😡 😠 🤬 😈 👿 💀 ☠ 💩 🤡 👹 👺 👻 👽 👾 🤖 😺 😸 😹 😻 "
                  + "😼 😽 🙀 😿 😾 🙈 🙉 🙊 💋 💌 💘 💝 💖 💗 💓 💞 💕 💟 ❣ 💔 "
                  + "❤️ 🧡 💛 💚 💙 💜 🤎 🖤 🤍 ")
              .split(" "));

  /** Variation selectors 1–16, which stand for the bytes below 16. */
  private static final int FIRST_SELECTOR = 0xFE00;

  private static final int FIRST_SELECTORS = 16;

  /** Variation selectors from 17 on, which stand for the bytes from 16 on. */
  private static final int FURTHER_SELECTOR = 0xE0100;

  private static final String END_MARKS = ".!?";

  /** Credit for an answer of another length. */
  private static final double OTHER_LENGTH = 0.01;

  private static final String HINT =
      """
      Here is a hint:
      ```python
      def variance_selector_to_byte(variation_selector):
          variation_selector_codepoint = ord(variation_selector)
          if 0xFE00 <= variation_selector_codepoint <= 0xFE0F:
              return variation_selector_codepoint - 0xFE00
          elif 0xE0100 <= variation_selector_codepoint <= 0xE01EF:
              return variation_selector_codepoint - 0xE0100 + 16
          else:
              return None

      def decode(encoded_sentence):
          decoded_bytes = []
          variation_selectors_part = encoded_sentence[1:]
          for char in variation_selectors_part:
              byte_val = variance_selector_to_byte(char)
              if byte_val is not None:
                  decoded_bytes.append(byte_val)
          return bytes(decoded_bytes).decode('utf-8')
      ```
      """;

  private final Config config;

  private EmojiMystery(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int minWords, int maxWords) {
    static Config of(FieldValues values) {
      int minWords = values.count("min_words_in_sentence", 1, MAX_WORDS);
      values.requireAtLeast("max_words_in_sentence", "min_words_in_sentence");
      return new Config(minWords, values.count("max_words_in_sentence", 1, MAX_WORDS));
    }
  }

  private record Sentence(String text, int words) {}

  /** The sentences of the text with their end marks, in order. */
  private record Sentences(List<Sentence> all) {
    static Sentences of(TaskData data) {
      String text = data.text(TEXT);
      List<Sentence> found = new ArrayList<>();
      int start = 0;
      for (int i = 0; i < text.length(); i++) {
        if (END_MARKS.indexOf(text.charAt(i)) >= 0) {
          // A mark right after another one ends nothing.
          if (i > start) {
            String sentence = text.substring(start, i + 1);
            found.add(new Sentence(PythonText.strip(sentence), words(sentence)));
          }
          start = i + 1;
        }
      }
      return new Sentences(List.copyOf(found));
    }

    private static int words(String sentence) {
      int words = 0;
      boolean inside = false;
      for (int codePoint : sentence.codePoints().toArray()) {
        boolean word = PythonText.isWord(codePoint);
        words += word && !inside ? 1 : 0;
        inside = word;
      }
      return words;
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    String emoji = random.choice(EMOJIS);
    List<Sentence> possible =
        data().parsed(Sentences.class, Sentences::of).all.stream()
            .filter(s -> s.words >= config.minWords && s.words <= config.maxWords)
            .toList();
    Sentence sentence = random.choice(possible);
    String secret = sentence.text.replace("\n", " ");
    ObjectNode metadata = metadata(index);
    metadata.put("emoji", emoji).put("num_words_in_sentence", sentence.words);
    metadata
        .putObject("difficulty")
        .set("num_words_in_sentence", JsonValues.range(config.minWords, config.maxWords));
    String question =
        """
        The following emoji is encoded with a sentence.

        Decode the following sentence from the emoji: %s

        %s

        Return the secret sentence as your final answer.
        """
            .formatted(emoji + selectors(secret), HINT);
    return problem(index, question, secret, metadata);
  }

  private static String selectors(String sentence) {
    StringBuilder selectors = new StringBuilder();
    for (byte signed : sentence.getBytes(StandardCharsets.UTF_8)) {
      int value = Byte.toUnsignedInt(signed);
      selectors.appendCodePoint(
          value < FIRST_SELECTORS
              ? FIRST_SELECTOR + value
              : FURTHER_SELECTOR + value - FIRST_SELECTORS);
    }
    return selectors.toString();
  }

  /** The share of equal characters if the lengths agree, else a hundredth; nothing for silence. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    String given = answer.get();
    String wanted = problem.answer().orElse("");
    if (given.equals(wanted)) {
      return Verdict.Scored.of(1);
    }
    int length = PythonText.length(wanted);
    if (PythonText.length(given) != length) {
      return Verdict.Scored.of(OTHER_LENGTH);
    }
    int equal = 0;
    int g = 0;
    int w = 0;
    while (w < wanted.length()) {
      int one = given.codePointAt(g);
      int other = wanted.codePointAt(w);
      equal += one == other ? 1 : 0;
      g += Character.charCount(one);
      w += Character.charCount(other);
    }
    return Verdict.Scored.of((double) equal / length);
  }
}
