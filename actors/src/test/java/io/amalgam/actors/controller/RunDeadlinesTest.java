package io.amalgam.actors.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunDeadlinesTest {
  private final AtomicLong now = new AtomicLong(5);
  private final RunDeadlines deadlines = new RunDeadlines(Duration.ofSeconds(10), now::get);

  private void pass(int seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void nothingAtAllIsLateAfterTheStallTimeout() {
    pass(10);
    assertThat(deadlines.late()).isFalse();
    pass(1);
    assertThat(deadlines.late()).isTrue();
    deadlines.progressed();
    assertThat(deadlines.late()).isFalse();
  }

  @Test
  void aStepHasALongerDeadlineOfItsOwn() {
    pass(9);
    deadlines.stepBegan();
    pass(30);
    deadlines.progressed();
    assertThat(deadlines.late()).isFalse();
    pass(11);
    assertThat(deadlines.late()).as("finished groups do not prolong a step").isTrue();
    deadlines.stepEnded();
    assertThat(deadlines.late()).isFalse();
  }

  @Test
  void anEndHasADeadlineEvenIfTheStepDoesNotBreakOff() {
    deadlines.stepBegan();
    pass(3);
    deadlines.endingBegan(true);
    pass(11);
    assertThat(deadlines.late()).isTrue();
  }
}
