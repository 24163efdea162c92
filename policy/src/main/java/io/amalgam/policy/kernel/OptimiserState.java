package io.amalgam.policy.kernel;

import io.amalgam.policy.model.ModelWeights;

/**
 * The moments of AdamW on the host, f32, by parameter name.
 *
 * @param steps number of steps taken, which decides the bias correction
 * @param first running mean of the gradient
 * @param second running mean of its square
 */
public record OptimiserState(long steps, ModelWeights first, ModelWeights second) {}
