package io.amalgam.policy.weights;

import com.google.protobuf.AbstractMessageLite;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.amalgam.proto.WeightChunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;

/** Cuts an update into chunks for a channel; made one at a time, so that memory stays small. */
public final class WeightStream {
  /** The largest payload of a chunk: 1 MiB. */
  public static final int MAX_PAYLOAD = 1 << 20;

  private WeightStream() {}

  /** The chunks of an update, each with a payload of at most {@link #MAX_PAYLOAD} bytes. */
  public static Iterable<WeightChunk> chunks(EncodedWeights update) {
    return chunks(update, MAX_PAYLOAD);
  }

  /** The chunks of an update, each with a payload of at most {@code maxPayload} bytes. */
  public static Iterable<WeightChunk> chunks(EncodedWeights update, int maxPayload) {
    if (maxPayload < 1) {
      throw new IllegalArgumentException("a chunk needs at least one byte");
    }
    return () -> new Chunks(update, maxPayload);
  }

  /** CRC-32C of a payload. */
  static int checksum(ByteString payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload.asReadOnlyByteBuffer());
    return (int) crc.getValue();
  }

  private static final class Chunks implements Iterator<WeightChunk> {
    private final EncodedWeights update;
    private final int maxPayload;
    private int nextBlock;
    private int index;
    private ByteString pending;

    Chunks(EncodedWeights update, int maxPayload) {
      this.update = update;
      this.maxPayload = maxPayload;
      this.pending = delimited(update.header());
    }

    @Override
    public boolean hasNext() {
      return !pending.isEmpty();
    }

    @Override
    public WeightChunk next() {
      if (pending.isEmpty()) {
        throw new NoSuchElementException();
      }
      while (pending.size() <= maxPayload && nextBlock < update.blocks().size()) {
        pending = pending.concat(delimited(update.blocks().get(nextBlock++)));
      }
      ByteString payload = pending.substring(0, Math.min(maxPayload, pending.size()));
      pending = pending.substring(payload.size());
      WeightChunk.Builder chunk =
          WeightChunk.newBuilder()
              .setVersion(update.header().getVersion())
              .setIndex(index++)
              .setLast(pending.isEmpty())
              .setCrc32C(checksum(payload))
              .setPayload(payload);
      if (update.header().hasBase()) {
        chunk.setBase(update.header().getBase());
      }
      return chunk.build();
    }

    private static ByteString delimited(AbstractMessageLite<?, ?> message) {
      try {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.getSerializedSize() + 8);
        message.writeDelimitedTo(out);
        return UnsafeByteOperations.unsafeWrap(out.toByteArray());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
