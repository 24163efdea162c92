package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
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

  /** The draw first, then the most probable others that the filter keeps, k in all. */
  static TopCandidates withDraw(Candidates c, int k) {
    int drawn = c.drawIds()[0];
    int kept = Actions.kept(c, k);
    int[] ids = new int[k];
    float[] logProbs = new float[k];
    ids[0] = drawn;
    logProbs[0] = c.drawLogProbs()[0];
    int slots = 1;
    for (int j = 0; j < kept && slots < k; j++) {
      if (c.topIds()[j] != drawn) {
        ids[slots] = c.topIds()[j];
        logProbs[slots++] = c.topLogProbs()[j];
      }
    }
    return new TopCandidates(slots, Actions.padded(ids, slots, k), Arrays.copyOf(logProbs, slots));
  }

  /** [slots] their probabilities, renormalised to them. */
  double[] probabilities() {
    return Actions.softmax(Actions.widen(logProbs));
  }

  /** The index of a candidate drawn from the weights [slots], by the key of the position. */
  static int draw(double[] w, DrawKey key) {
    return Actions.categorical(
        Actions.narrow(w), key.stream(DrawPurpose.REPRESENTATIVE.number()).nextUniform());
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
