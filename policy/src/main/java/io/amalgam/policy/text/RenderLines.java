package io.amalgam.policy.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.text.jinja.JinjaException;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rendering of conversations given as JSON, one object each.
 *
 * <p>In: {@code messages} (required), {@code add_generation_prompt}, {@code continue_final_message}
 * ({@code true}, or the name of a field other than {@code content}), {@code tools}, {@code
 * documents}, {@code kwargs} (further variables), {@code special_tokens} (in place of the
 * template's own) and {@code now} (the clock, as {@code 2026-01-15T12:30:00}). Out: {@code {"text":
 * …}} or {@code {"error": …}}; no input throws.
 */
public final class RenderLines {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ChatTemplate template;

  /** Renders with {@code template}. */
  public RenderLines(ChatTemplate template) {
    this.template = template;
  }

  /** The outcome for one object. */
  public ObjectNode render(JsonNode line) {
    try {
      return JSON.objectNode().put("text", templateFor(line).render(conversation(line)).text());
    } catch (JinjaException | IllegalArgumentException e) {
      return JSON.objectNode().put("error", String.valueOf(e.getMessage()));
    }
  }

  private ChatTemplate templateFor(JsonNode line) {
    ChatTemplate chosen = template;
    if (present(line, "special_tokens")) {
      Map<String, String> tokens = new LinkedHashMap<>();
      object(line, "special_tokens")
          .fields()
          .forEachRemaining(
              field -> {
                if (field.getValue().isTextual()) {
                  tokens.put(field.getKey(), field.getValue().textValue());
                }
              });
      chosen = chosen.withSpecialTokens(tokens);
    }
    if (present(line, "now")) {
      LocalDateTime now;
      try {
        now = LocalDateTime.parse(line.get("now").asText());
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "now is not a date and time like 2026-01-15T12:30:00", e);
      }
      chosen = chosen.at(() -> now);
    }
    return chosen;
  }

  private static Conversation conversation(JsonNode line) {
    if (!(line.path("messages") instanceof ArrayNode messages)) {
      throw new IllegalArgumentException("messages is missing or not a list");
    }
    return new Conversation(
        messages,
        flag(line, "add_generation_prompt"),
        continuedField(line),
        Optional.of(line.path("tools")).filter(tools -> !tools.isMissingNode()),
        Optional.of(line.path("documents")).filter(documents -> !documents.isMissingNode()),
        present(line, "kwargs") ? object(line, "kwargs") : JSON.objectNode());
  }

  /** A field by its name, or {@code true} for the content. */
  private static Optional<String> continuedField(JsonNode line) {
    JsonNode given = line.path("continue_final_message");
    if (given.isTextual()) {
      return Optional.of(given.textValue()).filter(name -> !name.isEmpty());
    }
    return flag(line, "continue_final_message") ? Optional.of("content") : Optional.empty();
  }

  private static boolean present(JsonNode line, String name) {
    return !line.path(name).isMissingNode() && !line.path(name).isNull();
  }

  private static boolean flag(JsonNode line, String name) {
    if (present(line, name) && !line.path(name).isBoolean()) {
      throw new IllegalArgumentException(name + " is neither true nor false");
    }
    return line.path(name).asBoolean(false);
  }

  private static ObjectNode object(JsonNode line, String name) {
    if (!(line.path(name) instanceof ObjectNode object)) {
      throw new IllegalArgumentException(name + " is not an object");
    }
    return object;
  }
}
