package io.amalgam.verifiers.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.verifiers.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Draws of numpy's default generator against values recorded from numpy. */
class NumpyGoldenTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "_infra_numpy_random";

  @Test
  void equalsTheSample() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    getClass().getResourceAsStream("/golden/" + NAME + ".jsonl")),
                StandardCharsets.UTF_8))) {
      check("sample", lines);
    }
  }

  @Test
  void equalsTheCompleteRecording() throws IOException {
    Path file = SharedData.path("golden/reasoning-gym/" + NAME + ".jsonl");
    assumeTrue(Files.exists(file), "complete recording not present");
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      check("complete", lines);
    }
  }

  @Test
  void emptyRangesAndNegativeSeedsAreRefused() {
    NumpyGenerator random = new NumpyGenerator(BigInteger.ZERO);
    assertThatThrownBy(() -> random.integers(2, 2)).isInstanceOf(EmptyDrawException.class);
    assertThatThrownBy(() -> random.choiceWithoutReplacement(List.of(1), 2))
        .isInstanceOf(EmptyDrawException.class);
    assertThatThrownBy(() -> new NumpyGenerator(BigInteger.ONE.negate()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void check(String kind, BufferedReader lines) throws IOException {
    int checked = 0;
    List<String> mismatches = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode golden = JSON.readTree(line);
      Optional<String> got = draws(golden);
      if (got.isPresent()) {
        checked++;
        if (!golden.get("out").toString().replace("\"", "").equals(got.get())) {
          mismatches.add(line + " gave " + got.get());
        }
      }
    }
    System.out.println(
        "golden "
            + kind
            + " "
            + NAME
            + ": "
            + checked
            + " cases, "
            + mismatches.size()
            + " mismatches");
    assertThat(mismatches).isEmpty();
    assertThat(checked).isPositive();
  }

  /** Empty for the recordings of numpy's older generator. */
  private static Optional<String> draws(JsonNode golden) {
    String operation = golden.get("op").textValue();
    if (operation.startsWith("np.random.seed")) {
      return Optional.empty();
    }
    NumpyGenerator random = new NumpyGenerator(new BigInteger(golden.get("seed").asText()));
    JsonNode args = golden.path("args");
    int first = args.path(0).asInt();
    int second = args.path(1).asInt();
    Supplier<Object> draw =
        switch (operation) {
          case "default_rng raw uint64 x6" -> () -> Long.toUnsignedString(random.nextLong());
          case "integers" -> () -> random.integers(first, second);
          case "random x5" -> random::random;
          case "choice(18) x8" -> () -> random.choice(range(18));
          case "choice(7x2 array rows) x8" ->
              () -> {
                int row = random.choice(range(7));
                return List.of(row, row + 10);
              };
          case "choice(['telling-truth','lying']) then integers(0,3) x5" ->
              () ->
                  List.of(random.choice(List.of("telling-truth", "lying")), random.integers(0, 3));
          case "choice(n,size=k,replace=False)" -> {
            List<Integer> drawn = random.choiceWithoutReplacement(range(first), second);
            yield () -> drawn.remove(0);
          }
          default -> throw new IllegalArgumentException(operation);
        };
    List<Object> drawn = new ArrayList<>();
    for (int i = 0; i < golden.get("out").size(); i++) {
      drawn.add(draw.get());
    }
    return Optional.of(drawn.toString().replace(" ", ""));
  }

  private static List<Integer> range(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
