package io.amalgam.policy.train.loss;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How KL(π ‖ reference) is measured at the positions of a batch.
 *
 * <p>{@link #EXACT} sums over the vocabulary. The others are functions of d = log ref(a) − log π(a)
 * of each log-prob term of the sampled action a (J. Schulman, “Approximating KL divergence”, 2020),
 * with d held within ±20 and no gradient beyond. They estimate the divergence of the action's
 * distribution if the likelihood is exact: with K slots per position that is about K times the
 * divergence of one token. Of a surrogate likelihood they measure nothing in particular.
 *
 * <p>Their mean over a ~ π is one thing and the mean of their gradient another, since the sampling
 * is not differentiated. {@link #K2}, {@link #K3_PLUS} have the gradient of KL(π ‖ ref), {@link
 * #K3} that of KL(ref ‖ π), {@link #K1} none; where a was sampled by an older policy, only {@link
 * #UNBIASED} corrects for it.
 */
public enum KlEstimator {
  /**
   * Σ_v π(v) (log π(v) − log ref(v)) over all tokens that could be sampled, per position. No
   * sampling noise within the position; the gradient is that of this sum, the inputs before it
   * fixed. A position has one value however many slots it has.
   */
  EXACT("exact", d -> 0, d -> 0),
  /** −d. Its mean is the KL, that of its gradient ∇ log π is 0: it only shifts the loss. */
  K1("k1", d -> -d, d -> 1),
  /** d²/2. Biased, low variance; the mean of its gradient −d ∇ log π is that of the KL. */
  K2("k2", d -> d * d / 2, d -> -d),
  /**
   * e^d − d − 1, at least 0 (GRPO, arXiv 2402.03300). Unbiased on-policy; the mean of its gradient
   * (1 − e^d) ∇ log π is that of KL(ref ‖ π) instead, unbounded where π has lost a token of the
   * reference.
   */
  K3("k3", d -> Math.exp(d) - d - 1, d -> 1 - Math.exp(d)),
  /** The value of k3, the gradient of k2 (the straight-through form of verl). */
  K3_PLUS("k3+", K3.value, K2.slope),
  /**
   * k3 times the ratio π/π_old at the loss's level, with gradient through both (DeepSeek-V3.2;
   * {@code use_bias_correction_kl} of TRL): the mean of its gradient is that of KL(π ‖ ref), also
   * for actions that π_old sampled.
   */
  UNBIASED("unbiased", K3.value, K3.slope);

  private final String label;
  private final DoubleUnaryOperator value;
  private final DoubleUnaryOperator slope;

  KlEstimator(String label, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
    this.label = label;
    this.value = value;
    this.slope = slope;
  }

  /** The name in configurations. */
  public String label() {
    return label;
  }

  /** The names of all, in order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(KlEstimator::label).toList();
  }

  /**
   * The estimator of that name.
   *
   * @throws IllegalArgumentException if there is none; the message names those there are
   */
  public static KlEstimator of(String label) {
    return Arrays.stream(values())
        .filter(e -> e.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "loss parameter kl-estimator must be one of "
                        + String.join(", ", labels())
                        + ", not "
                        + label));
  }

  /** The estimate of one term, before a ratio; of d within ±20. */
  double value(double d) {
    return value.applyAsDouble(d);
  }

  /** Its derivative with respect to log π(a), the ratio fixed. */
  double slope(double d) {
    return slope.applyAsDouble(d);
  }
}
