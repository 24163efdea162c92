package io.amalgam.policy.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lists of objects that a chat template is given, checked and completed. */
final class MessageList {
  /** The names under which libraries keep what a model thought before its answer. */
  static final List<String> REASONING = List.of("reasoning_content", "thinking", "reasoning");

  private MessageList() {}

  /**
   * A copy of the messages in which the reasoning of a message, whatever its name, is there as
   * {@code reasoning_content} and, first of all fields, as {@code thinking}.
   */
  static ArrayNode prepared(ArrayNode messages) {
    requireObjects("messages", messages);
    ArrayNode copy = messages.deepCopy();
    for (JsonNode message : copy) {
      ObjectNode object = (ObjectNode) message;
      REASONING.stream()
          .map(object::path)
          .filter(value -> !value.isMissingNode() && !value.isNull())
          .findFirst()
          .ifPresent(reasoning -> name(object, reasoning));
    }
    return copy;
  }

  private static void name(ObjectNode message, JsonNode reasoning) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    fields.put("thinking", reasoning);
    message.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
    fields.put("reasoning_content", reasoning);
    message.removeAll();
    message.setAll(fields);
  }

  /** The list, or null, which templates see where none is given. */
  static JsonNode objects(String name, Optional<JsonNode> list) {
    JsonNode given = list.orElse(NullNode.getInstance());
    if (!given.isNull()) {
      requireObjects(name, given);
    }
    return given;
  }

  private static void requireObjects(String name, JsonNode list) {
    if (!list.isArray()) {
      throw new IllegalArgumentException(name + " is not a list");
    }
    for (int i = 0; i < list.size(); i++) {
      if (!list.get(i).isObject()) {
        throw new IllegalArgumentException(name + "[" + i + "] is not an object");
      }
    }
  }
}
