package io.amalgam.policy.train.loss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** Lines of JSON: the sample among the test resources, or the full file beside the repository. */
public final class GoldenLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoldenLines() {}

  /** The sample of {@code losses/NAME} that is kept with the tests. */
  public static List<JsonNode> sample(String name) {
    return sample("losses", name);
  }

  /** The sample of {@code FOLDER/NAME} that is kept with the tests. */
  public static List<JsonNode> sample(String folder, String name) {
    try (InputStream in =
        Objects.requireNonNull(
            GoldenLines.class.getResourceAsStream("/golden/" + folder + "/" + name), name)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The full file {@code losses/NAME}; skips the test where it is absent. */
  public static List<JsonNode> full(String name) {
    return full("losses", name);
  }

  /** The full file {@code FOLDER/NAME}; skips the test where it is absent. */
  public static List<JsonNode> full(String folder, String name) {
    Path file =
        Path.of(System.getProperty("amalgam.repository", ".."))
            .resolve("../shared/golden/policy")
            .resolve(folder)
            .resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "no reference data beside the repository");
    try {
      return parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> parse(List<String> lines) throws IOException {
    List<JsonNode> out = new java.util.ArrayList<>();
    for (String line : lines) {
      out.add(JSON.readTree(line));
    }
    return out;
  }

  /** An array of numbers; null gives an empty one. */
  public static double[] array(JsonNode node) {
    return IntStream.range(0, node.isArray() ? node.size() : 0)
        .mapToDouble(i -> number(node.get(i)))
        .toArray();
  }

  /** A number, or one of the strings that stand for NaN and the infinities. */
  public static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
  }

  /** A matrix. */
  public static double[][] matrix(JsonNode node) {
    return IntStream.range(0, node.size())
        .mapToObj(i -> array(node.get(i)))
        .toArray(double[][]::new);
  }
}
