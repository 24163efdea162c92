package io.amalgam.policy.mixture;

/**
 * What a position is once its phase is known.
 *
 * @param step what is recorded and fed: the action as sampled, the action with one of its tokens
 *     fed alone, or a forced token
 * @param phase phase that the step was sampled in; a forced token is {@link Phase#DISCRETE}
 * @param forced whether the token was forced, so that the position has no likelihood
 */
public record Settled(MixtureStep step, Phase phase, boolean forced) {}
