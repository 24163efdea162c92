package io.amalgam.policy.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What a chat template is given.
 *
 * @param messages objects with a {@code role}, a {@code content} and whatever else the template
 *     knows
 * @param addGenerationPrompt whether to end with the start of the model's turn
 * @param continuedField the field of the last message, usually {@code content}, in the middle of
 *     which to end, so that the model goes on with it; empty to end after the message
 * @param tools descriptions of functions the model may call
 * @param documents texts the model may refer to
 * @param arguments further variables, such as {@code enable_thinking}
 */
public record Conversation(
    ArrayNode messages,
    boolean addGenerationPrompt,
    Optional<String> continuedField,
    Optional<JsonNode> tools,
    Optional<JsonNode> documents,
    ObjectNode arguments) {

  /** One message of plain text. */
  public record Message(String role, String content) {
    /** A message of the user. */
    public static Message user(String content) {
      return new Message("user", content);
    }

    /** Instructions that stand above the conversation. */
    public static Message system(String content) {
      return new Message("system", content);
    }

    /** A message of the model. */
    public static Message assistant(String content) {
      return new Message("assistant", content);
    }
  }

  /** Messages of plain text, to be answered by the model. */
  public static Conversation toAnswer(List<Message> messages) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    messages.forEach(m -> list.addObject().put("role", m.role()).put("content", m.content()));
    return new Conversation(
        list,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        JsonNodeFactory.instance.objectNode());
  }

  /** The same with one more variable for the template. */
  public Conversation with(String name, JsonNode value) {
    ObjectNode more = arguments.deepCopy();
    more.set(name, value);
    return new Conversation(messages, addGenerationPrompt, continuedField, tools, documents, more);
  }
}
