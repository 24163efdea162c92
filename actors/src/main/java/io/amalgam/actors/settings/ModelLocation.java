package io.amalgam.actors.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a model path leads: a directory as it is, or the model that comes with Amalgam. */
public final class ModelLocation {
  /** The name of the model that comes with Amalgam. */
  public static final String SEEDLING = "seedling";

  /** The launcher and the tests say where the repository is. */
  private static final List<String> HOMES = List.of("amalgam.home", "amalgam.repository");

  private static final Path BUNDLED = Path.of("models", SEEDLING);

  private ModelLocation() {}

  /** The directory that {@code path} means; it need not exist. */
  public static Path resolve(String path) {
    if (!path.equals(SEEDLING)) {
      return Path.of(path);
    }
    for (String property : HOMES) {
      String home = System.getProperty(property);
      if (home != null && Files.isDirectory(Path.of(home).resolve(BUNDLED))) {
        return Path.of(home).resolve(BUNDLED);
      }
    }
    return BUNDLED;
  }
}
