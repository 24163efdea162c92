package io.amalgam.policy.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelFormatException;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeftDirectoryTest {
  private static final Path SAMPLE =
      Path.of("src/test/resources/io/amalgam/policy/golden/qwen2-tied");
  private static final Path ADAPTER = SAMPLE.resolve("lora");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String Q0 = "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight";

  private static final ModelConfig MODEL =
      HuggingFaceDirectory.readConfig(SAMPLE.resolve("model/config.json"));

  @TempDir Path directory;

  @Test
  void theSampleIsRead() {
    LoraAdapter adapter = PeftDirectory.open(ADAPTER, MODEL);
    assertThat(adapter.spec()).isEqualTo(LoraSpec.ofAllLinears(4, 8));
    assertThat(adapter.weights().tensors()).hasSize(2 * 7 * 2);
    assertThat(PeftDirectory.is(ADAPTER)).isTrue();
    assertThat(PeftDirectory.is(SAMPLE.resolve("model"))).isFalse();
    assertThat(PeftDirectory.base(ADAPTER)).contains("qwen2-tied");
  }

  @Test
  void aSavedAdapterComesBackBitByBit() {
    LoraSpec spec = new LoraSpec(3, 4.5, EnumSet.of(LoraTarget.QUERY, LoraTarget.DOWN), true);
    LoraAdapter adapter = LoraAdapter.initial(MODEL, spec, 7);
    Path target = directory.resolve("adapter");
    PeftDirectory.save(target, adapter, "some/model");
    LoraAdapter back = PeftDirectory.open(target, MODEL);
    assertThat(back.spec()).isEqualTo(spec);
    adapter
        .weights()
        .tensors()
        .forEach((name, t) -> assertThat(back.weights().get(name).bytes()).isEqualTo(t.bytes()));
    assertThat(PeftDirectory.base(target)).contains("some/model");
    assertThatThrownBy(() -> PeftDirectory.save(target, adapter, ""))
        .hasRootCauseMessage(target.toAbsolutePath() + " exists already");
  }

  /** Every way in which peft lets people say the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"all-linear\"",
        "[\"self_attn.q_proj\",\"k_proj\",\"v_proj\",\"o_proj\",\"gate_proj\",\"up_proj\",\"down_proj\"]",
        "\".*\\\\.(q|k|v|o|gate|up|down)_proj\"",
        "\"model\\\\.layers\\\\.\\\\d+\\\\.(self_attn|mlp)\\\\.\\\\w+\""
      })
  void targetModulesAreResolved(String targets) throws IOException {
    write(config -> set(config, "target_modules", targets), tensors());
    assertThat(PeftDirectory.open(directory, MODEL).spec()).isEqualTo(LoraSpec.ofAllLinears(4, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "1"})
  void anAdapterOfSomeLayersIsZeroInTheOthers(String layers) throws IOException {
    SortedMap<String, HostTensor> some = tensors();
    some.keySet().removeIf(name -> name.contains(".layers.0."));
    write(config -> set(config, "layers_to_transform", layers), some);
    LoraAdapter adapter = PeftDirectory.open(directory, MODEL);
    assertThat(adapter.spec().targets()).hasSize(7);
    assertThat(adapter.weights().get(LoraTarget.QUERY.a(0)).toFloats()).containsOnly(0);
    assertThat(adapter.weights().get(LoraTarget.QUERY.a(1)).bytes())
        .isEqualTo(tensors().get(Q0.replace(".0.", ".1.")).bytes());
    ModelWeights base = HuggingFaceDirectory.open(SAMPLE.resolve("model")).weights();
    ModelWeights merged = AdapterMerge.merge(base, adapter);
    String untouched = LoraTarget.QUERY.weight(0);
    assertThat(merged.get(untouched).toFloats()).isEqualTo(base.get(untouched).toFloats());
    assertThat(merged.get(LoraTarget.QUERY.weight(1)).toFloats())
        .isNotEqualTo(base.get(LoraTarget.QUERY.weight(1)).toFloats());
  }

  @Test
  void halfPrecisionFactorsAreWidened() throws IOException {
    write(config -> {}, new TreeMap<>(new ModelWeights(tensors()).as(DType.BF16).tensors()));
    LoraAdapter adapter = PeftDirectory.open(directory, MODEL);
    assertThat(adapter.weights().tensors().values())
        .allSatisfy(t -> assertThat(t.dtype()).isEqualTo(DType.F32));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "peft_type | \"IA3\" | peft_type is \"IA3\"; only LORA",
        "use_dora | true | use_dora = true; only plain LoRA",
        "use_newest_idea | true | use_newest_idea = true",
        "bias | \"all\" | bias = \"all\"",
        "lora_bias | true | lora_bias = true",
        "fan_in_fan_out | true | fan_in_fan_out",
        "modules_to_save | [\"lm_head\"] | modules_to_save = [\"lm_head\"]",
        "rank_pattern | {\"q_proj\": 8} | rank_pattern",
        "alpha_pattern | {\"q_proj\": 8} | alpha_pattern",
        "layer_replication | [[0, 2]] | layer_replication",
        "trainable_token_indices | [3] | trainable_token_indices",
        "exclude_modules | [\"q_proj\"] | exclude_modules",
        "init_lora_weights | \"pissa_niter_4\" | has changed the base model too",
        "r | 0 | r = 0, must be a whole number above 0",
        "r | null | r = null",
        "lora_alpha | \"x\" | lora_alpha = \"x\"",
        "target_modules | [] | target_modules = []",
        "target_modules | \"(\" | target_modules is no regular expression",
        "target_modules | [\"c_attn\"] | is not among target_modules",
        "layers_to_transform | [\"a\"] | layers_to_transform",
        "layers_pattern | [\"blocks\"] | layers_pattern",
      })
  void whatIsNotPlainLoraIsRefusedByName(String key, String value, String message)
      throws IOException {
    write(config -> set(config, key, value), tensors());
    assertThatThrownBy(() -> PeftDirectory.open(directory, MODEL))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.layers.0.self_attn.q_proj.lora_A.weight | begin with base_model.model.",
        "base_model.model.model.embed_tokens.lora_embedding_A | adapts an embedding",
        "base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector | DoRA",
        "base_model.model.model.layers.0.self_attn.q_proj.bias | a trained bias",
        "base_model.model.lm_head.weight | no factor of an adapter",
        "base_model.model.lm_head.lora_A.weight | adapts lm_head, which is no linear layer",
        "base_model.model.model.layers.9.mlp.up_proj.lora_A.weight | model.layers.9.mlp.up_proj",
      })
  void aTensorWithoutPlaceIsNamed(String name, String reason) throws IOException {
    SortedMap<String, HostTensor> more = tensors();
    more.put(name, HostTensor.ofFloats(new float[4], 4, 1));
    write(config -> {}, more);
    assertThatThrownBy(() -> PeftDirectory.open(directory, MODEL))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("adapter_model.safetensors: tensor " + name)
        .hasMessageContaining(reason);
  }

  @Test
  void missingMisshapenAndNonFiniteFactorsAreNamed() throws IOException {
    SortedMap<String, HostTensor> wrong = tensors();
    wrong.remove(Q0);
    write(config -> {}, wrong);
    assertThatThrownBy(() -> PeftDirectory.open(directory, MODEL))
        .hasMessageEndingWith("tensor " + Q0 + " is missing");
    wrong = tensors();
    wrong.put(Q0, HostTensor.ofFloats(new float[2 * 64], 2, 64));
    write(config -> {}, wrong);
    assertThatThrownBy(() -> PeftDirectory.open(directory, MODEL))
        .hasMessageContaining(Q0 + " has shape [2, 64]; this model and r = 4 want [4, 64]");
    wrong = tensors();
    float[] values = new float[4 * 64];
    values[5] = Float.NaN;
    wrong.put(Q0, HostTensor.ofFloats(values, 4, 64));
    write(config -> {}, wrong);
    assertThatThrownBy(() -> PeftDirectory.open(directory, MODEL))
        .hasMessageContaining(Q0 + " holds a value that is not finite at index 5");
  }

  @Test
  void aPickleAndAnEmptyDirectoryAreNamed() throws IOException {
    assertThatThrownBy(() -> PeftDirectory.open(directory, MODEL))
        .hasMessageContaining("adapter_config.json does not exist");
    write(config -> {}, tensors());
    Files.delete(directory.resolve("adapter_model.safetensors"));
    assertThatThrownBy(() -> PeftDirectory.open(directory, MODEL))
        .hasMessageContaining("adapter_model.safetensors does not exist");
    Files.createFile(directory.resolve("adapter_model.bin"));
    assertThatThrownBy(() -> PeftDirectory.open(directory, MODEL)).hasMessageContaining("pickle");
  }

  private static SortedMap<String, HostTensor> tensors() {
    return new TreeMap<>(Safetensors.read(ADAPTER.resolve("adapter_model.safetensors")));
  }

  private void write(Consumer<ObjectNode> change, SortedMap<String, HostTensor> tensors)
      throws IOException {
    ObjectNode config =
        (ObjectNode) JSON.readTree(Files.readString(ADAPTER.resolve("adapter_config.json")));
    change.accept(config);
    Files.writeString(directory.resolve("adapter_config.json"), config.toString());
    Safetensors.write(directory.resolve("adapter_model.safetensors"), tensors);
  }

  private static void set(ObjectNode config, String key, String value) {
    try {
      config.set(key, JSON.readValue(value, JsonNode.class));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
