package io.amalgam.actors.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.actors.controller.Ledger.Recorded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LedgerTest {
  @Test
  void aSecondOutcomeIsRefused() {
    Ledger ledger = new Ledger();
    GroupKey key = new GroupKey(0, 0);
    ledger.apply(1, new LedgerEvent.Opened(key, 0));
    ledger.apply(2, ledger.close(key, Outcome.TRAINED, 1, "").orElseThrow());
    assertThat(ledger.close(key, Outcome.STALE, 1, "late")).isEmpty();
    assertThatThrownBy(() -> ledger.apply(3, new LedgerEvent.Closed(key, Outcome.STALE, 1, "late")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aGroupIsStartedAgainUntilNoAttemptIsLeft() {
    Ledger ledger = new Ledger();
    long sequence = 0;
    for (int attempt = 0; attempt < 3; attempt++) {
      GroupKey key = new GroupKey(0, attempt);
      assertThat(ledger.nextToOpen(2)).containsExactly(key, new GroupKey(1, 0));
      ledger.apply(++sequence, new LedgerEvent.Opened(key, 0));
      ledger.apply(
          ++sequence, ledger.setBack(key, Outcome.REQUEUED, 0, "lease ran out", 3).orElseThrow());
    }
    assertThat(ledger.counts().requeued()).isEqualTo(2);
    assertThat(ledger.counts().failed()).isEqualTo(1);
    assertThat(ledger.nextToOpen(1)).containsExactly(new GroupKey(1, 0));
  }

  @Test
  void goingBackToACheckpointOpensWhatWasTrainedAfterIt() {
    Ledger ledger = new Ledger();
    GroupKey first = new GroupKey(0, 0);
    GroupKey second = new GroupKey(1, 0);
    ledger.apply(1, new LedgerEvent.Opened(first, 0));
    ledger.apply(2, new LedgerEvent.Opened(second, 0));
    ledger.apply(3, new LedgerEvent.Closed(first, Outcome.TRAINED, 1, ""));
    ledger.apply(4, new LedgerEvent.Closed(second, Outcome.TRAINED, 2, ""));
    ledger.apply(5, new LedgerEvent.Opened(new GroupKey(2, 0), 2));
    ledger.apply(6, new LedgerEvent.RolledBack(3, 1));
    assertThat(ledger.open()).containsExactly(second);
    assertThat(ledger.counts().trained()).isEqualTo(1);
    assertThat(ledger.nextOrdinal()).isEqualTo(2);
  }

  /** Random histories with repeated and late messages, crashes and returns to checkpoints. */
  @Property(tries = 500)
  void everyAttemptEndsWithExactlyOneOutcome(@ForAll long seed) {
    Random random = new Random(seed);
    List<Recorded> history = new ArrayList<>();
    Ledger ledger = new Ledger();
    long checkpoint = 0;
    Set<Long> inWeights = new HashSet<>();
    Set<Long> inCheckpoint = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      switch (random.nextInt(7)) {
        case 0, 1 ->
            record(history, ledger, new LedgerEvent.Opened(ledger.nextToOpen(1).get(0), 0));
        case 2, 3, 4 -> {
          GroupKey key = new GroupKey(random.nextInt(30), random.nextInt(3));
          Outcome outcome = Outcome.values()[random.nextInt(Outcome.values().length)];
          for (int copies = 0; copies < 2; copies++) {
            var event =
                outcome.endsGroup()
                    ? ledger.close(key, outcome, 1, "")
                    : ledger.setBack(key, outcome, 1, "why", 3);
            if (event.isPresent()) {
              record(history, ledger, event.get());
              if (event.get().outcome() == Outcome.TRAINED) {
                assertThat(inWeights.add(key.ordinal())).as("trained once").isTrue();
              }
            }
          }
        }
        case 5 -> {
          checkpoint = history.size();
          inCheckpoint = new HashSet<>(inWeights);
        }
        default -> {
          ledger = replay(history);
          if (random.nextInt(3) == 0) {
            record(history, ledger, new LedgerEvent.RolledBack(checkpoint, 0));
            inWeights = new HashSet<>(inCheckpoint);
          }
        }
      }
    }
    for (GroupKey key : ledger.open()) {
      record(history, ledger, ledger.close(key, Outcome.FAILED, 1, "run ended").orElseThrow());
    }
    audit(history, inWeights);
  }

  private static void audit(List<Recorded> history, Set<Long> inWeights) {
    Map<GroupKey, Integer> opened = new HashMap<>();
    Map<GroupKey, Integer> closed = new HashMap<>();
    Set<Long> trained = new HashSet<>();
    for (Recorded r : Ledger.surviving(history)) {
      if (r.event() instanceof LedgerEvent.Opened o) {
        opened.merge(o.key(), 1, Integer::sum);
      } else if (r.event() instanceof LedgerEvent.Closed c) {
        closed.merge(c.key(), 1, Integer::sum);
        if (c.outcome() == Outcome.TRAINED) {
          assertThat(trained.add(c.key().ordinal())).isTrue();
        }
      }
    }
    assertThat(closed).isEqualTo(opened);
    assertThat(closed.values()).allMatch(n -> n == 1);
    assertThat(trained).isEqualTo(inWeights);
  }

  private static void record(List<Recorded> history, Ledger ledger, LedgerEvent event) {
    history.add(new Recorded(history.size() + 1, event));
    ledger.apply(history.size(), event);
  }

  private static Ledger replay(List<Recorded> history) {
    Ledger ledger = new Ledger();
    history.forEach(r -> ledger.apply(r.sequence(), r.event()));
    return ledger;
  }
}
