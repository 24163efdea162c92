package io.amalgam.policy.mixture;

import io.amalgam.policy.rollout.ClosedBy;
import java.util.OptionalInt;

/**
 * Ends the phase for something that holds of a position's distribution, whatever is drawn from it.
 *
 * <p>The event is a function of what came before. So the marker takes the place of the position's
 * action, without a likelihood: keeping the likelihood of a draw that nobody feeds would add noise,
 * and keeping it for some draws only would bias the gradient.
 */
public sealed interface StateRule extends StopRule
    permits StateRule.ColdStop, StateRule.EndProbability, StateRule.MostProbable {

  /** What the rule has seen of one sequence. */
  @FunctionalInterface
  interface Watch {
    /** Takes the next mixture position; true when the phase ends there. */
    boolean ends(Candidates candidates);

    /** What it remembers, as one number; 0 when it remembers nothing. */
    default int progress() {
      return 0;
    }

    /** Goes on from what another watch of the rule remembered. */
    default void resume(int progress) {
      if (progress != 0) {
        throw new IllegalArgumentException("this rule remembers nothing");
      }
    }
  }

  /** A watch at the start of a sequence. */
  Watch watch();

  /** The id whose probability the rule must know. */
  default OptionalInt watched() {
    return OptionalInt.empty();
  }

  /** What is fed by force when the phase ends, given the ids of the whole marker. */
  default int[] feeds(int[] marker) {
    return marker;
  }

  /**
   * The policy has been certain for a while (Soft Thinking, arXiv 2505.15778).
   *
   * @param entropy nats; a position below it counts, another sets the count back. The entropy is
   *     that of the whole distribution at the temperature, before candidates are filtered
   * @param positions how many in a row end the phase; the last of them becomes the marker
   */
  record ColdStop(double entropy, int positions) implements StateRule {
    /** Checks the ranges. */
    public ColdStop {
      if (!(entropy > 0) || positions < 1) {
        throw new IllegalArgumentException(
            "a cold stop below " + entropy + " nats for " + positions + " positions never happens");
      }
    }

    @Override
    public ClosedBy closes() {
      return ClosedBy.COLD_STOP;
    }

    @Override
    public Watch watch() {
      return new Watch() {
        private int inARow;

        @Override
        public boolean ends(Candidates candidates) {
          inARow = candidates.fullEntropy() < entropy ? inARow + 1 : 0;
          return inARow == positions;
        }

        @Override
        public int progress() {
          return inARow;
        }

        @Override
        public void resume(int progress) {
          inARow = progress;
        }
      };
    }
  }

  /**
   * The marker's first id is probable enough (the training-free methods of arXiv 2509.21482).
   *
   * @param id the marker's first id
   * @param least probability, without the candidate filter, from which on the phase ends
   */
  record EndProbability(int id, double least) implements StateRule {
    /** Checks the range. */
    public EndProbability {
      if (!(least > 0 && least <= 1)) {
        throw new IllegalArgumentException(
            "an end probability of " + least + " is not above 0 and at most 1");
      }
    }

    @Override
    public ClosedBy closes() {
      return ClosedBy.PROBABILITY;
    }

    @Override
    public OptionalInt watched() {
      return OptionalInt.of(id);
    }

    @Override
    public Watch watch() {
      return candidates -> Math.exp(candidates.watchedLogProb()) >= least;
    }
  }

  /**
   * The most probable ids spell the marker (arXiv 2509.21482 as its reviews put it, and Soft
   * Thinking).
   *
   * @param marker ids in order
   */
  record MostProbable(EndMarker.Ids marker) implements StateRule {
    @Override
    public ClosedBy closes() {
      return ClosedBy.MODEL;
    }

    @Override
    public Watch watch() {
      StopMatcher matcher = marker.matcher();
      return new Watch() {
        @Override
        public boolean ends(Candidates candidates) {
          return matcher.accept(candidates.mostProbable());
        }

        @Override
        public int progress() {
          return matcher.progress();
        }

        @Override
        public void resume(int progress) {
          matcher.resume(progress);
        }
      };
    }

    /** The ids before the last were mixed in already. */
    @Override
    public int[] feeds(int[] whole) {
      int[] ids = marker.ids();
      return new int[] {ids[ids.length - 1]};
    }
  }
}
