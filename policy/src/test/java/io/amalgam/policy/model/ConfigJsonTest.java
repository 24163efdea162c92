package io.amalgam.policy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code configs.jsonl}: variants of {@code config.json}, each with what {@code AutoConfig} and the
 * rotary module of transformers 5.23 make of it.
 */
class ConfigJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CASES =
      Path.of("src/test/resources/io/amalgam/policy/model/configs.jsonl");
  private static final String GOOD =
      "{'architectures':['Qwen3ForCausalLM'],'model_type':'qwen3','vocab_size':64,'hidden_size':16,"
          + "'intermediate_size':24,'num_hidden_layers':2,'num_attention_heads':4,"
          + "'num_key_value_heads':2,'head_dim':4}";

  private static List<JsonNode> cases() throws IOException {
    List<JsonNode> out = new ArrayList<>();
    for (String line : Files.readAllLines(CASES, StandardCharsets.UTF_8)) {
      out.add(JSON.readTree(line));
    }
    return out;
  }

  @Test
  void variantsMeanWhatTheyMeanInTransformers() throws IOException {
    for (JsonNode c : cases()) {
      ModelConfig config = ConfigJson.parse(c.path("config"));
      check(c.path("name").asText(), config, c.path("expected"));
    }
    System.out.println("configurations as in transformers: " + cases().size());
  }

  /** What is written means the same again, for both spellings at once. */
  @Test
  void variantsSurviveWriting() throws IOException {
    for (JsonNode c : cases()) {
      ModelConfig config = ConfigJson.parse(c.path("config"));
      ObjectNode written = ConfigWriter.write(config, config.storedType());
      assertThat(ConfigJson.parse(written)).as(c.path("name").asText()).isEqualTo(config);
      written.remove(List.of("rope_parameters", "dtype"));
      assertThat(ConfigJson.parse(written)).as(c.path("name").asText()).isEqualTo(config);
    }
  }

  private static void check(String name, ModelConfig c, JsonNode e) {
    assertThat(c.keyValueHeads()).as(name).isEqualTo(e.path("kv").asInt());
    assertThat(c.headDim()).as(name).isEqualTo(e.path("head_dim").asInt());
    assertThat(c.normEpsilon()).as(name).isEqualTo(e.path("eps").asDouble());
    assertThat(c.rotary().theta()).as(name).isEqualTo(e.path("theta").asDouble());
    assertThat(c.rotary().attentionFactor())
        .as(name)
        .isCloseTo(e.path("attention").asDouble(), within(1e-12));
    double[] frequencies = c.rotary().frequencies(c.headDim());
    assertThat(frequencies).as(name).hasSize(e.path("frequencies").size());
    for (int i = 0; i < frequencies.length; i++) {
      double expected = e.path("frequencies").get(i).asDouble();
      assertThat(frequencies[i]).as(name).isCloseTo(expected, within(2e-6 * expected));
    }
    assertThat(c.rotaryLayers().stream().map(r -> r ? 1 : 0)).as(name).isEqualTo(ints(e, "rotary"));
    assertThat(c.windows()).as(name).isEqualTo(ints(e, "windows"));
    assertThat(c.tiedHead()).as(name).isEqualTo(e.path("tied").asBoolean());
    assertThat(c.maxPositions()).as(name).isEqualTo(e.path("positions").asInt());
    assertThat(c.bosToken()).as(name).isEqualTo(id(e.path("bos")));
    assertThat(c.eosTokens()).as(name).isEqualTo(ints(e, "eos"));
    assertThat(c.padToken()).as(name).isEqualTo(id(e.path("pad")));
    assertThat(ConfigWriter.write(c, c.storedType()).path("dtype").asText())
        .as(name)
        .isEqualTo(e.path("dtype").asText());
  }

  private static List<Integer> ints(JsonNode node, String field) {
    List<Integer> out = new ArrayList<>();
    node.path(field).forEach(n -> out.add(n.asInt()));
    return out;
  }

  private static OptionalInt id(JsonNode node) {
    return node.isNull() ? OptionalInt.empty() : OptionalInt.of(node.asInt());
  }

  /** A field, its value, and what the message must say. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hidden_size | null | lacks the number hidden_size",
        "hidden_size | '16' | hidden_size is \"16\"",
        "hidden_size | -16 | hidden_size is -16, must be a whole number from 1",
        "hidden_size | 16.5 | hidden_size is 16.5",
        "hidden_size | 99999999999 | hidden_size is 99999999999",
        "hidden_size | 16777217 | must be at most 16777216",
        "vocab_size | 0 | vocab_size is 0",
        "num_hidden_layers | 2000000000 | must be at most 10000",
        "num_attention_heads | 0 | num_attention_heads is 0",
        "num_attention_heads | 3 | 3 heads cannot be grouped over 2 key/value heads",
        "num_key_value_heads | 3 | 4 heads cannot be grouped over 3",
        "head_dim | 5 | head_dim is 5, must be even",
        "intermediate_size | 16000000 | ",
        "rms_norm_eps | '1e-6' | rms_norm_eps is \"1e-6\"",
        "rms_norm_eps | -1 | must be a number above 0",
        "rope_theta | 0 | rope_theta is 0",
        "rope_theta | 1 | must be above 1",
        "tie_word_embeddings | 'yes' | tie_word_embeddings is \"yes\"",
        "hidden_act | 'gelu' | hidden_act gelu is not supported; supported is silu",
        "attention_bias | 'yes' | attention_bias is \"yes\"",
        "quantization_config | {'quant_method':'gptq'} | quantised (gptq)",
        "partial_rotary_factor | 0.5 | partial_rotary_factor 0.5 is not supported",
        "rope_scaling | {'type':'mrope','factor':2} | default, linear, dynamic, llama3, yarn, longrope",
        "rope_scaling | {'type':'longrope','factor':2} | short_factor is , must be a list of 2",
        "rope_scaling | {'type':'longrope','short_factor':[1,1],'long_factor':[1,0]} | long_factor",
        "rope_scaling | {'type':'longrope','short_factor':[1],'long_factor':[1,1]} | short_factor",
        "rope_scaling | {'rope_type':'llama3','factor':8} | lacks the number low_freq_factor",
        "rope_scaling | {'rope_type':'linear'} | rope_scaling lacks the number factor",
        "rope_scaling | 7 | rope_scaling is 7, must be an object",
        "rope_parameters | 7 | rope_parameters is 7, must be an object",
        "rope_parameters | {'full_attention':{'rope_theta':1}} | one for each kind of layer",
        "layer_types | ['full_attention'] | one entry for each of 2 layers",
        "layer_types | ['full_attention','chunked_attention'] | chunked_attention",
        "layer_types | ['full_attention','sliding_attention'] | there is no sliding window",
        "sliding_window | 0 | sliding_window is 0",
        "max_window_layers | -1 | max_window_layers is -1",
        "eos_token_id | 64 | ",
        "eos_token_id | 'x' | must be a token id",
        "eos_token_id | [1,null] | must be a token id",
        "model_type | 'mamba' | model_type mamba is not supported; supported are",
        "model_type | 7 | model_type is 7, must be a text",
        "architectures | ['LlamaForCausalLM'] | ",
        "architectures | ['MambaForCausalLM'] | MambaForCausalLM is not supported; supported are",
        "architectures | ['Foo','LlamaForCausalLM'] | ",
        "architectures | [] | "
      })
  void fieldsThatMakeNoSenseAreNamed(String field, String value, String message)
      throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(GOOD.replace('\'', '"'));
    root.set(field, JSON.readTree(value.replace('\'', '"')));
    if (message == null) {
      assertThat(ConfigJson.parse(root).family()).isEqualTo(Family.QWEN3);
      return;
    }
    assertThatThrownBy(() -> ConfigJson.parse(root))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  /** The last of the four is which projections transformers 5.23 gives biases. */
  @ParameterizedTest
  @CsvSource({
    "Llama, true, true, true true true",
    "Llama, true, false, true true false",
    "Llama, false, true, false false true",
    "Qwen3, true, true, true true false",
    "SmolLM3, true, true, true true true",
    "Mistral, true, true, false false false",
    "Qwen2, false, true, true false false"
  })
  void biasesAreThoseOfTheFamily(
      String family, boolean attention, boolean feedForward, String expected) throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(GOOD.replace('\'', '"'));
    root.put("model_type", family.toLowerCase(Locale.ROOT));
    root.put("attention_bias", attention).put("mlp_bias", feedForward);
    ModelConfig c = ConfigJson.parse(root);
    Biases b = c.biases();
    assertThat(b.inputs() + " " + b.output() + " " + b.feedForward()).isEqualTo(expected);
    assertThat(ConfigJson.parse(ConfigWriter.write(c, DType.F32))).isEqualTo(c);
  }

  @Test
  void anArchitectureCountsWhereThereIsNoModelType() throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(GOOD.replace('\'', '"'));
    root.remove("model_type");
    assertThat(ConfigJson.parse(root).family()).isEqualTo(Family.QWEN3);
    root.putArray("architectures").add("MambaForCausalLM");
    assertThatThrownBy(() -> ConfigJson.parse(root))
        .hasMessageContaining("architecture MambaForCausalLM is not supported; supported are");
    root.remove("architectures");
    assertThatThrownBy(() -> ConfigJson.parse(root)).hasMessageContaining("no architecture");
  }

  @Test
  void endIdsOutsideTheVocabularyEndNothing() throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(GOOD.replace('\'', '"'));
    root.putArray("eos_token_id").add(63).add(64).add(-1);
    assertThat(ConfigJson.parse(root).eosTokens()).containsExactly(63);
  }

  /** What transformers 5.23 does with a Mistral configuration that names the kinds of layers. */
  @Test
  void mistralMayNameItsWindowedLayers() throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(GOOD.replace('\'', '"'));
    root.put("model_type", "mistral").put("sliding_window", 5);
    root.putArray("layer_types").add("sliding_attention").add("full_attention");
    ModelConfig c = ConfigJson.parse(root);
    assertThat(c.windows()).containsExactly(5, 0);
    assertThat(ConfigJson.parse(ConfigWriter.write(c, DType.F32))).isEqualTo(c);
    root.putNull("layer_types");
    assertThat(ConfigJson.parse(root).windows()).containsExactly(5, 5);
    root.putNull("sliding_window")
        .putArray("layer_types")
        .add("full_attention")
        .add("sliding_attention");
    assertThatThrownBy(() -> ConfigJson.parse(root)).hasMessageContaining("set sliding_window");
  }

  @Test
  void moreParametersThanAnyMemoryHoldsAreRefused() throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(GOOD.replace('\'', '"'));
    root.put("hidden_size", 1 << 22).put("intermediate_size", 1 << 22).put("num_hidden_layers", 99);
    assertThatThrownBy(() -> ConfigJson.parse(root))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("config.json asks for 5.");
  }

  @Test
  void smollm3ListsMustBeLongEnough() throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(GOOD.replace('\'', '"'));
    root.put("model_type", "smollm3").put("eos_token_id", 1).putArray("no_rope_layers").add(1);
    assertThatThrownBy(() -> ConfigJson.parse(root))
        .hasMessageContaining("no_rope_layers")
        .hasMessageContaining("2 layers");
    root.putArray("no_rope_layers").add(1).add(2);
    assertThatThrownBy(() -> ConfigJson.parse(root)).hasMessageContaining("list of 0 and 1");
  }
}
