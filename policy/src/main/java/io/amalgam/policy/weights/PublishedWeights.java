package io.amalgam.policy.weights;

import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Weights with their version and the checksum of every tensor. Immutable.
 *
 * @param version which weights
 * @param weights the tensors, bf16 as a rule
 * @param checksums CRC-32C of each tensor's bytes, by name
 */
public record PublishedWeights(
    WeightVersion version, ModelWeights weights, SortedMap<String, Integer> checksums) {
  /** Copies the checksums. */
  public PublishedWeights {
    checksums = Collections.unmodifiableSortedMap(new TreeMap<>(checksums));
  }

  /** Computes the checksums. */
  public static PublishedWeights of(WeightVersion version, ModelWeights weights) {
    SortedMap<String, Integer> sums = new TreeMap<>();
    for (Map.Entry<String, HostTensor> e : weights.tensors().entrySet()) {
      sums.put(e.getKey(), checksum(e.getValue()));
    }
    return new PublishedWeights(version, weights, sums);
  }

  /** CRC-32C of the bytes of a tensor. */
  static int checksum(HostTensor tensor) {
    CRC32C crc = new CRC32C();
    for (int i = 0; i < tensor.pieces().size(); i++) {
      crc.update(tensor.piece(i));
    }
    return (int) crc.getValue();
  }

  /** Bytes of all tensors: what sending them without any encoding would take. */
  public long denseBytes() {
    long bytes = 0;
    for (HostTensor t : weights.tensors().values()) {
      bytes += t.elements() * t.dtype().bytes();
    }
    return bytes;
  }
}
