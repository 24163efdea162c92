package io.amalgam.actors.settings;

import io.amalgam.policy.hub.HubSettings;
import io.amalgam.policy.hub.ModelHub;
import io.amalgam.policy.hub.ModelName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a model path leads: a directory as it is, the model that comes with Amalgam, or a model of
 * a hub by name.
 */
public final class ModelLocation {
  /** The name of the model that comes with Amalgam. */
  public static final String SEEDLING = "seedling";

  /** The launcher and the tests say where the repository is. */
  private static final List<String> HOMES = List.of("amalgam.home", "amalgam.repository");

  private static final Path BUNDLED = Path.of("models", SEEDLING);

  private ModelLocation() {}

  /**
   * The directory that {@code path} means; it need not exist. Asks no hub: a name leads to the
   * local cache, where the command line puts a model before a run begins.
   */
  public static Path resolve(String path) {
    if (path.equals(SEEDLING)) {
      return bundled();
    }
    return name(path)
        .flatMap(model -> ModelHub.cached(hub(), model))
        .orElseGet(() -> Path.of(path));
  }

  /** The model of a hub that {@code path} names; empty for directories and for the seedling. */
  public static Optional<ModelName> name(String path) {
    Optional<ModelName> name = path.equals(SEEDLING) ? Optional.empty() : ModelName.parse(path);
    return name.filter(n -> !Files.isDirectory(Path.of(path)));
  }

  /** Hub and cache as the environment says. */
  public static HubSettings hub() {
    return HubSettings.of(System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  private static Path bundled() {
    for (String property : HOMES) {
      String home = System.getProperty(property);
      if (home != null && Files.isDirectory(Path.of(home).resolve(BUNDLED))) {
        return Path.of(home).resolve(BUNDLED);
      }
    }
    return BUNDLED;
  }
}
