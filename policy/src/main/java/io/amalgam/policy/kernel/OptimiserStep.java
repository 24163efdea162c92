package io.amalgam.policy.kernel;

/**
 * What one optimiser step did.
 *
 * @param gradNorm the global L2 norm of the gradient before clipping
 * @param skipped whether the gradient was not finite, so that weights and moments were left alone
 */
public record OptimiserStep(double gradNorm, boolean skipped) {}
