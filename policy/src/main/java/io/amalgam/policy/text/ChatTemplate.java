package io.amalgam.policy.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.amalgam.policy.text.jinja.JinjaException;
import io.amalgam.policy.text.jinja.Limits;
import io.amalgam.policy.text.jinja.Rendered;
import io.amalgam.policy.text.jinja.Template;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A chat template: conversations become the text that a model was trained on, as transformers
 * renders them.
 *
 * <p>Only the template is Jinja; the texts of messages are data and never interpreted. Immutable
 * and safe for several threads.
 */
public final class ChatTemplate {
  private static final String MARKER = "CONTINUE_FINAL_MESSAGE_TAG ";

  private final Template template;
  private final Map<String, String> specialTokens;
  private final Limits limits;
  private final Supplier<LocalDateTime> now;

  private ChatTemplate(
      Template template,
      Map<String, String> specialTokens,
      Limits limits,
      Supplier<LocalDateTime> now) {
    this.template = template;
    this.specialTokens = specialTokens;
    this.limits = limits;
    this.now = now;
  }

  /**
   * Parses a template.
   *
   * @param source Jinja
   * @param specialTokens what the template sees as {@code bos_token}, {@code eos_token}, …
   * @throws JinjaException if the source is not Jinja
   */
  public static ChatTemplate parse(String source, Map<String, String> specialTokens) {
    return new ChatTemplate(
        Template.parse(source), Map.copyOf(specialTokens), Limits.standard(), LocalDateTime::now);
  }

  /**
   * The template of a tokenizer, with its special tokens.
   *
   * @throws IllegalArgumentException if the tokenizer has none
   * @throws JinjaException if it is not Jinja
   */
  public static ChatTemplate of(Tokenizer tokenizer) {
    String source =
        tokenizer
            .chatTemplate()
            .orElseThrow(() -> new IllegalArgumentException("the tokenizer has no chat template"));
    return parse(source, tokenizer.namedTokens());
  }

  /** The same with another clock behind {@code strftime_now}. */
  public ChatTemplate at(Supplier<LocalDateTime> clock) {
    return new ChatTemplate(template, specialTokens, limits, clock);
  }

  /** The same with other limits. */
  public ChatTemplate within(Limits other) {
    return new ChatTemplate(template, specialTokens, other, now);
  }

  /** The same with other special tokens. */
  public ChatTemplate withSpecialTokens(Map<String, String> tokens) {
    return new ChatTemplate(template, Map.copyOf(tokens), limits, now);
  }

  /**
   * Renders a conversation.
   *
   * @throws JinjaException if the template raises an error, asks for something the conversation
   *     does not allow, or exceeds its limits
   * @throws IllegalArgumentException if the conversation asks for a generation prompt and for a
   *     continued message at once, or the message to continue is empty of text or not found in the
   *     rendered text
   */
  public Rendered render(Conversation conversation) {
    if (conversation.addGenerationPrompt() && conversation.continueFinalMessage()) {
      throw new IllegalArgumentException(
          "add_generation_prompt and continue_final_message exclude each other: a new message cannot start within another");
    }
    Map<String, JsonNode> variables = new HashMap<>();
    specialTokens.forEach((name, token) -> variables.put(name, TextNode.valueOf(token)));
    for (Iterator<Map.Entry<String, JsonNode>> it = conversation.arguments().fields();
        it.hasNext(); ) {
      Map.Entry<String, JsonNode> argument = it.next();
      variables.put(argument.getKey(), argument.getValue());
    }
    ArrayNode messages = withThinking(conversation.messages());
    String continued = conversation.continueFinalMessage() ? mark(messages) : "";
    variables.put("messages", messages);
    variables.put("tools", conversation.tools().orElse(NullNode.getInstance()));
    variables.put("documents", conversation.documents().orElse(NullNode.getInstance()));
    variables.put("add_generation_prompt", BooleanNode.valueOf(conversation.addGenerationPrompt()));
    Rendered rendered = template.render(variables, limits, now);
    return conversation.continueFinalMessage() ? cut(rendered, continued) : rendered;
  }

  /**
   * A copy of the messages where {@code reasoning_content} is also there as {@code thinking},
   * first.
   */
  private static ArrayNode withThinking(ArrayNode messages) {
    ArrayNode copy = messages.deepCopy();
    for (int i = 0; i < copy.size(); i++) {
      JsonNode message = copy.get(i);
      if (message instanceof ObjectNode object
          && object.has("reasoning_content")
          && !object.has("thinking")) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        fields.put("thinking", object.get("reasoning_content"));
        object.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
        object.removeAll();
        object.setAll(fields);
      }
    }
    return copy;
  }

  /** Puts the marker after the text of the last message and returns that text as it was. */
  private static String mark(ArrayNode messages) {
    JsonNode last = messages.path(messages.size() - 1);
    JsonNode content = last.path("content");
    if (last instanceof ObjectNode message && content.isTextual()) {
      message.put("content", content.textValue() + MARKER);
      return content.textValue();
    }
    for (int i = content.size() - 1; content.isArray() && i >= 0; i--) {
      if (content.get(i) instanceof ObjectNode block && block.path("text").isTextual()) {
        String text = block.path("text").textValue();
        block.put("text", text + MARKER);
        return text;
      }
    }
    throw new IllegalArgumentException("continue_final_message needs a text in the last message");
  }

  private static Rendered cut(Rendered rendered, String message) {
    String text = rendered.text();
    String marker = MARKER.strip();
    int at = text.lastIndexOf(marker);
    if (at < 0 || !text.contains(message.strip())) {
      throw new IllegalArgumentException(
          "continue_final_message needs the last message as it is in the text, but the template changes or drops it");
    }
    // The template trimmed the message if the marker's own space is gone; then the message's is to
    // go too.
    String kept =
        text.startsWith(MARKER, at) ? text.substring(0, at) : text.substring(0, at).stripTrailing();
    int length = kept.codePointCount(0, kept.length());
    List<Rendered.Span> spans =
        rendered.spans().stream()
            .filter(span -> span.start() <= length)
            .map(span -> new Rendered.Span(span.start(), Math.min(span.end(), length)))
            .toList();
    return new Rendered(kept, spans);
  }
}
