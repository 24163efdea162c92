package io.amalgam.actors.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WeightChannelTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int SIZE = 700_000;

  private static ModelWeights weights(int changed) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(2 * SIZE).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SIZE; i++) {
      bytes.putShort(2 * i, (short) (i * 31 + (i < changed ? 1 : 0)));
    }
    return new ModelWeights(
        new TreeMap<>(Map.of("w", new HostTensor(DType.BF16, new long[] {SIZE}, bytes))));
  }

  private static WeightReceiver.Fetch get(Optional<CompletionStage<WeightReceiver.Fetch>> stage)
      throws Exception {
    return stage.orElseThrow().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @Test
  void aReceiverFollowsByAnchorThenDeltasOverASocket() throws Exception {
    WeightStore store = new WeightStore(0, 0, weights(0), 10, 10);
    try (WeightServer server = new WeightServer("127.0.0.1", 0, store, LIMIT);
        WeightReceiver receiver = new WeightReceiver("test", LIMIT, Optional.empty())) {
      WeightReceiver.Fetch first = get(receiver.announced(at(0, 0, server)));
      assertThat(first.anchor()).isTrue();
      assertThat(receiver.finished(first.version())).isEmpty();
      store.publish(1, weights(10));
      store.publish(2, weights(20));
      WeightReceiver.Fetch second = get(receiver.announced(at(0, 2, server)));
      assertThat(second.anchor()).isFalse();
      assertThat(second.version().number()).isEqualTo(2);
      assertThat(second.bytes()).isLessThan(first.bytes() / 100);
      assertThat(second.weights().get("w").bytes()).isEqualTo(weights(20).get("w").bytes());
    }
  }

  @Test
  void weightsOfAnotherLifeComeAsAnAnchor() throws Exception {
    WeightStore old = new WeightStore(0, 5, weights(0), 10, 10);
    WeightStore next = new WeightStore(1, 3, weights(30), 10, 10);
    try (WeightServer one = new WeightServer("127.0.0.1", 0, old, LIMIT);
        WeightServer two = new WeightServer("127.0.0.1", 0, next, LIMIT);
        WeightReceiver receiver = new WeightReceiver("test", LIMIT, Optional.empty())) {
      receiver.finished(get(receiver.announced(at(0, 5, one))).version());
      WeightReceiver.Fetch fetch = get(receiver.announced(at(1, 3, two)));
      assertThat(fetch.anchor()).isTrue();
      assertThat(fetch.version().number()).isEqualTo(3);
    }
  }

  @Test
  void aFetchThatFailsIsTriedAgain() throws Exception {
    WeightStore store = new WeightStore(0, 0, weights(0), 10, 10);
    WeightServer gone = new WeightServer("127.0.0.1", 0, store, LIMIT);
    Announcement nowhere = at(0, 0, gone);
    gone.close();
    try (WeightReceiver receiver = new WeightReceiver("test", LIMIT, Optional.empty());
        WeightServer server = new WeightServer("127.0.0.1", 0, store, LIMIT)) {
      CompletionStage<WeightReceiver.Fetch> failing = receiver.announced(nowhere).orElseThrow();
      assertThat(failing.handle((f, e) -> e).toCompletableFuture().get(1, TimeUnit.MINUTES))
          .hasRootCauseInstanceOf(IOException.class);
      receiver.failed();
      store.publish(1, weights(1));
      assertThat(get(receiver.announced(at(0, 1, server))).version().number()).isEqualTo(1);
    }
  }

  private static Announcement at(long life, long version, WeightServer server) {
    return new Announcement("run/" + life, life, version, "127.0.0.1", server.port());
  }
}
