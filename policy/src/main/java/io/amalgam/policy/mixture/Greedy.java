package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.List;

/** The most probable token at every position; for evaluation, since it has no likelihood. */
public final class Greedy implements MixtureMethod {
  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "greedy",
          "the most probable token, for evaluation",
          1,
          1,
          List.of(NamedLikelihoods.choice("default")),
          Greedy::new);

  private final MethodSpec spec;
  private final MixtureLikelihood likelihood = new MixtureLikelihood(new NoDensity(), false);

  Greedy(MethodSpec spec) {
    this.spec = spec;
  }

  @Override
  public MethodSpec spec() {
    return spec;
  }

  @Override
  public CandidateRequest request() {
    return new CandidateRequest(1, true, 1, 0);
  }

  @Override
  public MixtureStep sample(Candidates candidates, Phase phase, DrawKey key) {
    return MixtureStep.forced(candidates.topIds()[0], 1, candidates.entropy());
  }

  @Override
  public MixtureLikelihood likelihood() {
    return likelihood;
  }
}
