package io.amalgam.policy.mixture;

import io.amalgam.policy.rollout.ClosedBy;

/**
 * A reason to end the mixture phase of a sequence. Immutable; one sequence's state is in a {@link
 * PhaseTracker}.
 *
 * <p>The kinds differ in what they look at, and so in what the position that ends the phase is: a
 * {@link MarkerRule} reads the action, which stays an action with its likelihood; a {@link
 * StateRule} reads the distribution before anything is drawn, so that the draw of that position
 * does not matter and has no likelihood; {@link LongestMixture} counts.
 */
public sealed interface StopRule permits LongestMixture, MarkerRule, StateRule {
  /** What is recorded of a phase that it ended. */
  ClosedBy closes();
}
