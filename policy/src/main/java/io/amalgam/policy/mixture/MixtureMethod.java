package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;

/**
 * A way to turn a distribution over tokens into a mixture of tokens, with the likelihood of what it
 * did.
 *
 * <p>Immutable and stateless: the result of {@link #sample} depends on its arguments alone. To add
 * a method, write one class with a {@link MethodDefinition}, and name it here and in {@link
 * MethodCatalog}.
 */
public sealed interface MixtureMethod
    permits Cot2Dirichlet,
        DifferentTokens,
        DirichletMixture,
        Discrete,
        ElementwiseMax,
        Gaussian,
        Greedy,
        Gumbel,
        InverseProbability,
        LatentGumbel,
        Lepo,
        MixtureOfInputs,
        Multiplex,
        Nucleus,
        SoftThinking {

  /** The method's name and all its parameters, none left to a default. */
  MethodSpec spec();

  /** What the decode step must find out about each row of logits. */
  CandidateRequest request();

  /**
   * The action at one position.
   *
   * @param candidates answer to {@link #request()}, or to a request for more of the same
   * @param phase in {@link Phase#DISCRETE} draw 0 alone is the action
   * @param key key of the position, for randomness beyond the draws
   */
  MixtureStep sample(Candidates candidates, Phase phase, DrawKey key);

  /** How its mixtures become vectors. */
  default FeedRule feedRule() {
    return FeedRule.SUM;
  }

  /** Number of auxiliary values of a position: {@link MixtureStep#auxiliary()}. */
  default int auxiliaryWidth() {
    return spec().k();
  }

  /** The log-density of actions under any policy, by the choice in the spec. */
  MixtureLikelihood likelihood();
}
