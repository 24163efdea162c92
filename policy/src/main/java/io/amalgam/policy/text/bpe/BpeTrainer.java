package io.amalgam.policy.text.bpe;

import io.amalgam.policy.text.AddedToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Training of a byte-level BPE tokenizer for a small model.
 *
 * <p>Texts are cut at the added tokens, every digit stands alone, and the rest is split by the
 * pattern of GPT-2; pairs are merged by falling count, ties by rising ids (Sennrich et al. 2016, on
 * bytes as in Radford et al. 2019). The same texts in the same order give the same files, byte for
 * byte.
 */
public final class BpeTrainer {
  private BpeTrainer() {}

  /**
   * Trains on {@code texts} and writes {@code tokenizer.json} and {@code tokenizer_config.json} to
   * {@code directory}.
   *
   * <p>Ids: the special added tokens, the 256 bytes, the merges, the other added tokens. The
   * vocabulary stays smaller than asked for where no pair of tokens is left that occurs twice.
   *
   * @param vocabularySize all entries, the 256 bytes and {@code added} included
   * @param added tokens that are never split; a special {@code <|im_end|>} becomes the end token
   *     and a special {@code <|endoftext|>} the padding, where present
   * @param chatTemplate Jinja source to store; empty for none
   * @throws IllegalArgumentException if {@code vocabularySize} has no room for the bytes and {@code
   *     added}, or a token is added twice
   * @throws IOException if a file cannot be written
   */
  public static void train(
      Iterable<String> texts,
      int vocabularySize,
      List<AddedToken> added,
      String chatTemplate,
      Path directory)
      throws IOException {
    Set<String> contents = new LinkedHashSet<>();
    for (AddedToken token : added) {
      if (!contents.add(token.content())) {
        throw new IllegalArgumentException("token " + token.content() + " is added twice");
      }
    }
    int room = vocabularySize - 256 - added.size();
    if (room < 0) {
      throw new IllegalArgumentException(
          "a vocabulary of "
              + vocabularySize
              + " has no room for 256 bytes and "
              + added.size()
              + " added tokens");
    }
    WordCounts words = new WordCounts(contents);
    texts.forEach(words::add);
    Merges merges = new Merges(words.counts());
    TokenizerFiles files =
        new TokenizerFiles(added, merges.learn(room), merges.contents(), chatTemplate);
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("tokenizer.json"), files.tokenizer());
    Files.writeString(directory.resolve("tokenizer_config.json"), files.config());
  }
}
