package io.amalgam.policy.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The weight files of a model directory as transformers writes them: one file, or shards of at most
 * a given size with an index that says which holds what.
 */
final class ShardedWeights {
  /** Bytes of tensors in one file; what tools that fetch and map such files are used to. */
  static final long MAX_SHARD = 5_000_000_000L;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ShardedWeights() {}

  /** Writes one file, or shards where the tensors have more than {@code maxShard} bytes. */
  static void write(Path directory, SortedMap<String, HostTensor> tensors, long maxShard)
      throws IOException {
    List<SortedMap<String, HostTensor>> shards = split(tensors, maxShard);
    if (shards.size() == 1) {
      Safetensors.write(directory.resolve(WeightFiles.SINGLE), tensors);
      return;
    }
    ObjectNode index = JSON.createObjectNode();
    index
        .putObject("metadata")
        .put("total_parameters", tensors.values().stream().mapToLong(HostTensor::elements).sum())
        .put("total_size", tensors.values().stream().mapToLong(ShardedWeights::bytes).sum());
    ObjectNode map = index.putObject("weight_map");
    Map<String, String> places = new TreeMap<>();
    for (int i = 0; i < shards.size(); i++) {
      String name =
          String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
      Safetensors.write(directory.resolve(name), shards.get(i));
      shards.get(i).keySet().forEach(tensor -> places.put(tensor, name));
    }
    places.forEach(map::put);
    Files.writeString(directory.resolve(WeightFiles.INDEX), index.toPrettyString() + "\n");
  }

  private static List<SortedMap<String, HostTensor>> split(
      SortedMap<String, HostTensor> tensors, long maxShard) {
    List<SortedMap<String, HostTensor>> shards = new ArrayList<>();
    SortedMap<String, HostTensor> shard = new TreeMap<>();
    long size = 0;
    for (Map.Entry<String, HostTensor> e : tensors.entrySet()) {
      long more = bytes(e.getValue());
      if (!shard.isEmpty() && size + more > maxShard) {
        shards.add(shard);
        shard = new TreeMap<>();
        size = 0;
      }
      shard.put(e.getKey(), e.getValue());
      size += more;
    }
    shards.add(shard);
    return shards;
  }

  private static long bytes(HostTensor t) {
    return t.elements() * t.dtype().bytes();
  }
}
