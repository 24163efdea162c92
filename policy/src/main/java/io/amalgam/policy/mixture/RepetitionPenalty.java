package io.amalgam.policy.mixture;

import java.util.Optional;
import java.util.SortedMap;

/**
 * The repetition penalty of transformers (after CTRL, arXiv 1909.05858): before the temperature,
 * the logit of every id that the sequence already has is divided by the penalty where it is
 * positive and multiplied by it where it is not, once per id.
 *
 * <p>The ids of a sequence are those of the prompt and the recorded ones: of a mixture, its
 * representative alone, so that at one slot the definition is transformers'. Log-probs, entropies
 * and filters are those of the penalised distribution. Replay does not compute it: a trajectory
 * with a penalty cannot be trained on.
 */
public final class RepetitionPenalty {
  /** The parameter's name in a spec. */
  public static final String NAME = "repetition-penalty";

  private static final Parameter PARAMETER = new Parameter.Number(NAME, "1.0", 0.01, 100);

  private RepetitionPenalty() {}

  /**
   * Takes the penalty out of the parameters of a method, which may all have one; empty where it is
   * 1, so that a spec without one does not name it.
   */
  static Optional<String> take(SortedMap<String, String> parameters) {
    Optional<String> given = Optional.ofNullable(parameters.remove(NAME));
    given.ifPresent(PARAMETER::check);
    return given.filter(value -> Double.parseDouble(value) != 1);
  }

  /** The penalty of a spec; 1: none. */
  public static double of(MethodSpec spec) {
    return Double.parseDouble(spec.parameters().getOrDefault(NAME, "1.0"));
  }

  /**
   * Refuses to train with a penalty.
   *
   * @throws MixtureConfigurationException if the spec has one
   */
  public static void refuseTraining(MethodSpec spec) {
    if (of(spec) != 1) {
      throw new MixtureConfigurationException(
          "mixture." + NAME,
          spec.parameters().getOrDefault(NAME, ""),
          "1.0 for training: the trainer computes log-probs without the penalty; use it with eval,"
              + " sample and model generate");
    }
  }
}
