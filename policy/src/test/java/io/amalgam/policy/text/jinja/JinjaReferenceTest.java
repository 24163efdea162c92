package io.amalgam.policy.text.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.amalgam.policy.text.Goldens;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Small templates give what Jinja 3.1.6 gives in its immutable sandbox, with the environment of
 * transformers.
 *
 * <p>Each line holds a template over the common variables and the text (with the spans of
 * generation blocks) or error that Jinja gave for it. For an error, any error is enough; the
 * messages of Python are not copied.
 */
class JinjaReferenceTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 15, 12, 30);

  @Test
  void smallTemplatesAgree() throws IOException {
    Map<String, JsonNode> variables = new HashMap<>();
    new ObjectMapper()
        .readTree(Goldens.resource("/text/jinja/variables.json").toFile())
        .fields()
        .forEachRemaining(field -> variables.put(field.getKey(), field.getValue()));
    List<String> wrong = new ArrayList<>();
    int texts = 0;
    int errors = 0;
    for (JsonNode line : Goldens.lines(Goldens.resource("/text/jinja/cases.jsonl"))) {
      String source = line.get("template").textValue();
      try {
        Rendered rendered = Template.parse(source).render(variables, Limits.standard(), () -> NOW);
        if (!line.has("text") || !rendered.text().equals(line.get("text").textValue())) {
          wrong.add(
              source
                  + "\n   is "
                  + rendered.text()
                  + "\n   not "
                  + line.path("text")
                  + line.path("error"));
        } else if (line.has("spans") && !spans(rendered).equals(line.get("spans"))) {
          wrong.add(source + " spans " + spans(rendered) + " not " + line.get("spans"));
        } else {
          texts++;
        }
      } catch (JinjaException e) {
        if (line.has("error")) {
          errors++;
        } else {
          wrong.add(source + "\n   fails: " + e.getMessage() + "\n   not " + line.get("text"));
        }
      }
    }
    System.out.println(
        "jinja templates: texts equal "
            + texts
            + ", errors equal "
            + errors
            + ", wrong "
            + wrong.size());
    assertThat(wrong).isEmpty();
    assertThat(texts).isGreaterThan(1000);
  }

  private static ArrayNode spans(Rendered rendered) {
    ArrayNode spans = JsonNodeFactory.instance.arrayNode();
    rendered.spans().forEach(span -> spans.addArray().add(span.start()).add(span.end()));
    return spans;
  }
}
