package io.amalgam.policy.train.loss;

import io.amalgam.policy.train.loss.ClippedLoss.Proximal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All losses by name: makes a {@link PolicyLoss} from a configuration's {@code type} and
 * parameters.
 *
 * <p>Parameters of all types, with the usual defaults: {@code level} (term, position, sequence),
 * {@code slot-reduce} (sum, mean), {@code reduction} (sequence_mean_token_mean, token_mean,
 * micro_batch_token_mean, constant_length, sequence_mean_token_sum), {@code constant-length},
 * {@code correction} (none, token_truncate, token_mask, sequence_truncate, sequence_mask), {@code
 * correction-min}, {@code correction-max}, {@code off-policy-threshold}, {@code entropy-quantile},
 * {@code kl}, {@code kl-estimator} (of {@link KlEstimator}), {@code entropy}. Numbers that are off
 * by default take {@code none}.
 */
public final class LossCatalog {
  private static final List<String> TYPES =
      List.of(
          "decoupled",
          "grpo",
          "bnpo",
          "dr_grpo",
          "dapo",
          "gspo",
          "luspo",
          "async",
          "cispo",
          "sapo",
          "vespo",
          "gmpo",
          "rloo");

  private LossCatalog() {}

  /** Every type, the default first. */
  public static List<String> types() {
    return TYPES;
  }

  /**
   * The loss of that type.
   *
   * @throws IllegalArgumentException for an unknown type, an unknown parameter or a value out of
   *     range; the message names the cause and what is allowed
   */
  public static PolicyLoss create(String type, Map<String, String> parameters) {
    LossParameters p = new LossParameters(type, parameters);
    PolicyLoss loss =
        switch (type.toLowerCase(Locale.ROOT)) {
          case "decoupled" ->
              clipped(p, Reduction.TOKEN_MEAN, 0.28, BehaviourCorrection.truncatedTokens(2));
          case "grpo" ->
              clipped(p, Reduction.SEQUENCE_MEAN_TOKEN_MEAN, 0.2, BehaviourCorrection.NONE);
          case "bnpo" ->
              clipped(p, Reduction.MICRO_BATCH_TOKEN_MEAN, 0.2, BehaviourCorrection.NONE);
          case "dr_grpo" -> clipped(p, Reduction.CONSTANT_LENGTH, 0.2, BehaviourCorrection.NONE);
          case "dapo" -> clipped(p, Reduction.TOKEN_MEAN, 0.28, BehaviourCorrection.NONE);
          case "gspo" ->
              new ClippedLoss(
                  p.settings(
                      RatioLevel.SEQUENCE,
                      Reduction.SEQUENCE_MEAN_TOKEN_MEAN,
                      BehaviourCorrection.NONE,
                      true),
                  p.clip(3e-4, 4e-4),
                  Proximal.OLD);
          case "luspo" ->
              new ClippedLoss(
                  p.settings(
                      RatioLevel.SEQUENCE,
                      Reduction.SEQUENCE_MEAN_TOKEN_SUM,
                      BehaviourCorrection.NONE,
                      true),
                  p.clip(0.2, 0.2),
                  Proximal.OLD);
          case "async" ->
              new ClippedLoss(
                  standard(p, Reduction.TOKEN_MEAN, BehaviourCorrection.NONE),
                  p.clip(0.2, 0.28),
                  Proximal.BEHAVIOUR);
          case "cispo" ->
              new CispoLoss(
                  standard(p, Reduction.TOKEN_MEAN, BehaviourCorrection.NONE),
                  p.number("epsilon-high", 5));
          case "sapo" ->
              new SapoLoss(
                  standard(p, Reduction.SEQUENCE_MEAN_TOKEN_MEAN, BehaviourCorrection.NONE),
                  p.number("tau-positive", 1),
                  p.number("tau-negative", 1.05));
          case "vespo" ->
              new VespoLoss(
                  standard(p, Reduction.TOKEN_MEAN, BehaviourCorrection.NONE),
                  new VespoLoss.Shape(p.number("k-positive", 2), p.number("lambda-positive", 3)),
                  new VespoLoss.Shape(p.number("k-negative", 3), p.number("lambda-negative", 2)));
          case "gmpo" ->
              new GeometricMeanLoss(
                  p.settings(
                      RatioLevel.TERM,
                      Reduction.SEQUENCE_MEAN_TOKEN_MEAN,
                      BehaviourCorrection.NONE,
                      false),
                  p.number("epsilon", 0.4),
                  p.number("epsilon-high", 0.4));
          case "rloo" ->
              new SequenceSumLoss(
                  standard(p, Reduction.SEQUENCE_MEAN_TOKEN_MEAN, BehaviourCorrection.NONE),
                  p.clip(0.2, 0.2));
          default ->
              throw new IllegalArgumentException(
                  "unknown loss type " + type + "; known are " + String.join(", ", TYPES));
        };
    p.requireAllUsed();
    return loss;
  }

  private static ClippedLoss clipped(
      LossParameters p, Reduction reduction, double high, BehaviourCorrection correction) {
    return new ClippedLoss(standard(p, reduction, correction), p.clip(0.2, high), Proximal.OLD);
  }

  private static PolicyLoss.Settings standard(
      LossParameters p, Reduction reduction, BehaviourCorrection correction) {
    return p.settings(RatioLevel.TERM, reduction, correction, true);
  }
}
