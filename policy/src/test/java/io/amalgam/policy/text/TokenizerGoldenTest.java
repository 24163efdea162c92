package io.amalgam.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ids, tokens, offsets, texts and streams agree with the tokenizers library. */
class TokenizerGoldenTest {
  @Test
  void sampleAgrees() throws IOException {
    check(Goldens.resource("/text/tokenizer"));
  }

  @Test
  void allReferenceTokenizersAgree() throws IOException {
    Path folder = Goldens.shared("tokenizers");
    int tokenizers = 0;
    int cases = 0;
    try (Stream<Path> directories = Files.list(folder)) {
      for (Path directory : directories.sorted().toList()) {
        cases += check(directory);
        tokenizers++;
      }
    }
    System.out.println("golden tokenizers: " + cases + " cases of " + tokenizers + " tokenizers");
    assertThat(cases).isGreaterThanOrEqualTo(182);
  }

  private static int check(Path directory) throws IOException {
    try (Tokenizer tokenizer = Tokenizer.open(directory)) {
      List<JsonNode> encodings = Goldens.lines(directory.resolve("encode.jsonl"));
      for (JsonNode line : encodings) {
        int[] ids = Goldens.ints(line.get("ids"));
        assertThat(tokenizer.encode(line.get("text").textValue())).as("%s", line).isEqualTo(ids);
        assertThat(
                tokenizer.spans(line.get("text").textValue()).stream()
                    .map(span -> List.of(span.start(), span.end())))
            .isEqualTo(
                Stream.iterate(0, i -> i < ids.length, i -> i + 1)
                    .map(i -> line.get("offsets").get(i))
                    .map(pair -> List.of(pair.get(0).intValue(), pair.get(1).intValue()))
                    .toList());
        assertThat(tokenizer.decode(ids)).isEqualTo(line.get("decode").textValue());
        assertThat(tokenizer.decode(ids, true))
            .isEqualTo(line.get("decode_skip_special").textValue());
        assertThat(
                Stream.of(line.get("tokens"))
                    .flatMap(t -> Stream.iterate(0, i -> i < t.size(), i -> i + 1)))
            .allSatisfy(
                i ->
                    assertThat(tokenizer.token(ids[i]))
                        .contains(line.get("tokens").get(i).textValue()));
        assertBytesAreTheText(tokenizer, ids, line.get("decode").textValue());
        assertStream(tokenizer, ids, line);
      }
      List<JsonNode> streams = Goldens.lines(directory.resolve("stream.jsonl"));
      for (JsonNode line : streams) {
        int[] ids = Goldens.ints(line.get("ids"));
        for (int i = 0; i < ids.length; i++) {
          assertThat(tokenizer.decode(java.util.Arrays.copyOf(ids, i + 1)))
              .isEqualTo(line.get("prefix_decodes").get(i).textValue());
        }
        assertBytesAreTheText(tokenizer, ids, line.get("decode").textValue());
        assertStream(tokenizer, ids, line);
      }
      return encodings.size() + streams.size();
    }
  }

  private static void assertBytesAreTheText(Tokenizer tokenizer, int[] ids, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id : ids) {
      bytes.writeBytes(tokenizer.bytes(id));
    }
    assertThat(Utf8.decode(bytes.toByteArray(), bytes.size())).isEqualTo(text);
  }

  private static void assertStream(Tokenizer tokenizer, int[] ids, JsonNode line) {
    StreamingDecoder decoder = tokenizer.streamingDecoder(false);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < ids.length; i++) {
      Optional<String> text = decoder.accept(ids[i]);
      assertThat(text.orElse(null))
          .as("id %d of %s", i, line)
          .isEqualTo(line.get("stream").get(i).textValue());
      text.ifPresent(all::append);
    }
    assertThat(all.append(decoder.finish())).hasToString(line.get("decode").textValue());
  }
}
