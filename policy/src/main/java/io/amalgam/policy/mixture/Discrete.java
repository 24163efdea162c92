package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.List;

/** Ordinary sampling: one token, one slot, log p(id). */
public final class Discrete implements MixtureMethod {
  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "discrete",
          "ordinary sampling of one token per position",
          1,
          1,
          List.of(NamedLikelihoods.choice("default", "exact")),
          Discrete::new);

  private static final MixtureLikelihood TOKEN =
      new MixtureLikelihood(new IndependentDraws(), false);

  private final MethodSpec spec;

  Discrete(MethodSpec spec) {
    this.spec = spec;
  }

  @Override
  public MethodSpec spec() {
    return spec;
  }

  @Override
  public CandidateRequest request() {
    return CandidateRequest.oneDraw();
  }

  @Override
  public MixtureStep sample(Candidates candidates, Phase phase, DrawKey key) {
    return Actions.token(candidates, 1, TOKEN);
  }

  @Override
  public MixtureLikelihood likelihood() {
    return TOKEN;
  }
}
