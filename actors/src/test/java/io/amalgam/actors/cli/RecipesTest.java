package io.amalgam.actors.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.actors.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recipe that ships: it can be read, and it trains the embedded model. */
class RecipesTest {
  @TempDir Path dir;

  static Stream<Path> recipes() throws IOException {
    Path root = Path.of(System.getProperty("amalgam.repository"), "config", "recipes");
    try (Stream<Path> files = Files.list(root)) {
      return files.filter(f -> f.toString().endsWith(".conf")).sorted().toList().stream();
    }
  }

  private static RunSettings settings(Path recipe) {
    return SettingsLoader.load(List.of(recipe.toString()), List.of()).settings();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void isAValidConfigurationThatSaysWhatItIs(Path recipe) throws IOException {
    assertThat(settings(recipe).tasks().mix()).isNotEmpty();
    assertThat(Files.readString(recipe)).startsWith("# ");
  }

  @Test
  void everyMethodHasOne() throws IOException {
    TreeSet<String> methods = new TreeSet<>();
    recipes().forEach(r -> methods.add(settings(r).methodSpec().method()));
    TreeSet<String> all = new TreeSet<>();
    io.amalgam.policy.mixture.MethodCatalog.definitions().forEach(d -> all.add(d.name()));
    // greedy is a read-out, not a way to train
    all.remove("greedy");
    assertThat(methods).isEqualTo(all);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("recipes")
  void trainsTheEmbeddedModelForTwentySteps(Path recipe) throws IOException {
    Path run = dir.resolve("run");
    Cli trained =
        Cli.run(
            "run-local",
            "--config",
            recipe.toString(),
            "--run-dir",
            run.toString(),
            "--set",
            "run.minutes=60",
            "--set",
            "run.steps=20",
            "--set",
            "eval.problems=0",
            "--set",
            "metrics.port=-1");
    assertThat(trained.code()).as(trained.err()).isZero();
    int steps = 0;
    int learned = 0;
    double largest = 0;
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode row = new ObjectMapper().readTree(line);
      if (row.path("event").asText().equals("step")) {
        steps++;
        assertThat(row.path("loss").isNumber()).as(line).isTrue();
        assertThat(Double.isFinite(row.path("loss").asDouble())).as(line).isTrue();
        assertThat(Double.isFinite(row.path("grad_norm").asDouble())).as(line).isTrue();
        learned += row.path("grad_norm").asDouble() > 0 ? 1 : 0;
        largest = Math.max(largest, Math.abs(row.path("loss").asDouble()));
      }
    }
    System.out.printf(
        "recipe %s: %d steps, %d with a gradient, largest |loss| %.3g%n",
        recipe.getFileName(), steps, learned, largest);
    assertThat(steps).isEqualTo(20);
    assertThat(learned).isPositive();
  }
}
