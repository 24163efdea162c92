package io.amalgam.policy.decode;

import io.amalgam.policy.mixture.CandidateFilter;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.MixtureMethod;

/** How the members of a group are decoded. */
public enum DecodeMode {
  /** By the mixture method of the batch. */
  MIXTURE,
  /** One sampled token per position, at the same temperature. */
  DISCRETE,
  /** The most probable token at every position. */
  GREEDY;

  /** The method that decodes in this mode, given the one of the batch. */
  public MixtureMethod method(MixtureMethod ofBatch) {
    double temperature = ofBatch.spec().temperature();
    return switch (this) {
      case MIXTURE -> ofBatch;
      case DISCRETE ->
          MethodCatalog.create(
              new MethodSpec("discrete", 1, temperature, CandidateFilter.among(ofBatch.spec())));
      case GREEDY ->
          MethodCatalog.create(
              new MethodSpec("greedy", 1, temperature, CandidateFilter.among(ofBatch.spec())));
    };
  }
}
