package io.amalgam.policy.rollout;

import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.random.DrawKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One finished member of a group: what was sampled, position by position, and under which policy
 * version.
 *
 * <p>T generated positions, k = {@code method.k()} slots, a auxiliary values. Position t's action
 * was sampled from the logits before it was fed. The arrays are shared, not copied; treat them as
 * read-only.
 *
 * @param key whose trajectory it is
 * @param seed seed of the run or evaluation; with the key it gives all randomness again
 * @param promptIds ids of the prompt, fed one-hot before position 0
 * @param method the mixture method that sampled it
 * @param ids [T, k] candidate ids; unused slots repeat slot 0
 * @param weights [T, k] f32 fed weights, rows sum to 1; unused slots are 0
 * @param slots [T] number of slots in use: 1 at discrete (or collapsed) positions
 * @param representatives [T] the id recorded as text
 * @param flags [T] bits of {@link PositionFlag}
 * @param auxiliary [T, a] what the likelihood needs beside ids and fed weights (log-weights of
 *     Dirichlet, sampled weights of a weighted surrogate); 0 where it needs nothing
 * @param thresholds [T] probability threshold of a collapse event, 0 elsewhere
 * @param supports [T] probability, without the filter, above which tokens could be sampled; 0: all
 * @param logProbs [T, k] behaviour log-prob terms as sampled; unused terms are 0
 * @param terms [T] number of log-prob terms of the position; 0 for positions without a likelihood
 *     (forced markers)
 * @param entropies [T] entropy of the sampling distribution, nats
 * @param versions [T] policy version whose weights computed the logits of the position
 * @param closedBy how the thinking phase ended
 * @param finish why generation ended
 */
public record Trajectory(
    TrajectoryKey key,
    long seed,
    int[] promptIds,
    MethodSpec method,
    int[] ids,
    float[] weights,
    byte[] slots,
    int[] representatives,
    byte[] flags,
    float[] auxiliary,
    float[] thresholds,
    float[] supports,
    float[] logProbs,
    byte[] terms,
    float[] entropies,
    long[] versions,
    ClosedBy closedBy,
    FinishReason finish) {

  /** Number of generated positions. */
  public int length() {
    return representatives.length;
  }

  /** a, the number of auxiliary values of a position. */
  public int auxiliaryWidth() {
    return length() == 0 ? 0 : auxiliary.length / length();
  }

  /** The key of everything random at position {@code t}. */
  public DrawKey draws(int t) {
    return new DrawKey(seed, key.ordinal(), key.member(), t);
  }

  /**
   * What was fed after position {@code t}: ids with their weights, which sum to 1, in the order of
   * the slots. An id that was drawn twice stands once, with both weights. One id at ordinary
   * positions.
   */
  public Map<Integer, Float> fed(int t) {
    Map<Integer, Float> out = new LinkedHashMap<>();
    for (int j = t * method.k(); j < t * method.k() + slots[t]; j++) {
      out.merge(ids[j], weights[j], Float::sum);
    }
    return Collections.unmodifiableMap(out);
  }

  /** Whether it was sampled with the beginning of its prompt apart from the rest. */
  public boolean promptApart() {
    return length() > 0 && PositionFlag.PROMPT_APART.in(flags[0]);
  }

  /** The log-prob of everything that was sampled, under the policy that sampled it, nats. */
  public double logProb() {
    double sum = 0;
    for (float term : logProbs) {
      sum += term;
    }
    return sum;
  }

  /** Number of positions that were sampled in the mixture phase. */
  public int mixtureLength() {
    int n = 0;
    for (byte f : flags) {
      n += PositionFlag.MIXTURE.in(f) ? 1 : 0;
    }
    return n;
  }

  /** Mean entropy of the sampling distributions, nats. */
  public double meanEntropy() {
    double sum = 0;
    for (float e : entropies) {
      sum += e;
    }
    return sum / length();
  }

  /** The oldest policy version among the positions; the version bound is checked against it. */
  public long oldestVersion() {
    long oldest = Long.MAX_VALUE;
    for (long v : versions) {
      oldest = Math.min(oldest, v);
    }
    return oldest;
  }
}
