package io.amalgam.policy.weights;

import io.amalgam.proto.TensorDelta;
import io.amalgam.proto.WeightHeader;
import java.util.List;
import java.util.Optional;

/**
 * An encoded update: a delta from a base version, or an anchor, which stands alone. Immutable.
 *
 * @param header versions, manifest with the checksums of the result, counts
 * @param blocks the runs that change
 */
public record EncodedWeights(WeightHeader header, List<TensorDelta> blocks) {
  /** Copies the list. */
  public EncodedWeights {
    blocks = List.copyOf(blocks);
  }

  /** The version it gives. */
  public WeightVersion version() {
    return WeightVersion.fromProto(header.getVersion());
  }

  /** The version it applies to; empty for an anchor. */
  public Optional<WeightVersion> base() {
    return header.hasBase()
        ? Optional.of(WeightVersion.fromProto(header.getBase()))
        : Optional.empty();
  }

  /** Whether it stands alone. */
  public boolean anchor() {
    return !header.hasBase();
  }

  /** Bytes on the wire, without the framing of chunks. */
  public long bytes() {
    long n = header.getSerializedSize();
    for (TensorDelta b : blocks) {
      n += b.getSerializedSize();
    }
    return n;
  }

  /** Share of 16-bit words that changed, 0 to 1; a learning rate that is too high shows here. */
  public double density() {
    return header.getWords() == 0 ? 0 : (double) header.getChanged() / header.getWords();
  }

  /** Bytes on the wire as a share of the bytes of all tensors. */
  public double wireShare() {
    return header.getWords() == 0 ? 0 : (double) bytes() / (2.0 * header.getWords());
  }
}
