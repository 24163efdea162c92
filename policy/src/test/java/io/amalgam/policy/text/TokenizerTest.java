package io.amalgam.policy.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
  private static Tokenizer sample() {
    return Tokenizer.open(Goldens.resource("/text/tokenizer"));
  }

  @Test
  void namesItsSpecialTokens() {
    try (Tokenizer tokenizer = sample()) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(512);
      assertThat(tokenizer.idOf("<|im_end|>")).hasValue(2);
      assertThat(tokenizer.idOf("no such token")).isEmpty();
      assertThat(tokenizer.token(512)).isEmpty();
      assertThat(tokenizer.eosToken()).contains("<|im_end|>");
      assertThat(tokenizer.bosToken()).contains("<|im_start|>");
      assertThat(tokenizer.specialTokens())
          .containsOnlyKeys("<|endoftext|>", "<|im_start|>", "<|im_end|>");
      assertThat(tokenizer.addedTokens()).containsEntry("</think>", 511);
      assertThat(tokenizer.isSpecial(511)).isFalse();
      assertThat(tokenizer.chatTemplate())
          .hasValueSatisfying(t -> assertThat(t).contains("im_start"));
      assertThat(tokenizer.bytes(511)).isEqualTo(Tokenizer.utf8("</think>"));
    }
  }

  @Test
  void unknownIdsGiveNothingAndNegativeOnesAreRefused() {
    try (Tokenizer tokenizer = sample()) {
      assertThat(tokenizer.decode(new int[] {600, 2, 100_000})).isEqualTo("<|im_end|>");
      assertThat(tokenizer.bytes(600)).isEmpty();
      assertThatThrownBy(() -> tokenizer.decode(new int[] {-1}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void longTextsAreNotCut() {
    try (Tokenizer tokenizer = sample()) {
      String text = "7 ".repeat(5000);
      assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }
  }

  @Test
  void loneSurrogatesAndNulsAreEncoded() {
    try (Tokenizer tokenizer = sample()) {
      assertThat(tokenizer.decode(tokenizer.encode("a\uD83Db\0\uDC4Dc\uD83D\uDC4D")))
          .isEqualTo("a\uFFFDb\0\uFFFDc\uD83D\uDC4D");
    }
  }

  @Test
  void skippingSpecialTokensWhileStreaming() {
    try (Tokenizer tokenizer = sample()) {
      StreamingDecoder decoder = tokenizer.streamingDecoder(true);
      StringBuilder out = new StringBuilder();
      for (int id : tokenizer.encode("<|im_start|>né<think>1</think><|im_end|>")) {
        decoder.accept(id).ifPresent(out::append);
      }
      assertThat(out).hasToString("né<think>1</think>");
    }
  }

  @Test
  void encodedSurrogatesAreReplacedByteByByte() {
    byte[] bytes = {
      (byte) 0xED, (byte) 0xA0, (byte) 0x80, 'a', (byte) 0xF0, (byte) 0x9F, (byte) 0x91
    };
    assertThat(Utf8.decode(bytes, bytes.length)).isEqualTo("\uFFFD\uFFFD\uFFFDa\uFFFD");
  }

  @Test
  void threadsShareOneTokenizer() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Tokenizer tokenizer = sample()) {
      var futures =
          IntStream.range(0, 64)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> tokenizer.decode(tokenizer.encode("number " + i + " é"))))
              .toList();
      for (int i = 0; i < futures.size(); i++) {
        Future<String> future = futures.get(i);
        assertThat(future.get()).isEqualTo("number " + i + " é");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void useAfterCloseIsRefused() {
    Tokenizer tokenizer = sample();
    tokenizer.close();
    assertThatThrownBy(() -> tokenizer.encode("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void brokenFilesAreNamed(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("tokenizer.json");
    assertThatThrownBy(() -> Tokenizer.open(directory))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("tokenizer.json")
        .hasMessageContaining("no such file");
    for (String text :
        new String[] {
          "{\"model\": ",
          "[]",
          "{}",
          "{\"model\":{\"vocab\":{\"a\":-1}}}",
          "{\"model\":{\"vocab\":{\"a\":\"x\"}}}",
          "{\"model\":{\"vocab\":{\"a\":0}},\"added_tokens\":[{\"id\":1}]}",
          "{\"model\":{\"vocab\":{\"a\":0}}}"
        }) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> Tokenizer.open(directory))
          .as(text)
          .isInstanceOf(TokenizerException.class)
          .hasMessageContaining("tokenizer.json");
    }
    Files.copy(
        Goldens.resource("/text/tokenizer").resolve("tokenizer.json"),
        file,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(directory.resolve("tokenizer_config.json"), "{");
    assertThatThrownBy(() -> Tokenizer.open(directory))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("tokenizer_config.json");
  }
}
