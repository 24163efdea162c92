package io.amalgam.actors.learner;

import io.amalgam.policy.train.loss.AdaptiveEntropy;
import io.amalgam.policy.train.loss.PolicyLoss;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * The loss of every step of a run: always the same one, or one per weight of an adaptive entropy
 * bonus.
 *
 * @param adaptive the rule of the weight; empty: the weight is fixed
 * @param fixed weight of a bonus that is not adaptive
 * @param byWeight the loss with that weight of its entropy bonus
 */
public record Losses(
    Optional<AdaptiveEntropy> adaptive, double fixed, DoubleFunction<PolicyLoss> byWeight) {

  /** The same loss in every step. */
  public static Losses always(PolicyLoss loss) {
    return new Losses(Optional.empty(), loss.settings().entropy(), weight -> loss);
  }

  /** The state before the first step; empty when there is none. */
  Optional<AdaptiveEntropy.State> start() {
    return adaptive.map(AdaptiveEntropy::start);
  }

  /** The loss of the next step. */
  PolicyLoss loss(Optional<AdaptiveEntropy.State> state) {
    return byWeight.apply(adaptive.flatMap(rule -> state.map(rule::applied)).orElse(fixed));
  }

  /** The state after a step with that mean entropy. */
  Optional<AdaptiveEntropy.State> after(Optional<AdaptiveEntropy.State> state, double entropy) {
    return adaptive.flatMap(rule -> state.map(s -> rule.after(s, entropy)));
  }
}
