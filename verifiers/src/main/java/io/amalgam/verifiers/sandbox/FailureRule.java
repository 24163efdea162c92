package io.amalgam.verifiers.sandbox;

import io.amalgam.verifiers.task.Verdict;
import java.time.Duration;

/**
 * What becomes of an answer that could not be judged.
 *
 * @param invalid for an answer that cannot be judged
 * @param timedOut for a judging that took too long
 * @param crashed for a scorer that failed
 * @param retries how often a judging that timed out or crashed is tried again first, at least 0; an
 *     invalid answer stays invalid
 * @param limit longest time of one judging
 */
public record FailureRule(
    Action invalid, Action timedOut, Action crashed, int retries, Duration limit) {
  /** What is done with the member of the group. */
  public enum Action {
    /** It takes no part in training. */
    MASK,
    /** Its group is sampled again. */
    RESAMPLE,
    /** It counts as a wrong answer; only where the user says so. */
    ZERO
  }

  /** What is to be done with a verdict. */
  public enum Decision {
    /** The score counts. */
    SCORE,
    /** Judge once more. */
    RETRY,
    /** As {@link Action#MASK}. */
    MASK,
    /** As {@link Action#RESAMPLE}. */
    RESAMPLE,
    /** As {@link Action#ZERO}. */
    ZERO
  }

  /** Checks the ranges. */
  public FailureRule {
    if (retries < 0 || limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(
          "retries " + retries + " must be at least 0 and the limit " + limit + " positive");
    }
  }

  /** Masks everything that could not be judged. */
  public static FailureRule masking(int retries, Duration limit) {
    return new FailureRule(Action.MASK, Action.MASK, Action.MASK, retries, limit);
  }

  /**
   * What is to be done.
   *
   * @param attempt how often the answer was judged before
   */
  public Decision decide(Verdict verdict, int attempt) {
    if (verdict instanceof Verdict.Scored) {
      return Decision.SCORE;
    }
    if (verdict instanceof Verdict.Invalid) {
      return decision(invalid);
    }
    if (attempt < retries) {
      return Decision.RETRY;
    }
    return decision(verdict instanceof Verdict.TimedOut ? timedOut : crashed);
  }

  private static Decision decision(Action action) {
    return switch (action) {
      case MASK -> Decision.MASK;
      case RESAMPLE -> Decision.RESAMPLE;
      case ZERO -> Decision.ZERO;
    };
  }
}
