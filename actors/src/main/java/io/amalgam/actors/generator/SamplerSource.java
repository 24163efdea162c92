package io.amalgam.actors.generator;

import io.amalgam.policy.model.ModelWeights;

/** Makes the sampler of a device when its first weights are there. */
@FunctionalInterface
public interface SamplerSource {
  /** A sampler that decodes with these weights. */
  GroupSampler create(ModelWeights weights, long version);
}
