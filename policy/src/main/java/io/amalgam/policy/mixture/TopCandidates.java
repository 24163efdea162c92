package io.amalgam.policy.mixture;

import java.util.Arrays;

/**
 * The most probable ids that the filter keeps.
 *
 * @param slots how many there are, from 1 to k
 * @param ids [k] ids, most probable first; the rest repeats the first
 * @param logProbs [slots] log p of them, nats
 */
record TopCandidates(int slots, int[] ids, float[] logProbs) {
  /** The first k of the most probable ids, or as many as the filter keeps. */
  static TopCandidates of(Candidates c, int k) {
    int slots = Actions.kept(c, k);
    return new TopCandidates(
        slots, Actions.padded(c.topIds(), slots, k), Arrays.copyOf(c.topLogProbs(), slots));
  }

  /** [slots] their probabilities, renormalised to them. */
  double[] probabilities() {
    return Actions.softmax(Actions.widen(logProbs));
  }

  /** The step that feeds them with these weights [slots]. */
  MixtureStep step(double[] w, int representative, Candidates c, MixtureLikelihood likelihood) {
    float[] weights = Arrays.copyOf(Actions.narrow(w), ids.length);
    return Actions.step(
        slots,
        ids,
        weights,
        representative,
        false,
        likelihood.auxiliary(weights),
        0,
        Actions.row(logProbs, new float[slots]),
        c,
        likelihood);
  }
}
