package io.amalgam.policy.text;

import java.util.ArrayList;
import java.util.List;

/**
 * How a question becomes the prompt of a policy that thinks: the model's chat template, the {@link
 * Preamble}, the question as user message, and an answer that has been opened with {@code <think>}.
 *
 * <p>A template that opens the thinking by itself is left as it is. Immutable and safe for several
 * threads.
 */
public final class PromptFormat {
  /** The marker that opens the thinking. */
  public static final String THINK = "<think>";

  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final Preamble preamble;

  private PromptFormat(Tokenizer tokenizer, ChatTemplate template, Preamble preamble) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.preamble = preamble;
  }

  /** The format of a tokenizer's chat template, with nothing above the question. */
  public static PromptFormat of(Tokenizer tokenizer) {
    return of(tokenizer, Preamble.none());
  }

  /**
   * The format of a tokenizer's chat template.
   *
   * @throws IllegalArgumentException if the tokenizer has no chat template
   */
  public static PromptFormat of(Tokenizer tokenizer, Preamble preamble) {
    return new PromptFormat(tokenizer, ChatTemplate.of(tokenizer), preamble);
  }

  /** The prompt as text. */
  public String text(String question) {
    List<Conversation.Message> messages = new ArrayList<>();
    preamble.systemPrompt().ifPresent(s -> messages.add(Conversation.Message.system(s)));
    for (Preamble.Demonstration shown : preamble.demonstrations()) {
      messages.add(Conversation.Message.user(shown.question().strip()));
      messages.add(Conversation.Message.assistant(THINK + shown.completion()));
    }
    messages.add(Conversation.Message.user(question.strip()));
    String text = template.render(Conversation.toAnswer(messages)).text();
    return text.stripTrailing().endsWith(THINK) ? text : text + THINK;
  }

  /** The prompt as ids. */
  public int[] encode(String question) {
    return tokenizer.encode(text(question));
  }
}
