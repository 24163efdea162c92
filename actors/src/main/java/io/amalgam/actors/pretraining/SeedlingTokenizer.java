package io.amalgam.actors.pretraining;

import io.amalgam.policy.text.AddedToken;
import io.amalgam.policy.text.bpe.BpeTrainer;
import io.amalgam.verifiers.task.WorkedExamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the small tokenizer of a pretrained model: chat markers, thinking and answer markers,
 * byte-level BPE.
 */
public final class SeedlingTokenizer {
  private static final List<AddedToken> ADDED =
      List.of(
          AddedToken.special("<|endoftext|>"),
          AddedToken.special("<|im_start|>"),
          AddedToken.special("<|im_end|>"),
          AddedToken.plain("<think>"),
          AddedToken.plain("</think>"),
          AddedToken.plain("<answer>"),
          AddedToken.plain("</answer>"));

  private static final String CHAT_TEMPLATE =
      """
      {%- for message in messages -%}
      <|im_start|>{{ message.role }}
      {{ message.content }}<|im_end|>
      {% endfor -%}
      {%- if add_generation_prompt -%}
      <|im_start|>assistant
      {% endif -%}
      """;

  private SeedlingTokenizer() {}

  /**
   * Trains on the questions and completions of {@code examples} and writes the tokenizer's files.
   */
  public static void write(List<WorkedExamples.Example> examples, int vocabulary, Path directory)
      throws IOException {
    List<String> texts =
        examples.stream()
            .map(e -> e.problem().question() + "\n" + e.completion())
            .collect(Collectors.toList());
    BpeTrainer.train(texts, vocabulary, ADDED, CHAT_TEMPLATE, directory);
  }
}
