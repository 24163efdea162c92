package io.amalgam.policy.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.amalgam.policy.text.jinja.JinjaException;
import io.amalgam.policy.text.jinja.Limits;
import io.amalgam.policy.text.jinja.Rendered;
import io.amalgam.policy.text.jinja.Template;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A chat template: conversations become the text that a model was trained on, as transformers
 * renders them.
 *
 * <p>Only the template is Jinja; the texts of messages are data and never interpreted. Immutable
 * and safe for several threads.
 */
public final class ChatTemplate {
  private final String source;
  private final Template template;
  private final Map<String, String> specialTokens;
  private final Limits limits;
  private final Supplier<LocalDateTime> now;

  private ChatTemplate(
      String source,
      Template template,
      Map<String, String> specialTokens,
      Limits limits,
      Supplier<LocalDateTime> now) {
    this.source = source;
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
        source,
        Template.parse(source),
        Map.copyOf(specialTokens),
        Limits.standard(),
        LocalDateTime::now);
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
    return new ChatTemplate(source, template, specialTokens, limits, clock);
  }

  /** The same with other limits. */
  public ChatTemplate within(Limits other) {
    return new ChatTemplate(source, template, specialTokens, other, now);
  }

  /** The same with other special tokens. */
  public ChatTemplate withSpecialTokens(Map<String, String> tokens) {
    return new ChatTemplate(source, template, Map.copyOf(tokens), limits, now);
  }

  /**
   * Renders a conversation.
   *
   * @throws JinjaException if the template raises an error, asks for something the conversation
   *     does not allow, or exceeds its limits
   * @throws IllegalArgumentException if a message, tool or document is not an object, or the
   *     conversation asks for a generation prompt and for a continued message at once, or the
   *     message to continue is empty of text or not found in the rendered text
   */
  public Rendered render(Conversation conversation) {
    if (conversation.addGenerationPrompt() && conversation.continuedField().isPresent()) {
      throw new IllegalArgumentException(
          "add_generation_prompt and continue_final_message exclude each other: a new message cannot start within another");
    }
    Map<String, JsonNode> variables = new HashMap<>();
    specialTokens.forEach((name, token) -> variables.put(name, TextNode.valueOf(token)));
    conversation
        .arguments()
        .fields()
        .forEachRemaining(a -> variables.put(a.getKey(), a.getValue()));
    ArrayNode messages = MessageList.prepared(conversation.messages());
    Optional<ContinuedMessage> continued =
        conversation.continuedField().map(field -> ContinuedMessage.mark(messages, field, source));
    variables.put("messages", messages);
    variables.put("tools", MessageList.objects("tools", conversation.tools()));
    variables.put("documents", MessageList.objects("documents", conversation.documents()));
    variables.put("add_generation_prompt", BooleanNode.valueOf(conversation.addGenerationPrompt()));
    Rendered rendered = template.render(variables, limits, now);
    return continued.map(message -> message.cut(rendered)).orElse(rendered);
  }
}
