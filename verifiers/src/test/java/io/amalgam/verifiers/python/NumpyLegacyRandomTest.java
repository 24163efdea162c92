package io.amalgam.verifiers.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.verifiers.SharedData;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the legacy generator of numpy against matrices that numpy drew. */
class NumpyLegacyRandomTest {
  private static final Path RECORDED =
      SharedData.path("golden/reasoning-gym/_infra_numpy_random.jsonl");

  @Test
  void drawsWhatNumpyDrew() {
    assertEquals(
        List.of(5, 0, 3, 3, 7, 9, 3, 5, 2, 4, 7, 6, 8, 8, 1, 6, 7, 7, 8, 1), digits("0", 20));
    assertEquals(
        List.of(6, 3, 7, 4, 6, 9, 2, 6, 7, 4, 3, 7, 7, 2, 5, 4, 1, 7, 5, 1), digits("42", 20));
  }

  @Test
  void drawsEveryRecordedMatrix() throws IOException {
    assumeTrue(Files.exists(RECORDED), "recorded draws are not here");
    ObjectMapper json = new ObjectMapper();
    int checked = 0;
    for (String line : Files.readAllLines(RECORDED)) {
      JsonNode vector = json.readTree(line);
      if (!vector.get("op").textValue().startsWith("np.random.seed;randint(0,10")) {
        continue;
      }
      List<Integer> wanted = new ArrayList<>();
      for (JsonNode row : vector.get("out")) {
        row.forEach(cell -> wanted.add(cell.intValue()));
      }
      assertEquals(wanted, digits(vector.get("seed").asText(), wanted.size()), line);
      checked++;
    }
    assertTrue(checked > 0, "no matrix was recorded");
  }

  @Test
  void onlyTheLowest32BitsOfTheSeedCount() {
    assertEquals(digits("7", 10), digits("4294967303", 10));
  }

  @Test
  void refusesEmptyRanges() {
    NumpyLegacyRandom random = new NumpyLegacyRandom(BigInteger.ONE);
    assertEquals(3, random.randint(3, 4));
    assertThrows(EmptyDrawException.class, () -> random.randint(3, 3));
  }

  private static List<Integer> digits(String seed, int count) {
    NumpyLegacyRandom random = new NumpyLegacyRandom(new BigInteger(seed));
    List<Integer> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(random.randint(0, 10));
    }
    return drawn;
  }
}
