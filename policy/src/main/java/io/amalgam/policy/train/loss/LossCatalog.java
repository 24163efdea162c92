package io.amalgam.policy.train.loss;

import io.amalgam.policy.train.loss.ProbabilityDifferenceLoss.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All losses by name: makes a {@link PolicyLoss} from a configuration's {@code type} and
 * parameters. In names of types and values underscores are hyphens.
 *
 * <p>Parameters of all types, with the usual defaults: {@code level} (term, position, sequence),
 * {@code proximal} (old, behaviour), {@code slot-reduce} (sum, mean), {@code reduction}
 * (sequence-mean, token-mean, micro-batch-token-mean, constant-length, sequence-mean-token-sum),
 * {@code constant-length}, {@code correction} (the names of {@link CorrectionCatalog}), {@code
 * correction-min}, {@code correction-max}, {@code correction-reject} (none, geometric, k3), {@code
 * correction-reject-min}, {@code correction-reject-max}, {@code correction-veto}, {@code
 * correction-batch-normalise}, {@code off-policy-threshold}, {@code entropy-quantile}, {@code kl},
 * {@code kl-estimator} (of {@link KlEstimator}), {@code entropy}. Numbers that are off by default
 * take {@code none}.
 */
public final class LossCatalog {
  private static final Map<String, Function<LossParameters, PolicyLoss>> TYPES = all();

  private LossCatalog() {}

  /** Every type, the default first. */
  public static List<String> types() {
    return List.copyOf(TYPES.keySet());
  }

  /** The names of all parameters that a type has. */
  public static SortedSet<String> parameters(String type) {
    LossParameters p = new LossParameters(type, Map.of());
    PolicyLoss unused = factory(type).apply(p);
    return new TreeSet<>(p.known());
  }

  /**
   * The loss of that type.
   *
   * @throws IllegalArgumentException for an unknown type, an unknown parameter or a value out of
   *     range; the message names the cause and what is allowed
   */
  public static PolicyLoss create(String type, Map<String, String> parameters) {
    LossParameters p = new LossParameters(type, parameters);
    PolicyLoss loss = factory(type).apply(p);
    p.requireAllUsed();
    return loss;
  }

  /** The loss of that type with its usual parameters. */
  public static PolicyLoss create(String type) {
    return create(type, Map.of());
  }

  private static Function<LossParameters, PolicyLoss> factory(String type) {
    Function<LossParameters, PolicyLoss> factory = TYPES.get(LossParameters.hyphens(type));
    if (factory == null) {
      throw new IllegalArgumentException(
          "unknown loss type " + type + "; known are " + String.join(", ", TYPES.keySet()));
    }
    return factory;
  }

  private static Map<String, Function<LossParameters, PolicyLoss>> all() {
    Map<String, Function<LossParameters, PolicyLoss>> out = new LinkedHashMap<>();
    clipped(out);
    out.put(
        "gspo",
        p ->
            new ClippedLoss(
                old(p, RatioLevel.SEQUENCE, Reduction.SEQUENCE_MEAN_TOKEN_MEAN),
                p.clip(3e-4, 4e-4)));
    out.put(
        "luspo",
        p ->
            new ClippedLoss(
                old(p, RatioLevel.SEQUENCE, Reduction.SEQUENCE_MEAN_TOKEN_SUM), p.clip(0.2, 0.2)));
    out.put("cispo", p -> cispo(old(p, Reduction.TOKEN_MEAN), p));
    out.put("aipo", p -> cispo(behaviour(p, RatioLevel.TERM), p));
    out.put("topr", LossCatalog::topr);
    out.put(
        "sapo",
        p ->
            new SapoLoss(
                old(p, Reduction.SEQUENCE_MEAN_TOKEN_MEAN),
                p.number("tau-positive", 1),
                p.number("tau-negative", 1.05)));
    out.put("vespo", LossCatalog::vespo);
    out.put("gmpo", LossCatalog::gmpo);
    out.put(
        "rloo",
        p -> new SequenceSumLoss(old(p, Reduction.SEQUENCE_MEAN_TOKEN_MEAN), p.clip(0.2, 0.2)));
    out.put(
        "clip-cov",
        p ->
            new ClipCovLoss(
                old(p, Reduction.TOKEN_MEAN),
                p.clip(0.2, 0.2),
                p.number("cov-share", 2e-4, 0, 1),
                p.number("cov-lower", 1),
                p.number("cov-upper", 5)));
    out.put(
        "kl-cov",
        p ->
            new KlCovLoss(
                old(p, Reduction.TOKEN_MEAN),
                p.number("cov-share", 2e-4, 0, 1),
                p.positive("cov-kl", 0.1)));
    out.put("dppo", p -> difference(p, Rule.DIRECTED, 0.2));
    out.put("ipo", p -> difference(p, Rule.ABSOLUTE, 0.1));
    out.put(
        "m2po",
        p -> new SecondMomentLoss(behaviour(p, RatioLevel.TERM), p.number("threshold", 0.04)));
    return out;
  }

