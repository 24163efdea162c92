package io.amalgam.policy.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a question becomes the prompt of a policy that thinks: the model's chat template, the
 * question as user message, and an answer that has been opened with {@code <think>}.
 *
 * <p>A template that opens the thinking by itself is left as it is. Immutable and safe for several
 * threads.
 */
public final class PromptFormat {
  /** The marker that opens the thinking. */
  public static final String THINK = "<think>";

  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final Optional<String> systemPrompt;

  private PromptFormat(Tokenizer tokenizer, ChatTemplate template, Optional<String> systemPrompt) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.systemPrompt = systemPrompt;
  }

  /** The format of a tokenizer's chat template, without a system message. */
  public static PromptFormat of(Tokenizer tokenizer) {
    return of(tokenizer, Optional.empty());
  }

  /**
   * The format of a tokenizer's chat template.
   *
   * @throws IllegalArgumentException if the tokenizer has no chat template
   */
  public static PromptFormat of(Tokenizer tokenizer, Optional<String> systemPrompt) {
    return new PromptFormat(tokenizer, ChatTemplate.of(tokenizer), systemPrompt);
  }

  /** The prompt as text. */
  public String text(String question) {
    List<Conversation.Message> messages = new ArrayList<>();
    systemPrompt.ifPresent(s -> messages.add(Conversation.Message.system(s)));
    messages.add(Conversation.Message.user(question.strip()));
    String text = template.render(Conversation.toAnswer(messages)).text();
    return text.stripTrailing().endsWith(THINK) ? text : text + THINK;
  }

  /** The prompt as ids. */
  public int[] encode(String question) {
    return tokenizer.encode(text(question));
  }
}
