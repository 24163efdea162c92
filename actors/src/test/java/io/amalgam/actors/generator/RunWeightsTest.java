package io.amalgam.actors.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.actors.weights.Announcement;
import io.amalgam.actors.weights.WeightReceiver;
import io.amalgam.actors.weights.WeightStore;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunWeightsTest {
  /** A learner that has just come back: its life is 1. */
  private final WeightStore store = new WeightStore(1, 3, weights(), 4, 4);

  private final RunWeights weights =
      new RunWeights(new WeightReceiver("test", Duration.ofSeconds(30), Optional.of(store)));

  private static ModelWeights weights() {
    return new ModelWeights(
        new TreeMap<>(
            Map.of("w", new HostTensor(DType.BF16, new long[] {4}, ByteBuffer.allocateDirect(8)))));
  }

  private static Announcement of(long life, long version) {
    return new Announcement("run/" + life, life, version, "", 0);
  }

  private static DeviceThread.NewWeights swap(long life, long version) {
    return new DeviceThread.NewWeights("run/" + life, version, weights(), 0, false, Duration.ZERO);
  }

  private static WeightReceiver.Fetch get(Optional<CompletionStage<WeightReceiver.Fetch>> stage)
      throws Exception {
    return stage.orElseThrow().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @AfterEach
  void close() {
    weights.close();
  }

  @Test
  void aNewLifeHasNoVersionUntilItsOwnWeightsAreInUse() {
    assertThat(weights.begins(of(0, 9))).isTrue();
    assertThat(weights.inUse(swap(0, 9))).isTrue();
    assertThat(weights.version()).isEqualTo(9);
    assertThat(weights.begins(of(1, 3))).isTrue();
    assertThat(weights.version()).isEqualTo(-1);
    assertThat(weights.inUse(swap(0, 9))).as("a swap ordered in the old life").isFalse();
    assertThat(weights.version()).isEqualTo(-1);
    assertThat(weights.begins(of(0, 10))).as("a late word of the old life").isFalse();
    assertThat(weights.inUse(swap(1, 3))).isTrue();
    assertThat(weights.version()).isEqualTo(3);
  }

  @Test
  void weightsOfALifeThatIsNotAnnouncedYetAreFetchedAgainWhenItIs() throws Exception {
    weights.begins(of(0, 9));
    WeightReceiver.Fetch early = get(weights.announced(of(0, 9)));
    assertThat(early.version().incarnation()).isEqualTo(1);
    assertThat(weights.fits(early.version())).isFalse();
    assertThat(weights.fetched(early.version())).isEmpty();
    weights.begins(of(1, 3));
    WeightReceiver.Fetch again = get(weights.announced(of(1, 3)));
    assertThat(weights.fits(again.version())).isTrue();
    assertThat(again.version().number()).isEqualTo(3);
    assertThat(weights.fetched(again.version())).isEmpty();
    assertThat(weights.announced(of(1, 3))).as("had by now").isEmpty();
  }
}
