package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.List;

/**
 * A negative control: one token is drawn and recorded, but it is fed together with the most
 * probable others in the wrong proportions, the least probable the heaviest.
 *
 * <p>w_j ∝ 1/p_j over the drawn token and the k − 1 most probable others, after the 1/p weights of
 * the training-free study by the authors of MoT-G (arXiv 2509.21482). If the weights of a mixture
 * matter to a model, this arm has to fall behind {@code moi}, which feeds the same tokens in the
 * right proportions.
 *
 * <p>The random object is the drawn token, the weights are a function of it and of the
 * distribution: the likelihood log p(token) is exact. At k = 1 it is ordinary sampling.
 */
public final class InverseProbability implements MixtureMethod {
  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "inverse-probability",
          "a negative control: one draw, fed with the least probable candidate heaviest",
          1,
          16,
          List.of(NamedLikelihoods.choice("default", "exact")),
          InverseProbability::new);

  private static final MixtureLikelihood LIKELIHOOD =
      new MixtureLikelihood(TokenDensity.ofTheDraw(), false);

  private final MethodSpec spec;

  InverseProbability(MethodSpec spec) {
    this.spec = spec;
  }

  @Override
  public MethodSpec spec() {
    return spec;
  }

  @Override
  public CandidateRequest request() {
    return CandidateRequest.mostProbable(spec.k());
  }

  @Override
  public MixtureStep sample(Candidates c, Phase phase, DrawKey key) {
    int k = spec.k();
    if (phase == Phase.DISCRETE || k == 1) {
      return Actions.token(c, k, LIKELIHOOD);
    }
    TopCandidates candidates = TopCandidates.withDraw(c, k);
    double[] reversed = new double[candidates.slots()];
    for (int j = 0; j < reversed.length; j++) {
      reversed[j] = -candidates.logProbs()[j];
    }
    return candidates.step(Actions.softmax(reversed), 0, c, LIKELIHOOD);
  }

  @Override
  public MixtureLikelihood likelihood() {
    return LIKELIHOOD;
  }
}
