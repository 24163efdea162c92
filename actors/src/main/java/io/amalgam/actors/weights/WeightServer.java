package io.amalgam.actors.weights;

import io.amalgam.policy.weights.CatchUp;
import io.amalgam.policy.weights.EncodedWeights;
import io.amalgam.policy.weights.WeightStream;
import io.amalgam.policy.weights.WeightVersion;
import io.amalgam.proto.WeightChunk;
import io.amalgam.proto.WeightReply;
import io.amalgam.proto.WeightRequest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves published weights over TCP: one request and its answer per connection, one thread each.
 *
 * <p>Weights do not share the actors' connections: a gigabyte in front of a heartbeat would look
 * like a dead node.
 */
public final class WeightServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WeightServer.class);
  private static final int BUFFER = 1 << 20;

  private final ServerSocket server;
  private final WeightSource source;
  private final Duration timeout;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * Starts listening.
   *
   * @param port 0 for any free one
   * @param timeout longest silence of a receiver
   * @throws IOException when the address cannot be bound
   */
  public WeightServer(String host, int port, WeightSource source, Duration timeout)
      throws IOException {
    this.source = source;
    this.timeout = timeout;
    this.server = new ServerSocket();
    server.bind(new InetSocketAddress(host, port));
    Thread acceptor = new Thread(this::accept, "weight-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** The port it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread thread = new Thread(() -> serve(socket), "weight-server-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("weight server: {}", e.toString());
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
      socket.setTcpNoDelay(true);
      WeightRequest request = WeightRequest.parseDelimitedFrom(socket.getInputStream());
      if (request != null) {
        answer(request, socket);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("weight server: a receiver was not served: {}", e.toString());
    } finally {
      open.remove(socket);
    }
  }

  private void answer(WeightRequest request, Socket socket) throws IOException {
    Optional<WeightVersion> have =
        request.getHasVersion()
            ? Optional.of(new WeightVersion(request.getIncarnation(), request.getNumber()))
            : Optional.empty();
    CatchUp catchUp = source.catchUp(have);
    try (OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER)) {
      WeightReply.newBuilder()
          .setUpdates(catchUp.updates().size())
          .setAnchor(catchUp instanceof CatchUp.Anchor)
          .setBytes(catchUp.bytes())
          .build()
          .writeDelimitedTo(out);
      for (EncodedWeights update : catchUp.updates()) {
        for (WeightChunk chunk : WeightStream.chunks(update)) {
          chunk.writeDelimitedTo(out);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      LOG.warn("weight server: {}", e.toString());
    }
  }
}
