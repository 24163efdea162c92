package io.amalgam.policy.weights;

import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.proto.TensorDelta;
import io.amalgam.proto.TensorManifest;
import io.amalgam.proto.WeightHeader;
import io.amalgam.proto.WeightManifest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.DataFormatException;

/**
 * Encodes weights as changes of older ones, and applies them again, bit for bit.
 *
 * <p>An update names the version it applies to and carries the checksum of every tensor of the
 * result, so a lost, repeated, reordered or damaged message never gives wrong weights: the receiver
 * keeps what it has and asks for an anchor. Tensors are compared as 16-bit words in runs of 1 MiB;
 * each run takes the smallest of its forms. Pure functions of their arguments; may take long, so
 * keep them off threads that must not block.
 */
public final class DeltaCodec {
  private DeltaCodec() {}

  /**
   * The update from {@code base} to {@code next}.
   *
   * @throws IllegalArgumentException when the two do not have the same tensors
   */
  public static EncodedWeights delta(PublishedWeights base, PublishedWeights next) {
    requireSameTensors(base.weights(), next.weights());
    return encode(Optional.of(base), next);
  }

  /** An update that needs no base. */
  public static EncodedWeights anchor(PublishedWeights weights) {
    return encode(Optional.empty(), weights);
  }

  private static EncodedWeights encode(Optional<PublishedWeights> base, PublishedWeights next) {
    WeightManifest.Builder manifest = WeightManifest.newBuilder();
    List<TensorDelta> blocks = new ArrayList<>();
    BlockCodec codec = new BlockCodec();
    long words = 0;
    long changed = 0;
    int index = 0;
    for (Map.Entry<String, HostTensor> e : next.weights().tensors().entrySet()) {
      String name = e.getKey();
      HostTensor tensor = e.getValue();
      int checksum = checksum(next, name);
      manifest.addTensors(manifest(name, tensor, checksum));
      words += words(tensor);
      boolean same = base.isPresent() && checksum(base.get(), name) == checksum;
      Optional<HostTensor> old = base.map(b -> b.weights().get(name));
      if (!(same && old.get().bytes().equals(tensor.bytes()))) {
        changed += encodeTensor(codec, index, old, tensor, blocks);
      }
      index++;
    }
    WeightHeader.Builder header =
        WeightHeader.newBuilder()
            .setVersion(next.version().toProto())
            .setManifest(manifest)
            .setBlocks(blocks.size())
            .setWords(words)
            .setChanged(changed);
    base.ifPresent(b -> header.setBase(b.version().toProto()));
    return new EncodedWeights(header.build(), blocks);
  }

  private static long encodeTensor(
      BlockCodec codec,
      int index,
      Optional<HostTensor> old,
      HostTensor now,
      List<TensorDelta> out) {
    int total = words(now);
    ShortBuffer nowWords = now.bytes().asShortBuffer();
    long changed = 0;
    for (int offset = 0; offset < total; offset += BlockCodec.MAX_WORDS) {
      int length = Math.min(BlockCodec.MAX_WORDS, total - offset);
      short[] run = run(nowWords, offset, length);
      Optional<BlockCodec.Encoded> block =
          old.isEmpty()
              ? Optional.of(codec.dense(run))
              : codec.encode(run(old.get().bytes().asShortBuffer(), offset, length), run);
      if (block.isPresent()) {
        BlockCodec.Encoded b = block.get();
        changed += b.changed();
        out.add(
            TensorDelta.newBuilder()
                .setTensor(index)
                .setOffset(offset)
                .setWords(length)
                .setEncoding(b.encoding())
                .setChanged(b.changed())
                .setPayload(com.google.protobuf.UnsafeByteOperations.unsafeWrap(b.payload()))
                .build());
      }
    }
    return changed;
  }

  /**
   * Applies an update.
   *
   * @param current what the receiver has; empty for a new receiver. Never changed; unchanged
   *     tensors are shared with the result
   */
  public static DeltaOutcome apply(Optional<PublishedWeights> current, EncodedWeights update) {
    if (current.isPresent() && update.version().compareTo(current.get().version()) <= 0) {
      return new DeltaOutcome.Ignored(current.get().version());
    }
    Optional<PublishedWeights> base = update.anchor() ? Optional.empty() : current;
    if (!update.anchor()) {
      Optional<WeightVersion> have = current.map(PublishedWeights::version);
      if (!have.equals(update.base())) {
        String held = have.map(WeightVersion::toString).orElse("nothing");
        return new DeltaOutcome.NeedsAnchor(
            "the update applies to " + update.base().get() + ", here is " + held);
      }
    }
    try {
      return new DeltaOutcome.Applied(decode(base, update));
    } catch (DataFormatException e) {
      return new DeltaOutcome.NeedsAnchor(
          "the update to " + update.version() + " is damaged: " + e.getMessage());
    }
  }

