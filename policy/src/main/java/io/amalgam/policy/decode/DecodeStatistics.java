package io.amalgam.policy.decode;

/**
 * Counts since a batch was made.
 *
 * @param steps decode steps
 * @param tokens generated positions of all sequences
 * @param mixturePositions those in the mixture phase
 * @param entropySum sum over generated positions of the sampling entropy, nats
 * @param prefilledTokens prompt positions computed
 * @param rebuiltTokens positions computed again after new weights
 * @param finished finished trajectories
 * @param cancelled sequences dropped by a cancellation
 */
public record DecodeStatistics(
    long steps,
    long tokens,
    long mixturePositions,
    double entropySum,
    long prefilledTokens,
    long rebuiltTokens,
    long finished,
    long cancelled) {}
