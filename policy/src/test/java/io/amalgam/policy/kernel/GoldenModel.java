package io.amalgam.policy.kernel;

import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A tiny model with the numbers that transformers computes for it. */
record GoldenModel(String name, Path directory) {
  /**
   * The samples in the resources, and every model of the reference data where it is present. The
   * samples beside the first have what the reference data lacks: YaRN and a sliding window with
   * gradients, linear scaling, a window in some layers only, shards in bf16, biases of all linear
   * layers with an adapter.
   */
  static List<GoldenModel> all() {
    List<GoldenModel> out = new ArrayList<>();
    for (String name :
        List.of(
            "qwen2-tied",
            "qwen3-window-yarn",
            "smollm3-window-linear",
            "mistral-bf16-sharded",
            "llama-biases")) {
      out.add(new GoldenModel("sample/" + name, sample().resolveSibling(name)));
    }
    Path shared =
        Path.of(System.getProperty("amalgam.repository", ".."))
            .resolve("../shared/golden/policy/models")
            .normalize();
    if (Files.isDirectory(shared)) {
      try (Stream<Path> models = Files.list(shared)) {
        models.sorted().forEach(p -> out.add(new GoldenModel(p.getFileName().toString(), p)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return out;
  }

  static Path sample() {
    return Path.of("src/test/resources/io/amalgam/policy/golden/qwen2-tied");
  }

  HuggingFaceDirectory model() {
    return HuggingFaceDirectory.open(directory.resolve("model"));
  }

  boolean has(String file) {
    return Files.exists(directory.resolve("expected").resolve(file));
  }

  Path expected(String file) {
    return directory.resolve("expected").resolve(file);
  }

  Map<String, HostTensor> tensors(String file) {
    return Safetensors.read(expected(file));
  }

  static int[] ints(HostTensor t) {
    int[] out = new int[(int) t.elements()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) t.bytes().getLong(8 * i);
    }
    return out;
  }

  static double largestDifference(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new AssertionError(a.length + " values against " + b.length);
    }
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      double d = Math.abs((double) a[i] - b[i]);
      if (!(d <= worst)) {
        worst = Double.isNaN(d) ? Double.POSITIVE_INFINITY : d;
      }
    }
    return worst;
  }

  @Override
  public String toString() {
    return name;
  }
}
