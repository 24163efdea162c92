package io.amalgam.policy.model.lora;

import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelFormatException;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.Safetensors;
import io.amalgam.policy.model.WholeDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A directory with an adapter as peft writes it: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}.
 *
 * <p>An adapter of some layers only is read as one of all layers whose other pairs are zero; that
 * changes neither what it computes nor what it would learn, since a pair of zeros has no gradient.
 */
public final class PeftDirectory {
  private static final String TENSORS = "adapter_model.safetensors";
  private static final String PICKLE = "adapter_model.bin";

  /** What peft puts before the names of the model. */
  private static final String PREFIX = "base_model.model.";

  private PeftDirectory() {}

  /** Whether a directory holds an adapter. */
  public static boolean is(Path path) {
    return Files.exists(path.resolve(PeftConfig.FILE));
  }

  /**
   * The model that an adapter says it belongs to: a directory or a name.
   *
   * @throws ModelFormatException if the adapter's configuration cannot be used
   */
  public static Optional<String> base(Path path) {
    return PeftConfig.read(path.resolve(PeftConfig.FILE)).base();
  }

  /**
   * Reads an adapter of that model, its tensors widened to f32.
   *
   * @throws ModelFormatException naming file, tensor and reason if it is not LoRA of the model's
   *     linear layers
   */
  public static LoraAdapter open(Path path, ModelConfig model) {
    PeftConfig config = PeftConfig.read(path.resolve(PeftConfig.FILE));
    Path file = path.resolve(TENSORS);
    if (!Files.exists(file) && Files.exists(path.resolve(PICKLE))) {
      throw new ModelFormatException(
          path.resolve(PICKLE) + " is a pickle; save the adapter as safetensors");
    }
    SortedMap<String, HostTensor> stored = Safetensors.read(file);
    Safetensors.requireFinite(file, stored);
    Map<String, LoraTarget> known = known(model);
    Set<LoraTarget> targets = EnumSet.noneOf(LoraTarget.class);
    known.forEach(
        (name, target) -> {
          if (config.adapts().test(name)) {
            targets.add(target);
          }
        });
    for (String name : stored.keySet()) {
      requirePlace(file, name, known.keySet(), config);
    }
    if (targets.isEmpty()) {
      throw new ModelFormatException(
          path.resolve(PeftConfig.FILE)
              + ": target_modules names no linear layer of "
              + model.family().architecture());
    }
    LoraSpec spec = new LoraSpec(config.rank(), config.alpha(), targets, config.rankStabilised());
    SortedMap<String, HostTensor> out = new TreeMap<>();
    spec.parameters(model)
        .forEach((name, shape) -> out.put(name, tensor(file, stored, config, name, shape)));
    return new LoraAdapter(spec, new ModelWeights(out));
  }

  /** The linear layers of a model by name. */
  private static Map<String, LoraTarget> known(ModelConfig model) {
    Map<String, LoraTarget> out = new HashMap<>();
    for (int l = 0; l < model.layers(); l++) {
      for (LoraTarget t : LoraTarget.values()) {
        out.put(t.path(l), t);
      }
    }
    return out;
  }

  private static String module(String name) {
    String suffix = name.endsWith(LoraTarget.A) ? LoraTarget.A : LoraTarget.B;
    return name.substring(0, name.length() - suffix.length());
  }

  /** Why a tensor is none of plain LoRA on a linear layer is said as exactly as its name allows. */
  private static void requirePlace(Path file, String stored, Set<String> known, PeftConfig config) {
    if (!stored.startsWith(PREFIX)) {
      throw bad(file, stored, "has no place: names of an adapter begin with " + PREFIX);
    }
    String name = stored.substring(PREFIX.length());
    if (name.contains("lora_embedding_")) {
      throw bad(file, stored, "adapts an embedding; only linear layers can be adapted");
    }
    if (name.contains("lora_magnitude_vector")) {
      throw bad(file, stored, "belongs to DoRA; only plain LoRA can be used");
    }
    if (!name.endsWith(LoraTarget.A) && !name.endsWith(LoraTarget.B)) {
      String what = name.endsWith(".bias") ? "a trained bias" : "no factor of an adapter";
      throw bad(file, stored, "is " + what + "; only plain LoRA of linear layers can be used");
    }
    String module = module(name);
    if (!known.contains(module)) {
      throw bad(file, stored, "adapts " + module + ", which is no linear layer in this model");
    }
    if (!config.adapts().test(module)) {
      throw bad(file, stored, "is not among target_modules of " + PeftConfig.FILE);
    }
  }

  private static HostTensor tensor(
      Path file,
      SortedMap<String, HostTensor> stored,
      PeftConfig config,
      String name,
      long[] shape) {
    if (!config.adapts().test(module(name))) {
      int size = Math.toIntExact(shape[0] * shape[1]);
      return HostTensor.ofFloats(new float[size], shape);
    }
    HostTensor t = stored.get(PREFIX + name);
    if (t == null) {
      throw bad(file, PREFIX + name, "is missing");
    }
    if (!Arrays.equals(t.shape(), shape)) {
      throw bad(
          file,
          PREFIX + name,
          "has shape "
              + Arrays.toString(t.shape())
              + "; this model and r = "
              + config.rank()
              + " want "
              + Arrays.toString(shape));
    }
    if (t.dtype() == DType.I64) {
      throw bad(file, PREFIX + name, "holds integers");
    }
    return t.dtype() == DType.F32 ? t : HostTensor.ofFloats(t.toFloats(), shape);
  }

  /**
   * Writes a directory that peft loads. It appears complete or not at all.
   *
   * @param target the directory, which must not exist
   * @param base directory or name of the model the adapter belongs to
   */
  public static void save(Path target, LoraAdapter adapter, String base) {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    adapter.weights().tensors().forEach((name, t) -> tensors.put(PREFIX + name, t));
    try {
      WholeDirectory.write(
          target,
          directory -> {
            Files.writeString(
                directory.resolve(PeftConfig.FILE), PeftConfig.write(adapter.spec(), base));
            Safetensors.write(directory.resolve(TENSORS), tensors);
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the adapter cannot be saved to " + target, e);
    }
  }

  private static ModelFormatException bad(Path file, String tensor, String reason) {
    return new ModelFormatException(file + ": tensor " + tensor + " " + reason);
  }
}
