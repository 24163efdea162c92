package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.List;

/**
 * Soft Thinking: the k most probable tokens that the filter keeps, weighted by their renormalised
 * probabilities.
 *
 * <p>w_j = p_j / Σ_i p_i. Zhang et al., "Soft Thinking", arXiv 2505.15778; needs no training.
 * Parameters: {@code representative}, which token is recorded as text: {@code heaviest}, or {@code
 * weight-draw}, a draw from the weights. The filter is the paper's unless set: top-k 30, top-p
 * 0.95, min-p 0.001, in that order, each on what the one before left.
 *
 * <p>What is fed is a function of the distribution, so there is no likelihood: mixture positions
 * have no terms and stay out of the policy loss, and only the answer's tokens teach. At k = 1 this
 * would be greedy decoding, so k starts at 2.
 *
 * <p>Deviations: temperature and filter hold for the answer too, for which the published code has
 * settings of its own. Its Cold Stop is no part of the method here but a rule of the phase, which
 * any method can have.
 */
public final class SoftThinking implements MixtureMethod {
  static final MethodDefinition DEFINITION =
      MethodDefinition.of(
          "soft-thinking",
          "the k most probable tokens, weighted by probability; nothing is random",
          2,
          16,
          new CandidateFilter(30, 0.95, 0.001),
          List.of(
              new Parameter.Choice(
                  "representative", "heaviest", List.of("heaviest", "weight-draw")),
              NamedLikelihoods.choice("default", "none")),
          SoftThinking::new);

  private static final MixtureLikelihood NONE = new MixtureLikelihood(new NoDensity(), false);

  private final MethodSpec spec;
  private final boolean drawn;

  SoftThinking(MethodSpec spec) {
    this.spec = spec;
    this.drawn = NamedLikelihoods.text(spec, "representative").equals("weight-draw");
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
    if (phase == Phase.DISCRETE) {
      return Actions.token(c, k, NONE);
    }
    TopCandidates top = TopCandidates.of(c, k);
    if (top.slots() == 1) {
      // Not a token with log-prob 0: under another policy the filter could keep more.
      return MixtureStep.forced(top.ids()[0], k, c.entropy());
    }
    double[] w = top.probabilities();
    return top.step(w, drawn ? TopCandidates.draw(w, key) : 0, c, NONE);
  }

  @Override
  public MixtureLikelihood likelihood() {
    return NONE;
  }
}
