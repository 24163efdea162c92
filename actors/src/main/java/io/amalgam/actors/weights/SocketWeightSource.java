package io.amalgam.actors.weights;

import io.amalgam.policy.weights.CatchUp;
import io.amalgam.policy.weights.ChunkAssembler;
import io.amalgam.policy.weights.EncodedWeights;
import io.amalgam.policy.weights.WeightVersion;
import io.amalgam.proto.WeightChunk;
import io.amalgam.proto.WeightReply;
import io.amalgam.proto.WeightRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The other end of a {@link WeightServer}.
 *
 * @param timeout longest time to connect, and longest silence
 */
record SocketWeightSource(String host, int port, Duration timeout) implements WeightSource {
  private static final int BUFFER = 1 << 20;

  @Override
  public CatchUp catchUp(Optional<WeightVersion> have) {
    try (Socket socket = new Socket()) {
      int millis = Math.toIntExact(timeout.toMillis());
      socket.connect(new InetSocketAddress(host, port), millis);
      socket.setSoTimeout(millis);
      WeightRequest.Builder request = WeightRequest.newBuilder().setHasVersion(have.isPresent());
      have.ifPresent(v -> request.setIncarnation(v.incarnation()).setNumber(v.number()));
      request.build().writeDelimitedTo(socket.getOutputStream());
      return read(new BufferedInputStream(socket.getInputStream(), BUFFER));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "weights from " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  private static CatchUp read(InputStream in) throws IOException {
    WeightReply reply = WeightReply.parseDelimitedFrom(in);
    if (reply == null) {
      throw new IOException("the connection was closed without an answer");
    }
    List<EncodedWeights> updates = new ArrayList<>();
    ChunkAssembler assembler = new ChunkAssembler();
    while (updates.size() < reply.getUpdates()) {
      WeightChunk chunk = WeightChunk.parseDelimitedFrom(in);
      if (chunk == null) {
        throw new IOException("the connection was closed in the middle of an update");
      }
      ChunkAssembler.Progress progress = assembler.accept(chunk);
      if (progress instanceof ChunkAssembler.Progress.Complete whole) {
        updates.add(whole.update());
      } else if (progress instanceof ChunkAssembler.Progress.Broken broken) {
        throw new IOException(broken.reason());
      }
    }
    if (updates.isEmpty()) {
      return new CatchUp.Nothing();
    }
    return reply.getAnchor() ? new CatchUp.Anchor(updates) : new CatchUp.Deltas(updates);
  }
}
