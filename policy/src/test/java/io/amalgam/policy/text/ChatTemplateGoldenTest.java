package io.amalgam.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.text.jinja.JinjaException;
import io.amalgam.policy.text.jinja.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Conversations render as transformers renders them, errors included. */
class ChatTemplateGoldenTest {
  private static final class Count {
    int templates;
    int equal;
    int errors;
    int spans;
    int lenient;
    final List<String> wrong = new ArrayList<>();
  }

  @Test
  void sampleAgrees() throws IOException {
    Count count = check(Goldens.resource("/text/chat-templates"));
    assertThat(count.wrong).isEmpty();
    assertThat(count.equal + count.errors).isGreaterThan(20);
  }

  @Test
  void allReferenceConversationsAgree() throws IOException {
    Count count = check(Goldens.shared("chat-templates"));
    System.out.println(
        "golden chat-templates: "
            + (count.equal + count.errors)
            + " cases of "
            + count.templates
            + " templates, texts equal: "
            + count.equal
            + ", errors equal: "
            + count.errors
            + ", assistant spans equal: "
            + count.spans
            + ", rendered where the reference has a type error: "
            + count.lenient
            + ", wrong: "
            + count.wrong.size());
    assertThat(count.wrong).isEmpty();
    assertThat(count.equal).isGreaterThanOrEqualTo(500);
  }

  private static Count check(Path folder) throws IOException {
    JsonNode index = new ObjectMapper().readTree(folder.resolve("index.json").toFile());
    LocalDateTime now = LocalDateTime.parse(index.get("now").textValue());
    Count count = new Count();
    for (JsonNode entry : index.get("templates")) {
      String name = entry.get("name").textValue();
      Map<String, String> special = new LinkedHashMap<>();
      entry
          .get("special_tokens")
          .fields()
          .forEachRemaining(f -> special.put(f.getKey(), f.getValue().textValue()));
      ChatTemplate template =
          ChatTemplate.parse(Files.readString(folder.resolve(name + ".jinja")), special)
              .at(() -> now);
      for (JsonNode line : Goldens.lines(folder.resolve(name + ".jsonl"))) {
        check(template, name, line, count);
      }
      count.templates++;
    }
    return count;
  }

  private static void check(ChatTemplate template, String name, JsonNode line, Count count) {
    String label = name + " " + line.get("id") + " " + line.path("name").asText() + ": ";
    String outcome;
    Optional<Rendered> rendered = Optional.empty();
    boolean raised = false;
    try {
      rendered = Optional.of(template.render(conversation(line)));
      outcome = rendered.get().text();
    } catch (JinjaException e) {
      outcome = e.getMessage();
      raised = e.kind() == JinjaException.Kind.RAISED;
    } catch (IllegalArgumentException e) {
      outcome = e.getMessage();
    }
    JsonNode error = line.path("error");
    if (error.isMissingNode()) {
      if (rendered.isEmpty() || !outcome.equals(line.get("rendered").textValue())) {
        count.wrong.add(label + "\n  expected " + line.get("rendered") + "\n  actual   " + outcome);
        return;
      }
      count.equal++;
      if (line.has("assistant_spans")) {
        ArrayNode spans = JsonNodeFactory.instance.arrayNode();
        rendered.get().spans().forEach(span -> spans.addArray().add(span.start()).add(span.end()));
        if (spans.equals(line.get("assistant_spans"))) {
          count.spans++;
        } else {
          count.wrong.add(label + "spans " + spans + " instead of " + line.get("assistant_spans"));
        }
      }
    } else if (error.get("kind").textValue().equals("raise_exception")) {
      if (raised && outcome.equals(error.get("message").textValue())) {
        count.errors++;
      } else {
        count.wrong.add(label + "expected error " + error + ", got " + outcome);
      }
    } else if (rendered.isPresent()) {
      count.lenient++;
      count.wrong.add(label + "expected error " + error + ", got text");
    } else {
      count.errors++;
    }
  }

  private static Conversation conversation(JsonNode line) {
    return new Conversation(
        (ArrayNode) line.get("messages"),
        line.path("add_generation_prompt").asBoolean(false),
        line.path("continue_final_message").asBoolean(false)
            ? Optional.of("content")
            : Optional.empty(),
        Optional.ofNullable(line.get("tools")),
        Optional.ofNullable(line.get("documents")),
        line.has("kwargs")
            ? (ObjectNode) line.get("kwargs")
            : JsonNodeFactory.instance.objectNode());
  }
}
