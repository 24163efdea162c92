package io.amalgam.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Damaged model files: each either loads, or is refused with a {@link ModelFormatException} that
 * names it; and nothing is mapped that the file does not hold.
 */
class ModelFileFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLE =
      Path.of("src/test/resources/io/amalgam/policy/golden/qwen2-tied/model");
  private static Path directory = Path.of("");
  private static byte[] valid = {};

  @BeforeContainer
  static void writeValidFile() throws IOException {
    directory = Files.createTempDirectory("fuzz-");
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    tensors.put("a.weight", HostTensor.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    tensors.put("b", HostTensor.ofFloats(new float[] {-1}, 1));
    tensors.put("c", HostTensor.ofFloats(new float[0], 0, 7));
    tensors.put("d", new ModelWeights(tensors).as(DType.BF16).get("a.weight"));
    Path file = directory.resolve("valid.safetensors");
    Safetensors.write(file, tensors);
    valid = Files.readAllBytes(file);
  }

  @AfterContainer
  static void removeFiles() throws IOException {
    try (var files = Files.list(directory)) {
      for (Path f : files.toList()) {
        Files.delete(f);
      }
    }
    Files.delete(directory);
  }

  /** Up to four changes: a byte, a digit or a sign of the header, a cut, something inserted. */
  @Provide
  Arbitrary<byte[]> damaged() {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, 4000);
    Arbitrary<Byte> value =
        Arbitraries.oneOf(
            Arbitraries.bytes(),
            Arbitraries.of("0123456789[]{}\":,-.eE\\ ".chars().mapToObj(c -> (byte) c).toList()));
    Arbitrary<Change> change =
        Combinators.combine(place, value, Arbitraries.integers().between(0, 9)).as(Change::new);
    return change.list().ofMinSize(1).ofMaxSize(4).map(ModelFileFuzzTest::apply);
  }

  private record Change(int place, byte value, int kind) {}

  private static byte[] apply(List<Change> changes) {
    byte[] b = valid.clone();
    for (Change c : changes) {
      if (b.length == 0) {
        return b;
      }
      int at = c.place % b.length;
      if (c.kind == 0) {
        b = Arrays.copyOf(b, at);
      } else if (c.kind == 1) {
        byte[] longer = Arrays.copyOf(b, b.length + 1);
        System.arraycopy(b, at, longer, at + 1, b.length - at);
        longer[at] = c.value;
        b = longer;
      } else {
        b[at] = c.value;
      }
    }
    return b;
  }

  @Property(tries = 1500, edgeCases = EdgeCasesMode.MIXIN)
  void damagedWeightsAreRefusedOrLoaded(@ForAll("damaged") byte[] bytes) throws IOException {
    Path file = directory.resolve("damaged.safetensors");
    Files.write(file, bytes);
    try {
      SortedMap<String, HostTensor> read = Safetensors.read(file);
      long mapped = read.values().stream().mapToLong(t -> t.size()).sum();
      assertThat(mapped).isLessThanOrEqualTo(bytes.length);
      Safetensors.requireFinite(file, read);
    } catch (ModelFormatException e) {
      assertThat(e).hasMessageContaining("damaged.safetensors");
      assertThat(e.getMessage()).doesNotContain("\n");
    }
  }

  private static final List<String> VALUES =
      List.of(
          "null",
          "0",
          "-1",
          "1",
          "2",
          "3",
          "7",
          "64",
          "2147483647",
          "2147483648",
          "1e400",
          "-0.0",
          "9223372036854775808",
          "0.5",
          "true",
          "false",
          "\"\"",
          "\"silu\"",
          "\"yarn\"",
          "[]",
          "[1,0]",
          "[[]]",
          "{}",
          "{\"rope_type\":\"llama3\"}",
          "{\"rope_type\":\"yarn\",\"factor\":4}",
          "{\"rope_type\":\"linear\",\"factor\":-4}",
          "[\"sliding_attention\",\"full_attention\"]");

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void configurationsAreRefusedOrRead(
      @ForAll int family, @ForAll int first, @ForAll int second, @ForAll int third) {
    ObjectNode root = sample();
    Family f = Family.ALL.get(Math.floorMod(family, Family.ALL.size()));
    root.put("model_type", f.modelType()).putArray("architectures").add(f.architecture());
    for (int choice : new int[] {first, second, third}) {
      damage(root).accept(choice);
    }
    try {
      ModelConfig config = ConfigJson.parse(root);
      assertThat(config.layers()).isPositive();
      assertThat(ConfigJson.parse(ConfigWriter.write(config, DType.F32)).windows())
          .isEqualTo(config.windows());
    } catch (ModelFormatException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
  }

  private static final List<String> FIELDS =
      List.of(
          "no_rope_layers",
          "no_rope_layer_interval",
          "rope_scaling",
          "rope_theta",
          "head_dim",
          "attention_bias",
          "mlp_bias",
          "partial_rotary_factor",
          "torch_dtype");

  private static Consumer<Integer> damage(ObjectNode root) {
    return choice -> {
      List<String> names = new java.util.ArrayList<>(FIELDS);
      root.fieldNames().forEachRemaining(names::add);
      String field = names.get(Math.floorMod(choice, names.size()));
      String value = VALUES.get(Math.floorMod(choice / 64, VALUES.size()));
      try {
        root.set(field, JSON.readTree(value));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static ObjectNode sample() {
    try {
      JsonNode node =
          JSON.readTree(Files.readString(SAMPLE.resolve("config.json"), StandardCharsets.UTF_8));
      return (ObjectNode) node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Property(tries = 300)
  void damagedIndexesAreRefusedOrRead(@ForAll int place, @ForAll byte value, @ForAll boolean cut)
      throws IOException {
    Path folder = Files.createTempDirectory("index-");
    String text =
        JSON.writeValueAsString(
            Map.of(
                "metadata", Map.of("total_size", 64), "weight_map", Map.of("b", "s.safetensors")));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = Math.floorMod(place, bytes.length);
    if (cut) {
      bytes = Arrays.copyOf(bytes, at);
    } else {
      bytes[at] = value;
    }
    Path index = folder.resolve(WeightFiles.INDEX);
    Files.write(index, bytes);
    Files.write(folder.resolve("s.safetensors"), valid);
    try {
      assertThat(WeightFiles.read(folder).tensors()).containsKey("b");
    } catch (ModelFormatException e) {
      assertThat(e).hasMessageContaining(folder.toString());
    } finally {
      Files.deleteIfExists(index);
      Files.deleteIfExists(folder.resolve("s.safetensors"));
      Files.delete(folder);
    }
  }
}
