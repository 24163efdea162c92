package io.amalgam.policy.rollout;

import io.amalgam.policy.mixture.FeedRule;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.MixtureConfigurationException;
import io.amalgam.policy.mixture.MixtureMethod;
import java.util.SortedSet;
import java.util.TreeSet;

/** The checks of a trajectory that came from elsewhere. */
public final class TrajectoryChecks {
  private static final double WEIGHT_TOLERANCE = 1e-5;

  private TrajectoryChecks() {}

  static void size(String field, boolean good, Object is, Object expected) {
    if (!good) {
      throw new TrajectoryRejected(field, "has size " + is + ", expected " + expected);
    }
  }

  /** The method of a spec. */
  static MixtureMethod method(MethodSpec spec) {
    try {
      return MethodCatalog.create(spec);
    } catch (MixtureConfigurationException e) {
      throw new TrajectoryRejected("method", "cannot be used: " + e.getMessage());
    }
  }

  /**
   * Everything that can be known of a trajectory without the run it belongs to.
   *
   * @param vocabulary number of ids of the model
   * @throws TrajectoryRejected for the first field that no generator can have made
   */
  public static void check(Trajectory t, int vocabulary) {
    MixtureMethod method = method(t.method());
    sizes(t, method.auxiliaryWidth());
    prompt(t);
    noise(t, method.feedRule());
    size("prompt_ids", t.promptIds().length > 0, 0, "at least 1");
    size("representatives", t.length() > 0, 0, "at least 1");
    ids("prompt_ids", t.promptIds(), vocabulary);
    ids("ids", t.ids(), vocabulary);
    ids("representatives", t.representatives(), vocabulary);
    finite("auxiliary", t.auxiliary());
    finite("thresholds", t.thresholds());
    finite("supports", t.supports());
    finite("log_probs", t.logProbs());
    finite("entropies", t.entropies());
    int k = t.method().k();
    for (int p = 0; p < t.length(); p++) {
      position(t, p, k);
    }
    if (t.key().ordinal() < 0 || t.key().attempt() < 0 || t.key().member() < 0) {
      throw new TrajectoryRejected("ordinal, attempt or member", "is negative");
    }
  }

  /**
   * That the trajectory was sampled by the method whose likelihood is going to be used.
   *
   * @param method complete, as {@link MethodCatalog} makes it
   * @throws TrajectoryRejected naming the first part of the spec that differs
   */
  public static void sameMethod(Trajectory t, MethodSpec method) {
    MethodSpec own = t.method();
    differs("method", own.method(), method.method());
    differs("k", own.k(), method.k());
    differs("temperature", own.temperature(), method.temperature());
    SortedSet<String> names = new TreeSet<>(own.parameters().keySet());
    names.addAll(method.parameters().keySet());
    for (String name : names) {
      differs(
          name,
          own.parameters().getOrDefault(name, "absent"),
          method.parameters().getOrDefault(name, "absent"));
    }
  }

  /** The prompt of a sequence that has sampled nothing yet. */
  static void prompt(Trajectory t, int vocabulary) {
    size("prompt_ids", t.promptIds().length > 0, 0, "at least 1");
    ids("prompt_ids", t.promptIds(), vocabulary);
  }

  /** Ids of that field. */
  static void vocabulary(String field, int[] ids, int vocabulary) {
    ids(field, ids, vocabulary);
  }

  private static void differs(String part, Object is, Object learners) {
    if (!is.equals(learners)) {
      throw new TrajectoryRejected(
          "method", "differs from the learner's: " + part + " is " + is + ", not " + learners);
    }
  }

  private static void sizes(Trajectory t, int auxiliary) {
    int length = t.length();
    int k = t.method().k();
    size("ids", t.ids().length == length * k, t.ids().length, length * k);
    size("weights", t.weights().length == length * k, t.weights().length, length * k);
    size(
        "auxiliary",
        t.auxiliary().length == length * auxiliary,
        t.auxiliary().length,
        length * auxiliary);
    size("log_probs", t.logProbs().length == length * k, t.logProbs().length, length * k);
    size("slots", t.slots().length == length, t.slots().length, length);
    size("flags", t.flags().length == length, t.flags().length, length);
    size("thresholds", t.thresholds().length == length, t.thresholds().length, length);
    size("supports", t.supports().length == length, t.supports().length, length);
    size("terms", t.terms().length == length, t.terms().length, length);
    size("entropies", t.entropies().length == length, t.entropies().length, length);
    size("run_lengths", t.versions().length == length, t.versions().length, length);
  }

  private static void position(Trajectory t, int p, int k) {
    if (t.slots()[p] < 1 || t.slots()[p] > k) {
      throw new TrajectoryRejected(
          "slots", "at position " + p + " is " + t.slots()[p] + ", not in 1.." + k);
    }
    if (t.terms()[p] < 0 || t.terms()[p] > k) {
      throw new TrajectoryRejected(
          "terms", "at position " + p + " is " + t.terms()[p] + ", not in 0.." + k);
    }
    double sum = 0;
    boolean among = false;
    for (int j = 0; j < k; j++) {
      float w = t.weights()[p * k + j];
      if (!(w >= 0 && w <= 1 + WEIGHT_TOLERANCE)) {
        throw new TrajectoryRejected("weights", "at position " + p + " contain " + w);
      }
      sum += w;
      among |= t.ids()[p * k + j] == t.representatives()[p];
    }
    if (Math.abs(sum - 1) > WEIGHT_TOLERANCE) {
      throw new TrajectoryRejected("weights", "at position " + p + " sum to " + sum + ", not 1");
    }
    if (!among) {
      throw new TrajectoryRejected(
          "representatives", "at position " + p + " is not among the candidate ids");
    }
  }

  /** The prompt lay apart for every position or for none. */
  private static void prompt(Trajectory t) {
    for (int p = 0; p < t.length(); p++) {
      if (PositionFlag.PROMPT_APART.in(t.flags()[p]) != t.promptApart()) {
        throw new TrajectoryRejected(
            "flags", "at position " + p + " say of the prompt what those before it do not");
      }
    }
  }

  /** Noise is the method's, of a known size, and that of a mixture position that was not forced. */
  private static void noise(Trajectory t, FeedRule rule) {
    for (int p = 0; p < t.length(); p++) {
      if (!PositionFlag.NOISED.in(t.flags()[p])) {
        continue;
      }
      if (!(rule instanceof FeedRule.Noised noised)) {
        throw new TrajectoryRejected(
            "flags", "at position " + p + " tell of noise, which the method does not add");
      }
      float scale = t.auxiliary()[p * t.auxiliaryWidth() + noised.scaleIndex()];
      if (!(scale > 0)) {
        throw new TrajectoryRejected(
            "auxiliary", "at position " + p + " has noise of scale " + scale);
      }
    }
  }

  private static void ids(String field, int[] ids, int vocabulary) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= vocabulary) {
        throw new TrajectoryRejected(
            field,
            "contain "
                + Integer.toUnsignedString(ids[i])
                + " at index "
                + i
                + ", outside the vocabulary of "
                + vocabulary);
      }
    }
  }

  private static void finite(String field, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new TrajectoryRejected(field, "contain " + values[i] + " at index " + i);
      }
    }
  }
}
