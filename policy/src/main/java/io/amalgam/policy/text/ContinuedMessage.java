package io.amalgam.policy.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.text.jinja.CodePoints;
import io.amalgam.policy.text.jinja.Rendered;
import java.util.List;

/**
 * The last message of a conversation whose rendering is to end in the middle of it.
 *
 * <p>A marker is put at its end before the template sees it, and the rendered text is cut there.
 *
 * @param text what the message says, without the marker
 */
record ContinuedMessage(String text) {
  private static final String MARKER = "CONTINUE_FINAL_MESSAGE_TAG ";

  /**
   * Puts the marker at the end of a field of the last message.
   *
   * @param messages changed in place
   * @param field {@code content}, or where the model's reasoning is
   * @param source of the template, which has to name the field
   * @throws IllegalArgumentException if there is no such text, or the template does not look at it
   */
  static ContinuedMessage mark(ArrayNode messages, String field, String source) {
    if (!(messages.path(messages.size() - 1) instanceof ObjectNode message)) {
      throw new IllegalArgumentException("continue_final_message needs a message");
    }
    JsonNode value = message.path(field);
    // what is kept under several names is marked under each
    List<String> fields =
        MessageList.REASONING.contains(field)
            ? MessageList.REASONING.stream()
                .filter(name -> message.path(name).equals(value))
                .toList()
            : List.of(field);
    if (fields.stream().noneMatch(source::contains)) {
      throw new IllegalArgumentException(
          "continue_final_message: the template does not use the field " + field);
    }
    if (value.isTextual()) {
      fields.forEach(name -> message.put(name, value.textValue() + MARKER));
      return new ContinuedMessage(value.textValue());
    }
    if (value.isArray()) {
      return markBlock(value);
    }
    throw noText(field);
  }

  /** The last block that has a text is the one that goes on. */
  private static ContinuedMessage markBlock(JsonNode blocks) {
    for (int i = blocks.size() - 1; i >= 0; i--) {
      if (blocks.get(i) instanceof ObjectNode block && block.has("text")) {
        if (!block.get("text").isTextual()) {
          throw noText("text");
        }
        String text = block.get("text").textValue();
        block.put("text", text + MARKER);
        return new ContinuedMessage(text);
      }
    }
    throw noText("text");
  }

  private static IllegalArgumentException noText(String field) {
    return new IllegalArgumentException(
        "continue_final_message needs a text in the field " + field + " of the last message");
  }

  /**
   * The rendered text up to the marker.
   *
   * @throws IllegalArgumentException if the template dropped or changed the message
   */
  Rendered cut(Rendered rendered) {
    String all = rendered.text();
    int at = all.lastIndexOf(MARKER.stripTrailing());
    if (at < 0 || !all.contains(CodePoints.strip(text))) {
      throw new IllegalArgumentException(
          "continue_final_message needs the last message as it is in the text, but the template changes or drops it");
    }
    // The template trimmed the message if the marker's own space is gone; then the message's is to
    // go too.
    String kept =
        all.startsWith(MARKER, at)
            ? all.substring(0, at)
            : CodePoints.stripEnd(all.substring(0, at));
    int length = kept.codePointCount(0, kept.length());
    List<Rendered.Span> spans =
        rendered.spans().stream()
            .filter(span -> span.start() <= length)
            .map(span -> new Rendered.Span(span.start(), Math.min(span.end(), length)))
            .toList();
    return new Rendered(kept, spans);
  }
}
