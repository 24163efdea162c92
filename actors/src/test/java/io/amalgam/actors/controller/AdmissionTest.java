package io.amalgam.actors.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final GroupKey[] G = new GroupKey[40];

  static {
    for (int i = 0; i < G.length; i++) {
      G[i] = new GroupKey(i, 0);
    }
  }

  @Test
  void withBoundZeroExactlyOneBatchPerVersionIsAdmitted() {
    Admission a = new Admission(0, 2, 0, 7);
    assertThat(a.mayAdmit(6)).as("an old generator").isFalse();
    a.admit(G[0], 7);
    a.admit(G[1], 7);
    assertThat(a.mayAdmit(7)).isFalse();
    a.finished(G[1], 7);
    a.finished(G[0], 7);
    a.begin(List.of(G[0], G[1]));
    assertThat(a.mayAdmit(7)).as("the step is under way").isFalse();
    a.trained();
    assertThat(a.mayAdmit(7)).isFalse();
    assertThat(a.mayAdmit(8)).isTrue();
  }

  @Test
  void capacityIsBoundPlusOneBatches() {
    Admission a = new Admission(2, 3, 100, 0);
    for (int i = 0; i < 9; i++) {
      a.admit(G[i], 0);
    }
    assertThat(a.mayAdmit(0)).isFalse();
    assertThatThrownBy(() -> a.admit(G[9], 0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aStepThatWouldMakeAStragglerStaleWaitsForIt() {
    Admission a = new Admission(0, 1, 10, 0);
    a.admit(G[0], 0);
    a.restore(G[1], 0);
    assertThat(a.next()).isEqualTo(new Admission.Choice.Wait(0, List.of(G[0])));
    a.removed(G[0]);
    assertThat(a.next()).isEqualTo(new Admission.Choice.Train(List.of(G[1])));
  }

  @Test
  void oldestGroupsAreTrainedFirst() {
    Admission a = new Admission(3, 1, 10, 0);
    a.admit(G[0], 0);
    a.admit(G[1], 0);
    a.admit(G[2], 0);
    a.finished(G[0], 2);
    a.finished(G[2], 1);
    assertThat(a.next()).isEqualTo(new Admission.Choice.Train(List.of(G[2])));
  }

  @Test
  void tooManyWaitingGroupsStopAdmission() {
    Admission a = new Admission(4, 2, 1, 0);
    for (int i = 0; i < 3; i++) {
      a.admit(G[i], 0);
      a.finished(G[i], 0);
    }
    assertThat(a.mayAdmit(0)).isFalse();
    a.begin(List.of(G[0], G[1]));
    assertThat(a.mayAdmit(0)).isTrue();
  }

  /**
   * Random generators of different speed and lag, losses, restarts and stragglers given up: no
   * trained token may be older than the bound, and nothing may stand still.
   */
  @Property(tries = 1000)
  void noScheduleExceedsTheBound(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 4) int bound,
      @ForAll @IntRange(min = 1, max = 5) int batch) {
    Random random = new Random(seed);
    Admission admission = new Admission(bound, batch, random.nextInt(4), random.nextInt(3));
    long[] generatorVersion = new long[1 + random.nextInt(3)];
    java.util.Arrays.fill(generatorVersion, admission.version());
    Map<GroupKey, Long> running = new TreeMap<>();
    Map<GroupKey, Long> finished = new TreeMap<>();
    List<GroupKey> inStep = new ArrayList<>();
    long ordinal = 0;
    int trained = 0;
    for (int tick = 0; tick < 2000 && trained < 12; tick++) {
      int generator = random.nextInt(generatorVersion.length);
      switch (random.nextInt(8)) {
        case 0 -> generatorVersion[generator] = admission.version();
        case 1, 2 -> {
          if (admission.mayAdmit(generatorVersion[generator])) {
            GroupKey key = new GroupKey(ordinal++, 0);
            admission.admit(key, generatorVersion[generator]);
            running.put(key, generatorVersion[generator]);
          }
        }
        case 3, 4, 5 -> {
          if (!running.isEmpty()) {
            GroupKey key = pick(random, running);
            long oldest = running.remove(key) + (random.nextInt(4) == 0 ? 1 : 0);
            finished.put(key, Math.min(oldest, admission.version()));
            admission.finished(key, finished.get(key));
          }
        }
        case 6 -> {
          if (!running.isEmpty() && random.nextInt(6) == 0) {
            GroupKey lost = pick(random, running);
            running.remove(lost);
            admission.removed(lost);
          }
        }
        default -> {
          if (admission.training()) {
            inStep.clear();
            admission.trained();
            trained++;
          } else {
            assertThat(admission.tooStale()).isEmpty();
            Admission.Choice choice = admission.next();
            if (choice instanceof Admission.Choice.Train t) {
              for (GroupKey key : t.batch()) {
                assertThat(admission.version() - finished.get(key)).isBetween(0L, (long) bound);
              }
              assertThat(t.batch()).hasSize(batch);
              admission.begin(t.batch());
              inStep.addAll(t.batch());
            } else if (choice instanceof Admission.Choice.Wait w && random.nextInt(5) == 0) {
              for (GroupKey straggler : w.stragglers()) {
                assertThat(running).containsKey(straggler);
                running.remove(straggler);
                admission.removed(straggler);
              }
            }
          }
        }
      }
    }
    assertThat(trained).as("steps taken").isGreaterThanOrEqualTo(12);
  }

  private static GroupKey pick(Random random, Map<GroupKey, Long> from) {
    return List.copyOf(from.keySet()).get(random.nextInt(from.size()));
  }
}
