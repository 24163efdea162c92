package io.amalgam.policy.model.lora;

import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model directory, with an adapter or without.
 *
 * @param base the model as it is stored, mapped into memory
 * @param adapter what it is adapted with
 */
public record AdaptedModel(HuggingFaceDirectory base, Optional<LoraAdapter> adapter) {
  /**
   * Reads a model directory, or a directory of peft that names an existing model directory as its
   * base.
   *
   * @throws ModelFormatException naming file, tensor and reason if model or adapter cannot be used
   */
  public static AdaptedModel open(Path path) {
    return open(path, Optional.empty());
  }

  /** The same with an adapter that lies elsewhere; then {@code path} must be a model. */
  public static AdaptedModel open(Path path, Optional<Path> adapter) {
    boolean peft = isAdapter(path);
    if (peft && adapter.isPresent()) {
      throw new ModelFormatException(
          path + " is an adapter itself; give the model it belongs to beside " + adapter.get());
    }
    HuggingFaceDirectory base = HuggingFaceDirectory.open(base(path));
    return new AdaptedModel(
        base, (peft ? Optional.of(path) : adapter).map(a -> PeftDirectory.open(a, base.config())));
  }

  private static boolean isAdapter(Path path) {
    return PeftDirectory.is(path) && !Files.exists(path.resolve("config.json"));
  }

  /**
   * The model directory behind a path: itself, or that of the base if it is a directory of peft.
   *
   * @throws ModelFormatException if it is an adapter whose base is no directory here
   */
  public static Path base(Path path) {
    return isAdapter(path) ? baseOf(path) : path;
  }

  private static Path baseOf(Path adapter) {
    String name = PeftDirectory.base(adapter).orElse("");
    if (name.isEmpty() || !Files.isDirectory(Path.of(name))) {
      throw new ModelFormatException(
          adapter
              + " is an adapter of \""
              + name
              + "\", which is no directory here; give the model's directory and this one as its"
              + " adapter");
    }
    return Path.of(name);
  }

  /** The model with the adapter merged into its weights; adapted matrices are f32. */
  public HuggingFaceDirectory merged() {
    return adapter
        .map(
            a ->
                new HuggingFaceDirectory(
                    base.path(),
                    base.config(),
                    AdapterMerge.merge(base.weights(), a),
                    base.endTokens()))
        .orElse(base);
  }
}
