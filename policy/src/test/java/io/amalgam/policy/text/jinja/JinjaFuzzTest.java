package io.amalgam.policy.text.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.policy.text.Goldens;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever stands in a template, the outcome is a text or a {@link JinjaException}. */
class JinjaFuzzTest {
  private static final Limits SMALL = new Limits(20_000, 100_000, 1_000_000, 50);

  private static void tolerate(String source, Map<String, JsonNode> variables) {
    try {
      assertThat(
              Template.parse(source)
                  .render(variables, SMALL, () -> LocalDateTime.of(2026, 1, 15, 12, 30))
                  .text())
          .isNotNull();
    } catch (JinjaException expected) {
      assertThat(expected.getMessage()).isNotNull();
    }
  }

  @Property(tries = 500)
  void anyText(@ForAll String text) {
    tolerate(text, Map.of());
    tolerate("{{ " + text + " }}", Map.of());
    tolerate("{% " + text + " %}", Map.of());
  }

  /**
   * Pieces of sound templates in random order reach far more of the interpreter than random letters
   * do.
   */
  @Test
  void shuffledTemplates() throws IOException {
    Map<String, JsonNode> variables = new HashMap<>();
    new ObjectMapper()
        .readTree(Goldens.resource("/text/jinja/variables.json").toFile())
        .fields()
        .forEachRemaining(field -> variables.put(field.getKey(), field.getValue()));
    Pattern pieces = Pattern.compile("\\w+|'[^']*'|\\{\\{|\\}\\}|\\{%|%\\}|\\s+|.");
    List<String> all = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    for (JsonNode line : Goldens.lines(Goldens.resource("/text/jinja/cases.jsonl"))) {
      String source = line.get("template").textValue();
      sources.add(source);
      pieces.matcher(source).results().forEach(piece -> all.add(piece.group()));
    }
    long seed = Long.getLong("amalgam.fuzz.seed", 20260115L);
    Random random = new Random(seed);
    for (int n = 0; n < Integer.getInteger("amalgam.fuzz.tries", 4_000); n++) {
      List<String> parts = new ArrayList<>();
      pieces
          .matcher(sources.get(random.nextInt(sources.size())))
          .results()
          .forEach(p -> parts.add(p.group()));
      for (int change = random.nextInt(4); change >= 0 && !parts.isEmpty(); change--) {
        int at = random.nextInt(parts.size());
        switch (random.nextInt(3)) {
          case 0 -> parts.remove(at);
          case 1 -> parts.set(at, all.get(random.nextInt(all.size())));
          default -> parts.add(at, all.get(random.nextInt(all.size())));
        }
      }
      String source = String.join("", parts);
      try {
        tolerate(source, variables);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", try " + n + ": " + source, e);
      }
    }
  }
}
