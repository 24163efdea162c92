package io.amalgam.policy.train;

/**
 * What one supervised step saw.
 *
 * @param loss mean cross-entropy per response id, nats, before the step
 * @param tokens input positions computed
 * @param responseTokens response ids learned from
 * @param gradNorm gradient norm before clipping
 * @param skipped whether the gradient was not finite and the step was left out
 */
public record SupervisedReport(
    double loss, long tokens, long responseTokens, double gradNorm, boolean skipped) {}
