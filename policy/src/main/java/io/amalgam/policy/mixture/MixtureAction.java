package io.amalgam.policy.mixture;

/**
 * The part of a position that a likelihood is a function of, beside the policy.
 *
 * @param slots slots in use
 * @param collapsed whether the action is the collapse event
 * @param representative index of the slot recorded as text
 * @param weights [k] fed weights
 * @param auxiliary further values: log-weights of Dirichlet, what a Gaussian density needs, or the
 *     sampled weights where the likelihood is a function of them; see {@link
 *     MixtureMethod#auxiliaryWidth()}
 */
public record MixtureAction(
    int slots, boolean collapsed, int representative, float[] weights, float[] auxiliary) {}
