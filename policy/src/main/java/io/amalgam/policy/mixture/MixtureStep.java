package io.amalgam.policy.mixture;

/**
 * What a method made of one position's candidates: the action, what is fed for it, and how likely
 * the action was. Arrays are [k] unless it says otherwise, and read-only by convention.
 *
 * @param slots slots in use; the rest of the arrays is filler
 * @param ids candidate ids; unused slots repeat slot 0
 * @param weights fed weights, sum 1; unused slots are 0
 * @param representative index of the slot whose id is recorded as text
 * @param collapsed whether the lighter candidate was dropped, so that the action is that event
 * @param auxiliary [the method's {@link MixtureMethod#auxiliaryWidth()}, or k for plain tokens]
 *     what the likelihood needs beside ids and fed weights, f32 (log-weights of Dirichlet, sampled
 *     weights of a weighted surrogate); 0 where it needs nothing
 * @param threshold probability threshold of the collapse event, else 0
 * @param support probability above which tokens could be sampled; 0: all
 * @param logProbs behaviour log-prob terms, nats; unused terms are 0
 * @param terms number of terms
 * @param entropy entropy of the distribution that was sampled from, nats
 */
public record MixtureStep(
    int slots,
    int[] ids,
    float[] weights,
    int representative,
    boolean collapsed,
    float[] auxiliary,
    float threshold,
    float support,
    float[] logProbs,
    int terms,
    float entropy) {

  /** The id recorded as text. */
  public int representativeId() {
    return ids[representative];
  }

  /**
   * The same action with only the representative fed: the clean embedding of an end marker. What
   * the likelihood needs stays.
   */
  public MixtureStep fedOneHot() {
    float[] oneHot = new float[weights.length];
    oneHot[representative] = 1;
    return new MixtureStep(
        slots,
        ids,
        oneHot,
        representative,
        collapsed,
        auxiliary,
        threshold,
        support,
        logProbs,
        terms,
        entropy);
  }

  /** A forced token: fed one-hot, without a likelihood. */
  public static MixtureStep forced(int id, int k, float entropy) {
    int[] ids = new int[k];
    java.util.Arrays.fill(ids, id);
    float[] oneHot = new float[k];
    oneHot[0] = 1;
    return new MixtureStep(1, ids, oneHot, 0, false, new float[k], 0, 0, new float[k], 0, entropy);
  }
}
