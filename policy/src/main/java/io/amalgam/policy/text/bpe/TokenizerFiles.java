package io.amalgam.policy.text.bpe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.text.AddedToken;
import io.amalgam.policy.text.ByteAlphabet;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The two files of a tokenizer in the form that the tokenizers and transformers libraries read. */
final class TokenizerFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter WRITER =
      JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
  private static final String END_OF_TEXT = "<|endoftext|>";
  private static final String END_OF_TURN = "<|im_end|>";

  private final List<AddedToken> special;
  private final List<AddedToken> plain;
  private final List<Merges.Merge> merges;
  private final List<String> contents;
  private final String chatTemplate;

  TokenizerFiles(
      List<AddedToken> added,
      List<Merges.Merge> merges,
      List<String> contents,
      String chatTemplate) {
    this.special = added.stream().filter(AddedToken::special).toList();
    this.plain = added.stream().filter(token -> !token.special()).toList();
    this.merges = merges;
    this.contents = contents;
    this.chatTemplate = chatTemplate;
  }

  String tokenizer() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int i = 0; i < special.size(); i++) {
      describe(added.addObject().put("id", i), special.get(i));
    }
    for (int i = 0; i < plain.size(); i++) {
      describe(added.addObject().put("id", special.size() + contents.size() + i), plain.get(i));
    }
    root.putNull("normalizer");
    ObjectNode split = root.putObject("pre_tokenizer").put("type", "Sequence");
    ArrayNode steps = split.putArray("pretokenizers");
    steps.addObject().put("type", "Digits").put("individual_digits", true);
    byteLevel(steps.addObject(), false);
    root.putNull("post_processor");
    byteLevel(root.putObject("decoder"), true);
    model(root.putObject("model"));
    return text(root);
  }

  private static void byteLevel(ObjectNode node, boolean prefixSpace) {
    node.put("type", "ByteLevel")
        .put("add_prefix_space", prefixSpace)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private void model(ObjectNode model) {
    model.put("type", "BPE").putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    special.forEach(token -> vocabulary.put(token.content(), vocabulary.size()));
    // Bytes are listed in the order of their characters, as the libraries do.
    List<Integer> bytes =
        IntStream.range(0, 256)
            .boxed()
            .sorted(Comparator.comparing(b -> ByteAlphabet.charOf(b)))
            .toList();
    bytes.forEach(b -> vocabulary.put(String.valueOf(ByteAlphabet.charOf(b)), vocabulary.size()));
    contents
        .subList(256, contents.size())
        .forEach(token -> vocabulary.put(token, vocabulary.size()));
    ArrayNode pairs = model.putArray("merges");
    for (Merges.Merge merge : merges) {
      pairs
          .addArray()
          .add(contents.get(merge.pair().left()))
          .add(contents.get(merge.pair().right()));
    }
  }

  String config() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("add_prefix_space", false);
    ObjectNode added = root.putObject("added_tokens_decoder");
    for (int i = 0; i < special.size(); i++) {
      describe(added.putObject(Integer.toString(i)), special.get(i));
    }
    for (int i = 0; i < plain.size(); i++) {
      describe(
          added.putObject(Integer.toString(special.size() + contents.size() + i)), plain.get(i));
    }
    root.put("clean_up_tokenization_spaces", false);
    root.put("model_max_length", 1_000_000);
    root.putNull("bos_token");
    name(root, "eos_token", END_OF_TURN);
    name(root, "pad_token", END_OF_TEXT);
    root.putNull("unk_token");
    // The class that takes tokenizer.json as it is; the others rebuild the splitting from their own
    // defaults.
    root.put("tokenizer_class", "PreTrainedTokenizerFast");
    if (!chatTemplate.isEmpty()) {
      root.put("chat_template", chatTemplate);
    }
    return text(root);
  }

  private void name(ObjectNode root, String name, String content) {
    if (special.contains(AddedToken.special(content))) {
      root.put(name, content);
    } else {
      root.putNull(name);
    }
  }

  private static void describe(ObjectNode node, AddedToken token) {
    node.put("content", token.content());
    node.put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false);
    node.put("special", token.special());
  }

  private static String text(ObjectNode root) throws JsonProcessingException {
    return WRITER.writeValueAsString(root) + "\n";
  }
}
