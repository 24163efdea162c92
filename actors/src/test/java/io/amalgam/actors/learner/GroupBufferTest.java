package io.amalgam.actors.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.actors.controller.GroupKey;
import io.amalgam.actors.learner.GroupBuffer.Arrival;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GroupBufferTest {
  @Test
  void aGroupIsFinishedByItsLastMemberAndKeepsMemberOrder() {
    GroupBuffer buffer = new GroupBuffer(3, 2);
    assertThat(buffer.add(Samples.scored(4, 0, 2, 1))).isEqualTo(new Arrival.Gathered(2));
    assertThat(buffer.add(Samples.scored(4, 0, 0, 0))).isEqualTo(new Arrival.Gathered(1));
    assertThat(buffer.add(Samples.masked(4, 0, 1)))
        .isInstanceOfSatisfying(
            Arrival.Finished.class,
            f -> {
              assertThat(f.group().members())
                  .extracting(MemberResult::member)
                  .containsExactly(0, 1, 2);
              assertThat(f.group().scored()).hasSize(2);
              assertThat(f.group().zeroVariance()).isFalse();
            });
  }

  @Test
  void tooFewScoresMakeAGroupUnusableAndNameTheCause() {
    GroupBuffer buffer = new GroupBuffer(2, 2);
    buffer.add(Samples.scored(0, 0, 0, 1));
    assertThat(buffer.add(Samples.masked(0, 0, 1)))
        .isInstanceOfSatisfying(
            Arrival.Unusable.class, u -> assertThat(u.reason()).contains("TimedOut"));
    assertThat(buffer.finished()).isEmpty();
    assertThat(buffer.add(Samples.scored(0, 0, 1, 1))).isInstanceOf(Arrival.Ignored.class);
    assertThat(buffer.add(Samples.scored(0, 1, 1, 1))).isEqualTo(new Arrival.Gathered(1));
  }

  @Test
  void equalRewardsAreZeroVarianceWhateverIsMasked() {
    GroupBuffer buffer = new GroupBuffer(3, 2);
    buffer.add(Samples.scored(0, 0, 0, 1));
    buffer.add(Samples.masked(0, 0, 1));
    buffer.add(Samples.scored(0, 0, 2, 1));
    assertThat(buffer.finished().get(0).zeroVariance()).isTrue();
  }

  @Property(tries = 300)
  void everyGroupIsFinishedExactlyOnceUnderDuplicatesAndAnyOrder(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int size) {
    Random random = new Random(seed);
    List<MemberResult> arrivals = new ArrayList<>();
    for (int copy = 0; copy < 3; copy++) {
      for (int g = 0; g < 6; g++) {
        for (int m = 0; m < size; m++) {
          arrivals.add(Samples.scored(g, 0, m, random.nextInt(2)));
        }
      }
    }
    java.util.Collections.shuffle(arrivals, random);
    GroupBuffer buffer = new GroupBuffer(size, size);
    Map<GroupKey, Integer> finished = new HashMap<>();
    for (MemberResult r : arrivals) {
      if (buffer.add(r) instanceof Arrival.Finished f) {
        finished.merge(f.group().key(), 1, Integer::sum);
        if (random.nextBoolean()) {
          buffer.take(f.group().key());
        }
      }
    }
    assertThat(finished).hasSize(6).allSatisfy((key, times) -> assertThat(times).isEqualTo(1));
    assertThat(buffer.gathering()).isZero();
  }
}
