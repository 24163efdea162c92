package io.amalgam.policy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightFilesTest {
  private static final Path SAMPLE =
      Path.of("src/test/resources/io/amalgam/policy/golden/qwen2-tied/model");

  @TempDir Path directory;

  @BeforeEach
  void twoShards() throws IOException {
    shard("s1", "a", "b");
    shard("s2", "c");
    index("{'weight_map':{'a':'s1.safetensors','b':'s1.safetensors','c':'s2.safetensors'}}");
  }

  private void shard(String name, String... tensors) {
    SortedMap<String, HostTensor> out = new TreeMap<>();
    for (String t : tensors) {
      out.put(t, HostTensor.ofFloats(new float[] {1}, 1));
    }
    Safetensors.write(directory.resolve(name + ".safetensors"), out);
  }

  private void index(String json) throws IOException {
    Files.writeString(directory.resolve(WeightFiles.INDEX), json.replace('\'', '"'));
  }

  @Test
  void shardsAreReadTogether() {
    WeightFiles read = WeightFiles.read(directory);
    assertThat(read.tensors().keySet()).containsExactly("a", "b", "c");
    assertThat(read.files()).containsEntry("c", directory.resolve("s2.safetensors"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'weight_map':{'a':'s1.safetensors','a':'s2.safetensors'}} | Duplicate field 'a'",
        "{'weight_map':{'a':'s3.safetensors'}} | names s3.safetensors, which is not there",
        "{'weight_map':{'a':'../s1.safetensors'}} | tensor a is in ../s1.safetensors, outside",
        "{'weight_map':{'a':'/s1.safetensors'}} | outside of the directory",
        "{'weight_map':{'a':'..'}} | outside of the directory",
        "{'weight_map':{'a':'s1.safetensors','d':'s1.safetensors'}} | lacks tensor d",
        "{'weight_map':{'a':'s1.safetensors','b':'s2.safetensors'}} | should be in s2.safetensors",
        "{'weight_map':{'a':7}} | has no file name",
        "{'weight_map':{}} | has no weight_map",
        "{'weight_map':[]} | has no weight_map",
        "[] | has no weight_map",
        "{'weight_map' | is not JSON"
      })
  void indexesThatDoNotFitAreRefused(String json, String message) throws IOException {
    index(json);
    assertThatThrownBy(() -> WeightFiles.read(directory))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining(message);
  }

  @Test
  void aTensorInTwoShardsIsNamed() {
    shard("s2", "a", "c");
    assertThatThrownBy(() -> WeightFiles.read(directory))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("tensor a is in s1.safetensors too");
  }

  @Test
  void aTruncatedShardIsNamed() throws IOException {
    Path shard = directory.resolve("s2.safetensors");
    byte[] all = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(all, all.length - 1));
    assertThatThrownBy(() -> WeightFiles.read(directory))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("s2.safetensors: tensor c is truncated");
  }

  @Test
  void noWeightsAtAll() throws IOException {
    Files.delete(directory.resolve(WeightFiles.INDEX));
    assertThatThrownBy(() -> WeightFiles.read(directory))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("holds neither model.safetensors nor model.safetensors.index.json");
  }

  @Test
  void generationEndsAreCheckedAndGoFirst() throws IOException {
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(SAMPLE.resolve(name), directory.resolve(name));
    }
    Path generation = directory.resolve("generation_config.json");
    Files.writeString(generation, "{\"eos_token_id\": [3, 4, 3]}");
    assertThat(HuggingFaceDirectory.open(directory).endTokens()).containsExactly(3, 4);
    Files.writeString(generation, "{\"eos_token_id\": 5}");
    assertThat(HuggingFaceDirectory.open(directory).endTokens()).containsExactly(5);
    Files.writeString(generation, "{\"eos_token_id\": null}");
    assertThat(HuggingFaceDirectory.open(directory).endTokens()).containsExactly(507);
    Files.writeString(generation, "{\"eos_token_id\": [5, 512]}");
    assertThat(HuggingFaceDirectory.open(directory).endTokens()).containsExactly(5);
    for (Map.Entry<String, String> bad :
        Map.of(
                "{\"eos_token_id\": \"</s>\"}", "must be a token id",
                "[]", "is not a JSON object",
                "{", "is not JSON")
            .entrySet()) {
      Files.writeString(generation, bad.getKey());
      assertThatThrownBy(() -> HuggingFaceDirectory.open(directory))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(generation.toString())
          .hasMessageContaining(bad.getValue());
    }
  }

  /** As transformers 5 does: what the file holds goes before what the configuration says. */
  @Test
  void aTiedHeadThatIsStoredCountsWhereItDiffers() throws IOException {
    Files.copy(SAMPLE.resolve("config.json"), directory.resolve("config.json"));
    Path file = directory.resolve("model.safetensors");
    SortedMap<String, HostTensor> tensors =
        new TreeMap<>(Safetensors.read(SAMPLE.resolve("model.safetensors")));
    HostTensor embedding = tensors.get(ParameterLayout.EMBEDDING);
    tensors.put(ParameterLayout.HEAD, embedding);
    Safetensors.write(file, tensors);
    HuggingFaceDirectory same = HuggingFaceDirectory.open(directory);
    assertThat(same.config().tiedHead()).isTrue();
    assertThat(same.weights().tensors()).doesNotContainKey(ParameterLayout.HEAD);
    tensors.put(ParameterLayout.HEAD, HostTensor.ofFloats(new float[512 * 64], 512, 64));
    Safetensors.write(file, tensors);
    HuggingFaceDirectory other = HuggingFaceDirectory.open(directory);
    assertThat(other.config().tiedHead()).isFalse();
    assertThat(other.weights().tensors()).containsKey(ParameterLayout.HEAD);
    tensors.remove(ParameterLayout.EMBEDDING);
    tensors.put(ParameterLayout.HEAD, embedding);
    Safetensors.write(file, tensors);
    HuggingFaceDirectory alone = HuggingFaceDirectory.open(directory);
    assertThat(alone.weights().get(ParameterLayout.EMBEDDING).bytes()).isEqualTo(embedding.bytes());
  }

  @Test
  void anEmbeddingOfAnotherVocabularyIsNamed() throws IOException {
    Files.copy(SAMPLE.resolve("model.safetensors"), directory.resolve("model.safetensors"));
    Files.writeString(
        directory.resolve("config.json"),
        Files.readString(SAMPLE.resolve("config.json"))
            .replaceFirst("\"vocab_size\": *512", "\"vocab_size\": 640"));
    assertThatThrownBy(() -> HuggingFaceDirectory.open(directory))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(
            "model.safetensors: tensor model.embed_tokens.weight has shape [512, 64]")
        .hasMessageContaining("config.json wants [640, 64] (vocab_size, hidden_size)");
  }
}
