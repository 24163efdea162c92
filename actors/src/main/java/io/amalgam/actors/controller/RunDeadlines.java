package io.amalgam.actors.controller;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How long a run may go on without anything happening: before the learner comes, between two
 * finished groups, and from the decision to end until the last checkpoint.
 *
 * <p>A step under way counts as something happening, within a longer deadline of its own. One
 * owner.
 */
final class RunDeadlines {
  /** A step may take this many stall timeouts: it is one piece of work, not many. */
  private static final int STEP = 4;

  private final Duration stall;
  private final LongSupplier nanos;
  private long lastNanos;
  private OptionalLong stepNanos = OptionalLong.empty();
  private boolean ending;

  RunDeadlines(Duration stall, LongSupplier nanos) {
    this.stall = stall;
    this.nanos = nanos;
    this.lastNanos = nanos.getAsLong();
  }

  /** A group was finished, or something as good. */
  void progressed() {
    lastNanos = nanos.getAsLong();
  }

  void stepBegan() {
    stepNanos = OptionalLong.of(nanos.getAsLong());
  }

  /** The step is done or was broken off. */
  void stepEnded() {
    stepNanos = OptionalLong.empty();
    progressed();
  }

  /**
   * The run shall end from now on.
   *
   * @param breakingOff whether the step under way was told to stop
   */
  void endingBegan(boolean breakingOff) {
    ending = true;
    progressed();
    if (breakingOff) {
      stepNanos = OptionalLong.empty();
    }
  }

  boolean ending() {
    return ending;
  }

  /** Time since anything happened, or since the step under way began. */
  Duration since() {
    return Duration.ofNanos(nanos.getAsLong() - stepNanos.orElse(lastNanos));
  }

  /** How long {@link #since} may become at present. */
  Duration limit() {
    return stepNanos.isPresent() ? stall.multipliedBy(STEP) : stall;
  }

  /** What is left of the limit; negative when it has passed. */
  Duration left() {
    return limit().minus(since());
  }

  boolean late() {
    return left().isNegative();
  }
}
