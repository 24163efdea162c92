package io.amalgam.policy.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Where the reference numbers lie, and how their lines are read. */
public final class Goldens {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Goldens() {}

  /** A folder of the shared reference data; the calling test is skipped where it is absent. */
  public static Path shared(String folder) {
    Path repository =
        Path.of(System.getProperty("amalgam.repository", "..")).toAbsolutePath().normalize();
    Path path = repository.resolve("../shared/golden/policy").normalize().resolve(folder);
    Assumptions.assumeTrue(Files.isDirectory(path), () -> "no reference data in " + path);
    return path;
  }

  /** One object per line. */
  public static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> out = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        out.add(JSON.readTree(line));
      }
    }
    return out;
  }

  /** A file of the test resources, as a path. */
  public static Path resource(String name) {
    try {
      return Path.of(Goldens.class.getResource(name).toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The integers of a JSON list. */
  public static int[] ints(JsonNode list) {
    int[] out = new int[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = list.get(i).intValue();
    }
    return out;
  }
}
