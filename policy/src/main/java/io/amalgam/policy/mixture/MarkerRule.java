package io.amalgam.policy.mixture;

import io.amalgam.policy.rollout.ClosedBy;

/** Ends the phase when one token of every action, put in a row, spells the end marker. */
public sealed interface MarkerRule extends StopRule
    permits MarkerRule.Representatives, MarkerRule.FirstDraws {

  /** A matcher at the start of a sequence. */
  StopMatcher matcher();

  /** The slot of the action whose token counts. */
  int slot(MixtureStep step, Candidates candidates);

  @Override
  default ClosedBy closes() {
    return ClosedBy.MODEL;
  }

  /**
   * The recorded tokens spell it.
   *
   * @param marker a text or ids
   */
  record Representatives(EndMarker marker) implements MarkerRule {
    @Override
    public StopMatcher matcher() {
      return marker.matcher();
    }

    @Override
    public int slot(MixtureStep step, Candidates candidates) {
      return step.representative();
    }
  }

  /**
   * The first draws spell it (Multiplex Thinking, arXiv 2601.08808). Where the first draw is no
   * part of the action, because it was dropped by a collapse or the method draws nothing, the
   * representative counts: an event that no likelihood knows must not end the phase.
   *
   * @param marker ids in order
   */
  record FirstDraws(EndMarker.Ids marker) implements MarkerRule {
    @Override
    public StopMatcher matcher() {
      return marker.matcher();
    }

    @Override
    public int slot(MixtureStep step, Candidates candidates) {
      int first = candidates.drawIds()[0];
      for (int j = 0; j < step.slots(); j++) {
        if (step.ids()[j] == first) {
          return j;
        }
      }
      return step.representative();
    }
  }
}
