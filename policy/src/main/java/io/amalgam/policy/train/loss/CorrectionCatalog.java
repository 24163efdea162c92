package io.amalgam.policy.train.loss;

import io.amalgam.policy.train.loss.BehaviourCorrection.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The sampler–trainer corrections by the names they have in a configuration, with their usual
 * bounds; ρ = π_old / π_behaviour.
 *
 * <table>
 * <caption>Corrections</caption>
 * <tr><th>name</th><th>rule</th><th>bounds</th></tr>
 * <tr><td>none</td><td>no weight</td><td></td></tr>
 * <tr><td>token-truncate, tis</td><td>× min(ρ_t, max)</td><td>2</td></tr>
 * <tr><td>token-mask, icepop</td><td>× ρ_t·1[min ≤ ρ_t ≤ max] (IcePop)</td><td>.5, 5</td></tr>
 * <tr><td>areal</td><td>the same without a lower bound (arXiv 2505.24298)</td><td>5</td></tr>
 * <tr><td>sequence-truncate, sequence-tis</td><td>× min(Π_t ρ_t, max)</td><td>2</td></tr>
 * <tr><td>sequence-mask, mis</td><td>× Π ρ_t·1[Π ρ_t ≤ max] (masked importance
 *     sampling)</td><td>3</td></tr>
 * <tr><td>geometric</td><td>keep a sequence if exp(mean log ρ) is inside</td><td>.999,
 *     1.001</td></tr>
 * <tr><td>k3</td><td>keep a sequence if mean(ρ − 1 − log ρ) ≤ max</td><td>.001</td></tr>
 * </table>
 */
public final class CorrectionCatalog {
  private static final Map<String, BehaviourCorrection> TYPES = all();

  private CorrectionCatalog() {}

  /** Every name. */
  public static List<String> types() {
    return List.copyOf(TYPES.keySet());
  }

  /** The correction of that name; underscores are hyphens. */
  public static BehaviourCorrection named(String name) {
    BehaviourCorrection found = TYPES.get(LossParameters.hyphens(name));
    if (found == null) {
      throw new IllegalArgumentException(
          "correction must be one of " + String.join(", ", TYPES.keySet()) + ", not " + name);
    }
    return found;
  }

  private static Map<String, BehaviourCorrection> all() {
    Map<String, BehaviourCorrection> out = new LinkedHashMap<>();
    out.put("none", BehaviourCorrection.NONE);
    both(out, "token-truncate", "tis", capped(Mode.TOKEN_TRUNCATE, 2));
    both(
        out,
        "token-mask",
        "icepop",
        BehaviourCorrection.of(Mode.TOKEN_MASK, OptionalDouble.of(0.5), OptionalDouble.of(5)));
    out.put("areal", capped(Mode.TOKEN_MASK, 5));
    both(out, "sequence-truncate", "sequence-tis", capped(Mode.SEQUENCE_TRUNCATE, 2));
    both(out, "sequence-mask", "mis", capped(Mode.SEQUENCE_MASK, 3));
    out.put("geometric", rejecting(SequenceRejection.GEOMETRIC));
    out.put("k3", rejecting(SequenceRejection.K3));
    return out;
  }

  private static void both(
      Map<String, BehaviourCorrection> out, String name, String alias, BehaviourCorrection value) {
    out.put(name, value);
    out.put(alias, value);
  }

  private static BehaviourCorrection capped(Mode mode, double cap) {
    return BehaviourCorrection.of(mode, OptionalDouble.empty(), OptionalDouble.of(cap));
  }

  private static BehaviourCorrection rejecting(SequenceRejection rejection) {
    return new BehaviourCorrection(
        Mode.NONE,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        rejection,
        OptionalDouble.empty(),
        false);
  }
}
