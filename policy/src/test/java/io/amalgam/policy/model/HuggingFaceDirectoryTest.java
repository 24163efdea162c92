package io.amalgam.policy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceDirectoryTest {
  private static final Path SAMPLE =
      Path.of("src/test/resources/io/amalgam/policy/golden/qwen2-tied/model");

  @TempDir Path directory;

  @Test
  void theSampleIsRead() {
    HuggingFaceDirectory d = HuggingFaceDirectory.open(SAMPLE);
    assertThat(d.config().family()).isEqualTo(Family.QWEN2);
    assertThat(d.config().headDim()).isEqualTo(16);
    assertThat(d.weights().parameters()).isEqualTo(94784);
    assertThat(d.config().parameters()).isEqualTo(94784);
    assertThat(d.endTokens()).containsExactly(507);
    assertThat(d.tokenizerFile()).isPresent();
  }

  @Test
  void bothSpellingsOfTheConfigurationAreEqual() {
    assertThat(HuggingFaceDirectory.readConfig(SAMPLE.resolve("config.old-style.json")))
        .isEqualTo(HuggingFaceDirectory.readConfig(SAMPLE.resolve("config.json")));
  }

  @Test
  void aSavedModelComesBackBitByBit() throws IOException {
    HuggingFaceDirectory d = HuggingFaceDirectory.open(SAMPLE);
    for (DType dtype : new DType[] {DType.F32, DType.BF16}) {
      Path target = directory.resolve(dtype.name());
      ModelWeights stored = d.weights().as(dtype);
      HuggingFaceDirectory.save(target, d.config(), stored, List.of(507, 505), Optional.of(SAMPLE));
      HuggingFaceDirectory back = HuggingFaceDirectory.open(target);
      assertThat(back.endTokens()).containsExactly(507, 505);
      assertThat(back.tokenizerFile()).isPresent();
      assertThat(back.config())
          .usingRecursiveComparison()
          .ignoringFields("storedType")
          .isEqualTo(d.config());
      assertThat(back.config().storedType()).isEqualTo(dtype);
      stored
          .tensors()
          .forEach((name, t) -> assertThat(back.weights().get(name).bytes()).isEqualTo(t.bytes()));
      assertThatThrownBy(
              () ->
                  HuggingFaceDirectory.save(
                      target, d.config(), stored, List.of(), Optional.empty()))
          .hasRootCauseMessage(target.toAbsolutePath() + " exists already");
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("F32", "BF16");
    }
  }

  @Test
  void largeModelsAreSavedInShards() throws IOException {
    HuggingFaceDirectory d = HuggingFaceDirectory.open(SAMPLE);
    Path target = directory.resolve("shards");
    HuggingFaceDirectory.save(
        target, d.config(), d.weights(), List.of(1, 2), Optional.of(SAMPLE), 100_000);
    long total = 0;
    try (Stream<Path> files = Files.list(target)) {
      List<Path> shards =
          files.filter(f -> f.toString().endsWith(".safetensors")).sorted().toList();
      assertThat(shards).hasSizeGreaterThan(3);
      for (Path shard : shards) {
        assertThat(shard.getFileName().toString())
            .matches("model-\\d{5}-of-" + String.format("%05d", shards.size()) + ".safetensors");
        long bytes =
            Safetensors.read(shard).values().stream()
                .mapToLong(t -> t.elements() * t.dtype().bytes())
                .sum();
        assertThat(bytes).isLessThanOrEqualTo(512 * 64 * 4);
        total += bytes;
      }
    }
    assertThat(Files.readString(target.resolve("model.safetensors.index.json")))
        .contains("\"total_size\" : " + total);
    HuggingFaceDirectory back = HuggingFaceDirectory.open(target);
    d.weights()
        .tensors()
        .forEach((name, t) -> assertThat(back.weights().get(name).bytes()).isEqualTo(t.bytes()));
  }

  @Test
  void settingsForGenerationAreKeptAndAFailedSaveLeavesNothing() throws IOException {
    HuggingFaceDirectory d = HuggingFaceDirectory.open(SAMPLE);
    Path source = Files.createDirectory(directory.resolve("source"));
    Files.writeString(
        source.resolve("generation_config.json"), "{\"top_p\": 0.8, \"eos_token_id\": 3}");
    Files.writeString(source.resolve("chat_template.jinja"), "{{ messages }}");
    Path target = directory.resolve("saved");
    HuggingFaceDirectory.save(
        target, d.config(), d.weights(), List.of(507, 505), Optional.of(source));
    assertThat(Files.readString(target.resolve("generation_config.json")).replaceAll("\\s", ""))
        .contains("\"top_p\":0.8")
        .contains("\"eos_token_id\":[507,505]");
    assertThat(target.resolve("chat_template.jinja")).hasContent("{{ messages }}");
    Files.writeString(source.resolve("generation_config.json"), "{");
    assertThatThrownBy(
            () ->
                HuggingFaceDirectory.save(
                    directory.resolve("second"),
                    d.config(),
                    d.weights(),
                    List.of(),
                    Optional.of(source)))
        .isInstanceOf(ModelFormatException.class);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("source", "saved");
    }
  }

  @Test
  void everyFamilyKeepsItsConfiguration() {
    for (Family family : Family.ALL) {
      ModelConfig c =
          ModelConfig.of(family, 64, 16, 24, 2, 4, 2, false, 128)
              .withSpecialTokens(OptionalInt.of(1), List.of(2, 3), OptionalInt.of(0));
      Path target = directory.resolve(family.modelType());
      HuggingFaceDirectory.save(
          target, c, RandomInit.weights(c, 1).as(DType.BF16), List.of(), Optional.empty());
      assertThat(HuggingFaceDirectory.open(target).config()).isEqualTo(c);
      if (family.attentionBias()) {
        ModelConfig biased = c.withBiases(new Biases(true, true, family.mlpBias()));
        Path other = directory.resolve(family.modelType() + "-biases");
        HuggingFaceDirectory.save(
            other, biased, RandomInit.weights(biased, 1), List.of(), Optional.empty());
        assertThat(HuggingFaceDirectory.open(other).config())
            .isEqualTo(HuggingFaceDirectory.readConfig(other.resolve("config.json")));
        assertThat(HuggingFaceDirectory.open(other).config().biases()).isEqualTo(biased.biases());
      }
    }
    ModelConfig plain = ModelConfig.of(Family.LLAMA, 64, 16, 24, 2, 4, 2, true, 128);
    ModelConfig scaled =
        new ModelConfig(
            plain.family(),
            64,
            16,
            24,
            2,
            4,
            2,
            8,
            plain.biases(),
            1e-5,
            new RotarySettings(500_000, Optional.of(new RotaryScaling.Llama3(8, 1, 4, 64))),
            plain.rotaryLayers(),
            plain.windows(),
            true,
            128,
            plain.bosToken(),
            List.of(1, 2),
            plain.padToken(),
            DType.BF16);
    Path target = directory.resolve("scaled");
    HuggingFaceDirectory.save(
        target, scaled, RandomInit.weights(scaled, 1).as(DType.BF16), List.of(), Optional.empty());
    assertThat(HuggingFaceDirectory.open(target).config()).isEqualTo(scaled);
  }

  @Test
  void unsupportedModelsAreNamed() throws IOException {
    Path config = directory.resolve("config.json");
    Files.writeString(config, "{\"architectures\":[\"GPT2LMHeadModel\"]}");
    assertThatThrownBy(() -> HuggingFaceDirectory.open(directory))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("GPT2LMHeadModel")
        .hasMessageContaining("Qwen2ForCausalLM")
        .hasMessageContaining("LlamaForCausalLM");
    String good = Files.readString(SAMPLE.resolve("config.json"));
    Files.writeString(config, good.replace("\"default\"", "\"mrope\""));
    assertThatThrownBy(() -> HuggingFaceDirectory.open(directory)).hasMessageContaining("longrope");
    Files.writeString(config, good.replace("\"vocab_size\"", "\"vocab\""));
    assertThatThrownBy(() -> HuggingFaceDirectory.open(directory))
        .hasMessageContaining("vocab_size");
  }

  @Test
  void tensorsThatDoNotFitTheConfigurationAreNamed() throws IOException {
    Files.copy(SAMPLE.resolve("config.json"), directory.resolve("config.json"));
    Path file = directory.resolve("model.safetensors");
    SortedMap<String, HostTensor> good =
        new TreeMap<>(HuggingFaceDirectory.open(SAMPLE).weights().tensors());
    SortedMap<String, HostTensor> wrong = new TreeMap<>(good);
    wrong.put("model.norm.weight", HostTensor.ofFloats(new float[32], 32));
    Safetensors.write(file, wrong);
    assertThatThrownBy(() -> HuggingFaceDirectory.open(directory))
        .hasMessageContaining("model.norm.weight")
        .hasMessageContaining("[32]");
    wrong = new TreeMap<>(good);
    wrong.remove("model.layers.1.mlp.up_proj.weight");
    Safetensors.write(file, wrong);
    assertThatThrownBy(() -> HuggingFaceDirectory.open(directory))
        .hasMessageContaining("model.layers.1.mlp.up_proj.weight");
    wrong = new TreeMap<>(good);
    wrong.put("model.layers.7.extra", HostTensor.ofFloats(new float[1], 1));
    Safetensors.write(file, wrong);
    assertThatThrownBy(() -> HuggingFaceDirectory.open(directory))
        .hasMessageContaining("model.layers.7.extra");
  }

  @Test
  void initialWeightsDependOnTheSeedAlone() {
    ModelConfig c = ModelConfig.of(Family.QWEN2, 500, 64, 96, 8, 4, 2, true, 128);
    ModelWeights a = RandomInit.weights(c, 5);
    Map<String, HostTensor> b = RandomInit.weights(c, 5).tensors();
    a.tensors().forEach((name, t) -> assertThat(t.bytes()).isEqualTo(b.get(name).bytes()));
    assertThat(RandomInit.weights(c, 6).get(ParameterLayout.EMBEDDING).bytes())
        .isNotEqualTo(a.get(ParameterLayout.EMBEDDING).bytes());
    assertThat(deviation(a.get(ParameterLayout.EMBEDDING))).isBetween(0.0197, 0.0203);
    assertThat(deviation(a.get("model.layers.3.mlp.down_proj.weight"))).isBetween(0.0047, 0.0053);
    assertThat(a.get("model.norm.weight").toFloats()).containsOnly(1f);
    assertThat(a.get("model.layers.0.self_attn.q_proj.bias").toFloats()).containsOnly(0f);
  }

  private static double deviation(HostTensor t) {
    double sum = 0;
    for (float v : t.toFloats()) {
      sum += v * v;
    }
    return Math.sqrt(sum / t.elements());
  }
}
