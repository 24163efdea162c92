package io.amalgam.policy.hub;

import java.util.ArrayList;
import java.util.List;

/** Which files of a repository make up a model. */
final class HubFiles {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";
  private static final String ADAPTER = "adapter_config.json";
  private static final String ADAPTER_WEIGHTS = "adapter_model.safetensors";

  /** Everything small; weights follow, so that whoever sees weights sees these too. */
  private static final List<String> SMALL =
      List.of(
          "config.json",
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "tokenizer.model",
          "vocab.json",
          "merges.txt",
          "special_tokens_map.json",
          "added_tokens.json",
          "chat_template.jinja",
          "chat_template.json",
          ADAPTER,
          INDEX);

  private HubFiles() {}

  /** Whether the weights are in shards; as in transformers, a single file goes before an index. */
  static boolean indexed(List<String> files) {
    return files.contains(INDEX) && !files.contains(SINGLE);
  }

  /** The small files of the repository, in the order in which they are fetched. */
  static List<String> small(List<String> files) {
    return SMALL.stream()
        .filter(files::contains)
        .filter(f -> !f.equals(INDEX) || indexed(files))
        .toList();
  }

  /**
   * The files with weights.
   *
   * @param files all files of the repository
   * @param shards those that its index names; empty without an index
   * @throws HubException if there are none that can be read, or one that the index names is missing
   */
  static List<String> weights(ModelName model, List<String> files, List<String> shards) {
    List<String> out = new ArrayList<>();
    for (String shard : shards) {
      // a name with a folder in it could lead out of the cache
      if (!files.contains(shard) || shard.contains("/") || shard.contains("\\")) {
        throw new HubException(
            INDEX + " of " + model + " names " + shard + ", which is no file beside it",
            "tell its publisher, or give another revision");
      }
      out.add(shard);
    }
    if (out.isEmpty() && files.contains(SINGLE)) {
      out.add(SINGLE);
    }
    if (files.contains(ADAPTER) && files.contains(ADAPTER_WEIGHTS)) {
      out.add(ADAPTER_WEIGHTS);
    }
    if (out.isEmpty()) {
      throw new HubException(
          model + " has no " + SINGLE + ", nor shards with " + INDEX,
          "choose a model in the safetensors format, or convert it with transformers and give the"
              + " directory");
    }
    return out;
  }
}
