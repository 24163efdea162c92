package io.amalgam.policy.text.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.policy.text.AddedToken;
import io.amalgam.policy.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BpeTrainerTest {
  private static final List<AddedToken> ADDED =
      List.of(
          AddedToken.special("<|endoftext|>"),
          AddedToken.special("<|im_start|>"),
          AddedToken.special("<|im_end|>"),
          AddedToken.plain("<think>"),
          AddedToken.plain("</think>"),
          AddedToken.plain("<answer>"),
          AddedToken.plain("</answer>"));

  private static List<String> corpus() {
    String[] words = {
      "the", "sum", "of", "numbers", "equals", "largest", "über", "日本", "x", "don't", "  ", "\n\n",
      "<think>"
    };
    Random random = new Random(7);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < 20; w++) {
        text.append(
            random.nextInt(3) == 0
                ? Integer.toString(random.nextInt(1000))
                : words[random.nextInt(words.length)]);
        text.append(random.nextInt(5) == 0 ? "" : " ");
      }
      texts.add(text.toString());
    }
    return texts;
  }

  @Test
  void trainedFilesAreReadBack(@TempDir Path directory) throws IOException {
    BpeTrainer.train(corpus(), 360, ADDED, "{{ messages[0].content }}", directory);
    try (Tokenizer tokenizer = Tokenizer.open(directory)) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(360);
      assertThat(tokenizer.idOf("<|endoftext|>")).hasValue(0);
      assertThat(tokenizer.idOf("<|im_end|>")).hasValue(2);
      assertThat(tokenizer.idOf("</answer>")).hasValue(359);
      assertThat(tokenizer.eosToken()).contains("<|im_end|>");
      assertThat(tokenizer.padToken()).contains("<|endoftext|>");
      assertThat(tokenizer.chatTemplate()).contains("{{ messages[0].content }}");
      assertThat(tokenizer.isSpecial(359)).isFalse();
      assertThat(tokenizer.encode(" numbers")).hasSize(1);
      assertThat(tokenizer.encode("1234")).as("digits stay alone").hasSize(4);
      assertThat(tokenizer.encode("<|im_start|><think>7</think><|im_end|>")).hasSize(5);
      String text = "Größe 日本 🙂\t\r\n 12 x\0y <think>don't</think>";
      assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }
  }

  @Test
  void sameTextsGiveTheSameBytes(@TempDir Path one, @TempDir Path two) throws IOException {
    BpeTrainer.train(corpus(), 330, ADDED, "", one);
    BpeTrainer.train(corpus(), 330, ADDED, "", two);
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      assertThat(Files.readAllBytes(one.resolve(file)))
          .isEqualTo(Files.readAllBytes(two.resolve(file)));
    }
  }

  @Test
  void smallCorpusGivesASmallerVocabulary(@TempDir Path directory) throws IOException {
    BpeTrainer.train(List.of("ab ab"), 512, ADDED, "", directory);
    try (Tokenizer tokenizer = Tokenizer.open(directory)) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(256 + ADDED.size() + 1);
      assertThat(tokenizer.idOf("</answer>")).hasValue(tokenizer.vocabularySize() - 1);
      assertThat(tokenizer.encode("ab</answer>")).hasSize(2);
    }
  }

  /**
   * "abc" is reached as a+bc and as ab+c; ids must stay without gaps, or the added tokens shift on
   * reading.
   */
  @Test
  void tokensThatMeetFromTwoSidesAreOne(@TempDir Path directory) throws IOException {
    String text =
        "bc ".repeat(30)
            + "abc ".repeat(9)
            + "ab ".repeat(25)
            + "abd ".repeat(9)
            + "xabc ".repeat(4);
    BpeTrainer.train(List.of(text), 300, ADDED, "", directory);
    try (Tokenizer tokenizer = Tokenizer.open(directory)) {
      for (int id = 0; id < tokenizer.vocabularySize(); id++) {
        assertThat(tokenizer.token(id)).as("id %d", id).isPresent();
        assertThat(tokenizer.idOf(tokenizer.token(id).orElseThrow())).hasValue(id);
      }
      assertThat(tokenizer.decode(tokenizer.encode(text + "</answer>")))
          .isEqualTo(text + "</answer>");
      assertThat(tokenizer.encode("</answer>")).containsExactly(tokenizer.vocabularySize() - 1);
    }
  }

  @Test
  void tooSmallAVocabularyIsRefused(@TempDir Path directory) {
    assertThatThrownBy(() -> BpeTrainer.train(List.of(), 260, ADDED, "", directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("260");
    assertThatThrownBy(
            () ->
                BpeTrainer.train(
                    List.of(),
                    512,
                    List.of(AddedToken.plain("a"), AddedToken.special("a")),
                    "",
                    directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
  }

  @Property(tries = 200)
  void wordsCoverTheTextAndKeepDigitsAlone(@ForAll String text) {
    WordCounts words = new WordCounts(List.of());
    words.add(text);
    long length =
        words.counts().entrySet().stream().mapToLong(e -> e.getKey().length() * e.getValue()).sum();
    assertThat(length).isEqualTo(text.length());
  }
}