  private static PublishedWeights decode(Optional<PublishedWeights> base, EncodedWeights update)
      throws DataFormatException {
    List<TensorManifest> manifest = update.header().getManifest().getTensorsList();
    if (update.blocks().size() != update.header().getBlocks()) {
      throw new DataFormatException("blocks are missing");
    }
    Map<Integer, List<TensorDelta>> byTensor = new TreeMap<>();
    for (TensorDelta d : update.blocks()) {
      byTensor.computeIfAbsent(d.getTensor(), i -> new ArrayList<>()).add(d);
    }
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    SortedMap<String, Integer> checksums = new TreeMap<>();
    for (int i = 0; i < manifest.size(); i++) {
      TensorManifest m = manifest.get(i);
      List<TensorDelta> runs = byTensor.getOrDefault(i, List.of());
      Optional<HostTensor> old =
          base.map(b -> Optional.ofNullable(b.weights().tensors().get(m.getName())))
              .orElse(Optional.empty());
      if (base.isPresent() && old.isEmpty()) {
        throw new DataFormatException("the base has no tensor " + m.getName());
      }
      HostTensor result = decodeTensor(old, m, runs);
      boolean untouched = runs.isEmpty() && base.isPresent();
      int sum = untouched ? checksum(base.get(), m.getName()) : PublishedWeights.checksum(result);
      if (sum != m.getCrc32C()) {
        throw new DataFormatException("the checksum of " + m.getName() + " does not hold");
      }
      tensors.put(m.getName(), result);
      checksums.put(m.getName(), sum);
    }
    return new PublishedWeights(update.version(), new ModelWeights(tensors), checksums);
  }

  private static HostTensor decodeTensor(
      Optional<HostTensor> old, TensorManifest m, List<TensorDelta> runs)
      throws DataFormatException {
    DType dtype = dtype(m.getDtype());
    long[] shape = m.getShapeList().stream().mapToLong(Long::longValue).toArray();
    if (old.isPresent()
        && (old.get().dtype() != dtype || !Arrays.equals(old.get().shape(), shape))) {
      throw new DataFormatException(m.getName() + " has another shape or format");
    }
    if (old.isPresent() && runs.isEmpty()) {
      return old.get();
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(size(dtype, shape)).order(ByteOrder.LITTLE_ENDIAN);
    old.ifPresent(t -> bytes.duplicate().put(t.bytes()));
    ShortBuffer words = bytes.asShortBuffer();
    for (TensorDelta d : runs) {
      long end = d.getOffset() + d.getWords();
      boolean fits =
          d.getOffset() >= 0
              && d.getWords() >= 0
              && d.getWords() <= BlockCodec.MAX_WORDS
              && end <= words.capacity();
      if (!fits) {
        throw new DataFormatException("a run lies outside " + m.getName());
      }
      short[] run = run(words, (int) d.getOffset(), d.getWords());
      BlockCodec.decode(d.getEncoding(), d.getChanged(), d.getPayload().toByteArray(), run);
      words.put((int) d.getOffset(), run);
    }
    return new HostTensor(dtype, shape, bytes.asReadOnlyBuffer());
  }

  private static short[] run(ShortBuffer words, int offset, int length) {
    short[] out = new short[length];
    words.get(offset, out);
    return out;
  }

  private static int words(HostTensor t) {
    return Math.toIntExact(t.elements() * t.dtype().bytes() / 2);
  }

  private static int size(DType dtype, long[] shape) throws DataFormatException {
    try {
      long n = dtype.bytes();
      for (long s : shape) {
        n = Math.multiplyExact(n, s);
        if (s < 0) {
          throw new DataFormatException("a tensor has a negative size");
        }
      }
      return Math.toIntExact(n);
    } catch (ArithmeticException e) {
      throw new DataFormatException(
          "a tensor of shape " + Arrays.toString(shape) + " is too large");
    }
  }

  private static int checksum(PublishedWeights weights, String name) {
    Integer sum = weights.checksums().get(name);
    if (sum == null) {
      throw new IllegalArgumentException("no checksum for tensor " + name);
    }
    return sum;
  }

  private static TensorManifest manifest(String name, HostTensor t, int checksum) {
    TensorManifest.Builder m =
        TensorManifest.newBuilder()
            .setName(name)
            .setDtype(t.dtype().safetensorsName())
            .setCrc32C(checksum);
    for (long s : t.shape()) {
      m.addShape(s);
    }
    return m.build();
  }

  private static DType dtype(String name) throws DataFormatException {
    for (DType d : DType.values()) {
      if (d.safetensorsName().equals(name)) {
        return d;
      }
    }
    throw new DataFormatException("unknown tensor format " + name);
  }

  private static void requireSameTensors(ModelWeights a, ModelWeights b) {
    boolean same = a.tensors().keySet().equals(b.tensors().keySet());
    for (String name : same ? a.tensors().keySet() : List.<String>of()) {
      HostTensor x = a.get(name);
      HostTensor y = b.get(name);
      same &= x.dtype() == y.dtype() && Arrays.equals(x.shape(), y.shape());
    }
    if (!same) {
      throw new IllegalArgumentException(
          "a delta needs the same tensors before and after; publish an anchor instead");
    }
  }
}