  /** The types of the clipped surrogate with one ratio per term. */
  private static void clipped(Map<String, Function<LossParameters, PolicyLoss>> out) {
    out.put(
        "grpo", p -> new ClippedLoss(old(p, Reduction.SEQUENCE_MEAN_TOKEN_MEAN), p.clip(0.2, 0.2)));
    out.put(
        "decoupled",
        p ->
            new ClippedLoss(
                p.settings(
                    RatioLevel.TERM,
                    Proximal.OLD,
                    Reduction.TOKEN_MEAN,
                    BehaviourCorrection.truncatedTokens(2),
                    true),
                p.clip(0.2, 0.28)));
    out.put(
        "bnpo", p -> new ClippedLoss(old(p, Reduction.MICRO_BATCH_TOKEN_MEAN), p.clip(0.2, 0.2)));
    out.put("dr-grpo", p -> new ClippedLoss(old(p, Reduction.CONSTANT_LENGTH), p.clip(0.2, 0.2)));
    out.put("dapo", p -> new ClippedLoss(old(p, Reduction.TOKEN_MEAN), p.clip(0.2, 0.28)));
    out.put(
        "dual-clip",
        p -> new ClippedLoss(old(p, Reduction.TOKEN_MEAN), p.clip(0.2, 0.2, OptionalDouble.of(3))));
    out.put(
        "two-sided",
        p -> new ClippedLoss(old(p, Reduction.TOKEN_MEAN), p.clip(0.2, 0.2, OptionalDouble.of(4))));
    out.put("async", p -> new ClippedLoss(behaviour(p, RatioLevel.TERM), p.clip(0.2, 0.28)));
  }

  private static PolicyLoss cispo(PolicyLoss.Settings settings, LossParameters p) {
    p.alias("epsilon-high", "cap");
    return new CispoLoss(settings, p.positive("floor", 0), p.positive("cap", 5));
  }

  private static PolicyLoss topr(LossParameters p) {
    return new ToprLoss(
        behaviour(p, RatioLevel.SEQUENCE),
        p.positive("positive-weight", 1),
        p.positive("negative-cap", 1));
  }

  private static PolicyLoss vespo(LossParameters p) {
    return new VespoLoss(
        old(p, Reduction.TOKEN_MEAN),
        new VespoLoss.Shape(p.number("k-positive", 2), p.number("lambda-positive", 3)),
        new VespoLoss.Shape(p.number("k-negative", 3), p.number("lambda-negative", 2)));
  }

  private static PolicyLoss gmpo(LossParameters p) {
    PolicyLoss.Settings settings =
        p.settings(
            RatioLevel.TERM,
            Proximal.OLD,
            Reduction.SEQUENCE_MEAN_TOKEN_MEAN,
            BehaviourCorrection.NONE,
            false);
    double[] bounds = p.bounds(0.4, 0.4);
    return new GeometricMeanLoss(settings, bounds[0], bounds[1]);
  }

  private static PolicyLoss difference(LossParameters p, Rule rule, double bound) {
    PolicyLoss.Settings settings = behaviour(p, RatioLevel.TERM);
    double low = rule == Rule.ABSOLUTE ? bound : p.positive("mask-low", bound);
    return new ProbabilityDifferenceLoss(
        settings, rule, low, p.positive("mask-high", bound), p.positive("kl-tau", 1e-3));
  }

  private static PolicyLoss.Settings old(LossParameters p, Reduction reduction) {
    return old(p, RatioLevel.TERM, reduction);
  }

  private static PolicyLoss.Settings old(LossParameters p, RatioLevel level, Reduction reduction) {
    return p.settings(level, Proximal.OLD, reduction, BehaviourCorrection.NONE, true);
  }

  private static PolicyLoss.Settings behaviour(LossParameters p, RatioLevel level) {
    return p.settings(
        level, Proximal.BEHAVIOUR, Reduction.TOKEN_MEAN, BehaviourCorrection.NONE, true);
  }
}
