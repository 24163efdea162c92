package io.amalgam.policy.weights;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.amalgam.proto.TensorDelta;
import io.amalgam.proto.WeightChunk;
import io.amalgam.proto.WeightHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the chunks of one channel together again.
 *
 * <p>Chunks must come in order; a repeated one is skipped, a gap, a damaged one or a change of
 * stream in the middle gives up the update, and the next chunk with index 0 starts afresh. Mutable,
 * for one thread.
 */
public final class ChunkAssembler {
  /** What a chunk led to. */
  public sealed interface Progress {
    /** More is needed. */
    record Partial() implements Progress {}

    /**
     * The update is whole; whether it can be applied is another question.
     *
     * @param update the update
     */
    record Complete(EncodedWeights update) implements Progress {}

    /**
     * The update was given up.
     *
     * @param reason what did not fit
     */
    record Broken(String reason) implements Progress {}
  }

  private final List<TensorDelta> blocks = new ArrayList<>();
  private Optional<WeightChunk> first = Optional.empty();
  private Optional<WeightHeader> header = Optional.empty();
  private ByteString pending = ByteString.EMPTY;
  private int next;

  /** Takes one chunk. */
  public Progress accept(WeightChunk chunk) {
    if (chunk.getIndex() == 0 && !(next == 1 && sameStream(chunk))) {
      reset();
      first = Optional.of(chunk.toBuilder().clearPayload().build());
    }
    if (first.isEmpty()) {
      return new Progress.Broken("chunk " + chunk.getIndex() + " of an update without a beginning");
    }
    if (!sameStream(chunk)) {
      return giveUp("another update began in the middle");
    }
    if (chunk.getIndex() < next) {
      return new Progress.Partial();
    }
    if (chunk.getIndex() > next) {
      return giveUp("chunk " + next + " is missing");
    }
    if (WeightStream.checksum(chunk.getPayload()) != chunk.getCrc32C()) {
      return giveUp("chunk " + next + " is damaged");
    }
    next++;
    pending = pending.concat(chunk.getPayload());
    try {
      takeMessages();
    } catch (IOException e) {
      return giveUp("chunk " + chunk.getIndex() + " cannot be read: " + e.getMessage());
    }
    return chunk.getLast() ? complete() : new Progress.Partial();
  }

  private Progress complete() {
    if (header.isEmpty() || !pending.isEmpty() || blocks.size() != header.get().getBlocks()) {
      return giveUp("the update ends early");
    }
    EncodedWeights update = new EncodedWeights(header.get(), blocks);
    reset();
    return new Progress.Complete(update);
  }

  private void takeMessages() throws IOException {
    while (!pending.isEmpty()) {
      CodedInputStream in = pending.newCodedInput();
      int length;
      try {
        length = in.readRawVarint32();
      } catch (InvalidProtocolBufferException e) {
        if (pending.size() < 5) {
          return;
        }
        throw e;
      }
      int start = in.getTotalBytesRead();
      if (length < 0) {
        throw new IOException("a message of negative length");
      }
      if (pending.size() - start < length) {
        return;
      }
      ByteString message = pending.substring(start, start + length);
      pending = pending.substring(start + length);
      if (header.isEmpty()) {
        header = Optional.of(WeightHeader.parseFrom(message));
      } else {
        blocks.add(TensorDelta.parseFrom(message));
      }
    }
  }

  private boolean sameStream(WeightChunk chunk) {
    return first.isPresent()
        && first.get().getVersion().equals(chunk.getVersion())
        && first.get().hasBase() == chunk.hasBase()
        && first.get().getBase().equals(chunk.getBase());
  }

  private Progress giveUp(String reason) {
    reset();
    return new Progress.Broken(reason);
  }

  private void reset() {
    blocks.clear();
    first = Optional.empty();
    header = Optional.empty();
    pending = ByteString.EMPTY;
    next = 0;
  }
}
