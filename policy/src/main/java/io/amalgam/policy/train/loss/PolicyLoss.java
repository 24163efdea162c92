package io.amalgam.policy.train.loss;

import java.util.OptionalDouble;

/**
 * A policy-gradient objective: from log-probs and advantages to a loss and its gradient with
 * respect to the new log-probs.
 *
 * <p>Plain Java in double precision; knows nothing of tensors or of how a mixture method computes
 * its log-probs. Every loss goes through the same stations: ratios at the level asked for, its own
 * surrogate, the off-policy and the entropy mask, the behaviour correction ρ, the KL term (touched
 * by neither mask nor ρ), the reduction, the entropy bonus. Pure functions; safe to share between
 * threads.
 *
 * <p>All log-ratios, those of the KL term included, are held within ±20 before they are
 * exponentiated and pass no gradient beyond, so one absurd log-prob cannot make the loss infinite.
 *
 * <p>Metrics of all: {@code entropy} (mean over positions, when entropies are given), {@code
 * ratio/mean}, {@code ratio/max}, {@code ratio/p99} (of π/π_old per term), {@code kl_behaviour}
 * (mean over terms of the k3 estimate of KL(behaviour ‖ new), when behaviour log-probs are given),
 * {@code sampling/…} (when the correction is on), {@code kl} (when there is a KL term).
 */
public sealed interface PolicyLoss
    permits CispoLoss,
        ClipCovLoss,
        ClippedLoss,
        GeometricMeanLoss,
        KlCovLoss,
        ProbabilityDifferenceLoss,
        SapoLoss,
        SecondMomentLoss,
        SequenceSumLoss,
        ToprLoss,
        VespoLoss {

  /** The settings it was made with. */
  Settings settings();

  /**
   * The micro-batch's share of the step's loss, and its gradient.
   *
   * @param batch whole sequences
   * @param totals counts of the whole optimiser step this micro-batch belongs to
   */
  LossResult evaluate(LossBatch batch, BatchTotals totals);

  /**
   * Whether sequences with advantage 0 change the result through more than the counts of {@link
   * BatchTotals}, so that they must not be left out of the forward pass: through a term that has no
   * advantage in it, or because they belong to a population that something is chosen from.
   */
  default boolean usesZeroAdvantages() {
    return settings().usesZeroAdvantages();
  }

  /**
   * Whether it takes log-probs for logarithms of probabilities, which are at most 1; the densities
   * of continuous actions are not.
   */
  default boolean comparesProbabilities() {
    return false;
  }

  /** Whether it knows whole sequences only, so that a correction must weigh those. */
  default boolean weighsSequences() {
    return false;
  }

  /** The whole step in one micro-batch. */
  default LossResult evaluate(LossBatch batch) {
    return evaluate(batch, BatchTotals.of(batch));
  }

  /**
   * What all losses have in common.
   *
   * @param level what one ratio covers
   * @param proximal which policy the ratio is taken against
   * @param slotReduce how the slots of a position combine
   * @param reduction how the positions combine
   * @param constantLength L of {@link Reduction#CONSTANT_LENGTH}
   * @param correction weighting by ρ
   * @param offPolicyThreshold d: sequences with negative advantage whose mean (log behaviour − log
   *     π) exceeds d are dropped (DeepSeek-V3.2); empty: off
   * @param entropyQuantile share of positions, highest entropy first, that stay in the policy term
   *     (arXiv 2506.01939); 1: all
   * @param kl weight of KL(π ‖ reference), at least 0; 0: none
   * @param klEstimator how it is measured
   * @param entropy weight of the entropy bonus; 0: none
   */
  record Settings(
      RatioLevel level,
      Proximal proximal,
      SlotReduce slotReduce,
      Reduction reduction,
      double constantLength,
      BehaviourCorrection correction,
      OptionalDouble offPolicyThreshold,
      double entropyQuantile,
      double kl,
      KlEstimator klEstimator,
      double entropy) {
    /** Checks the ranges. */
    public Settings {
      if (proximal == Proximal.BEHAVIOUR && correction.on()) {
        throw new IllegalArgumentException(
            "a ratio against the behaviour policy needs no correction; set correction = none");
      }
      if (!(constantLength > 0)) {
        throw new IllegalArgumentException(
            "constant-length must be above 0, not " + constantLength);
      }
      if (!(entropyQuantile >= 0 && entropyQuantile <= 1)) {
        throw new IllegalArgumentException(
            "entropy-quantile must be from 0 to 1, not " + entropyQuantile);
      }
    }

    /** See {@link PolicyLoss#usesZeroAdvantages}. */
    boolean usesZeroAdvantages() {
      return kl != 0
          || entropy != 0
          || entropyQuantile < 1
          || correction.normalise()
          || reduction == Reduction.MICRO_BATCH_TOKEN_MEAN;
    }

    /**
     * Whether the log-probs of the present weights are set against those of the policy that
     * sampled, so that their difference must mean something.
     */
    public boolean comparesWithBehaviour() {
      return correction.on() || proximal == Proximal.BEHAVIOUR || offPolicyThreshold.isPresent();
    }

    /** Refuses a level other than one ratio per term. */
    void requireTermLevel(String loss) {
      if (level != RatioLevel.TERM) {
        throw new IllegalArgumentException(loss + " looks at single terms; level must be term");
      }
    }

    /** Refuses corrections that weigh single terms. */
    void requireSequenceCorrection(String loss) {
      if (correction.perTerm()) {
        throw new IllegalArgumentException(
            loss
                + " is a loss of whole sequences; correction must be none, sequence-truncate,"
                + " sequence-mask, geometric or k3");
      }
    }

    /** Refuses ratios against anything but the policy that sampled. */
    void requireBehaviour(String loss) {
      if (proximal != Proximal.BEHAVIOUR) {
        throw new IllegalArgumentException(
            loss + " is defined against the sampling policy; proximal must be behaviour");
      }
      if (!(kl >= 0 && kl < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("kl must be at least 0, not " + kl);
      }
    }

    /** Per-term ratios, token-mean, nothing else switched on. */
    public static Settings standard() {
      return new Settings(
          RatioLevel.TERM,
          Proximal.OLD,
          SlotReduce.SUM,
          Reduction.TOKEN_MEAN,
          1024,
          BehaviourCorrection.NONE,
          OptionalDouble.empty(),
          1,
          0,
          KlEstimator.UNBIASED,
          0);
    }
  }
}
