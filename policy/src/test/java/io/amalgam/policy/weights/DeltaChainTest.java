package io.amalgam.policy.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.policy.model.ModelWeights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class DeltaChainTest {
  @Example
  void twoHundredStepsOfDeltasEqualTheFullWeights() {
    Random random = new Random(7);
    PublishedWeights now = TestWeights.published(0, TestWeights.random(random, 3000, 500, 64));
    DeltaChain chain = new DeltaChain(now, 8, 20);
    WeightFollower follower = new WeightFollower(now);
    for (int step = 1; step <= 200; step++) {
      ModelWeights next = TestWeights.moved(now.weights(), random, random.nextDouble() * 0.1, 2);
      now = TestWeights.published(step, next);
      EncodedWeights delta = chain.publish(now);
      assertThat(follower.offer(delta)).isInstanceOf(DeltaOutcome.Applied.class);
      if (step % 7 == 0) {
        WeightFollower late = new WeightFollower();
        chain.catchUp(Optional.empty()).updates().forEach(late::offer);
        assertSame(late, now);
      }
    }
    assertSame(follower, now);
  }

  private static void assertSame(WeightFollower follower, PublishedWeights expected) {
    assertThat(follower.version()).contains(expected.version());
    ModelWeights got = follower.current().orElseThrow().weights();
    assertThat(TestWeights.sameBits(got, expected.weights())).isTrue();
  }

  @Property(tries = 60)
  void lostRepeatedAndReorderedUpdatesNeverGiveWrongWeights(@ForAll Random random) {
    Map<WeightVersion, PublishedWeights> truth = new HashMap<>();
    PublishedWeights now = TestWeights.published(0, TestWeights.random(random, 60, 9));
    truth.put(now.version(), now);
    DeltaChain chain = new DeltaChain(now, 1 + random.nextInt(6), 1 + random.nextInt(5));
    WeightFollower follower = new WeightFollower();
    List<EncodedWeights> inFlight = new ArrayList<>();
    for (int step = 1; step <= 30; step++) {
      double share = random.nextInt(3) == 0 ? 0.9 : 0.1;
      ModelWeights next =
          TestWeights.moved(now.weights(), random, share, random.nextInt(3) == 0 ? 30000 : 1);
      boolean resumed = random.nextInt(10) == 0;
      WeightVersion v =
          resumed
              ? new WeightVersion(now.version().incarnation() + 1, Math.max(0, step - 3))
              : new WeightVersion(now.version().incarnation(), now.version().number() + 1);
      now = PublishedWeights.of(v, next);
      truth.put(v, now);
      chain = resumed ? new DeltaChain(now, 3, 3) : chain;
      if (!resumed) {
        inFlight.add(chain.publish(now));
      }
      if (random.nextInt(3) == 0) {
        inFlight.addAll(chain.catchUp(follower.version()).updates());
      }
      Collections.shuffle(inFlight, random);
      for (int i = random.nextInt(inFlight.size() + 1); i > 0; i--) {
        int at = random.nextInt(inFlight.size());
        boolean repeat = random.nextInt(4) == 0;
        EncodedWeights message = repeat ? inFlight.get(at) : inFlight.remove(at);
        if (random.nextInt(5) != 0) {
          deliver(follower, message, truth);
        }
      }
    }
    for (EncodedWeights u : chain.catchUp(follower.version()).updates()) {
      assertThat(follower.offer(u)).isInstanceOf(DeltaOutcome.Applied.class);
    }
    assertSame(follower, now);
    assertThat(chain.catchUp(follower.version())).isEqualTo(new CatchUp.Nothing());
  }

  private static void deliver(
      WeightFollower follower, EncodedWeights message, Map<WeightVersion, PublishedWeights> truth) {
    Optional<PublishedWeights> before = follower.current();
    DeltaOutcome outcome = follower.offer(message);
    if (outcome instanceof DeltaOutcome.Applied) {
      WeightVersion v = follower.version().orElseThrow();
      assertThat(before.map(b -> b.version().compareTo(v) < 0).orElse(true)).isTrue();
      assertSame(follower, truth.get(v));
    } else {
      assertThat(follower.current()).isEqualTo(before);
    }
  }

  @Example
  void aReceiverGetsTheCheapestWayForward() {
    Random random = new Random(9);
    PublishedWeights now = TestWeights.published(0, TestWeights.random(random, 2000));
    DeltaChain chain = new DeltaChain(now, 4, 6);
    for (int step = 1; step <= 10; step++) {
      now = TestWeights.published(step, TestWeights.moved(now.weights(), random, 0.01, 1));
      chain.publish(now);
    }
    assertThat(chain.length()).isEqualTo(4);
    assertThat(chain.catchUp(Optional.of(WeightVersion.of(10)))).isEqualTo(new CatchUp.Nothing());
    assertThat(chain.catchUp(Optional.of(WeightVersion.of(8))))
        .isInstanceOfSatisfying(CatchUp.Deltas.class, d -> assertThat(d.updates()).hasSize(2));
    assertThat(chain.catchUp(Optional.of(WeightVersion.of(3))))
        .isInstanceOfSatisfying(CatchUp.Anchor.class, a -> assertThat(a.updates()).hasSize(1));
    EncodedWeights anchor = chain.catchUp(Optional.empty()).updates().get(0);
    for (int step = 11; step <= 16; step++) {
      now = TestWeights.published(step, TestWeights.moved(now.weights(), random, 0.01, 1));
      chain.publish(now);
    }
    CatchUp kept = chain.catchUp(Optional.empty());
    assertThat(kept.updates()).hasSize(7);
    assertThat(kept.updates().get(0)).as("not encoded again").isSameAs(anchor);
    assertThat(kept.bytes()).isLessThan(2 * now.denseBytes());
    chain.publish(TestWeights.published(17, now.weights()));
    assertThat(chain.length()).as("the old anchor and what it needed are gone").isEqualTo(4);
    assertThat(chain.catchUp(Optional.empty()).updates()).hasSize(1);
  }

  @Example
  void largeDeltasMakeAnAnchorTheBetterAnswer() {
    Random random = new Random(11);
    PublishedWeights now = TestWeights.published(0, TestWeights.random(random, 2000));
    DeltaChain chain = new DeltaChain(now, 10, 10);
    for (int step = 1; step <= 2; step++) {
      now = TestWeights.published(step, TestWeights.random(random, 2000));
      chain.publish(now);
    }
    assertThat(chain.catchUp(Optional.of(WeightVersion.of(1)))).isInstanceOf(CatchUp.Deltas.class);
    assertThat(chain.catchUp(Optional.of(WeightVersion.of(0)))).isInstanceOf(CatchUp.Anchor.class);
  }

  @Example
  void versionsOnlyRise() {
    PublishedWeights w = TestWeights.published(5, TestWeights.one((short) 1));
    DeltaChain chain = new DeltaChain(w, 1, 1);
    assertThatThrownBy(() -> chain.publish(w)).hasMessageContaining("v5 does not come after v5");
  }
}
