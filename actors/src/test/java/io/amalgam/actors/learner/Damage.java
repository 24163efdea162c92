package io.amalgam.actors.learner;

import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.rollout.Trajectory;

/** Trajectories as a broken or wrongly configured generator would send them. */
public final class Damage {
  private Damage() {}

  /** The same with other arrays. */
  public static Trajectory with(Trajectory t, MethodSpec method, int[] ids, float[] weights) {
    return new Trajectory(
        t.key(),
        t.seed(),
        t.promptIds(),
        method,
        ids,
        weights,
        t.slots(),
        t.representatives(),
        t.flags(),
        t.auxiliary(),
        t.thresholds(),
        t.supports(),
        t.logProbs(),
        t.terms(),
        t.entropies(),
        t.versions(),
        t.closedBy(),
        t.finish());
  }

  /** Weights of the last position that sum to a half. */
  public static Trajectory weights(Trajectory t) {
    float[] weights = t.weights().clone();
    weights[weights.length - 1] = 0.5f;
    return with(t, t.method(), t.ids(), weights);
  }

  /** A last id that the model does not have. */
  public static Trajectory ids(Trajectory t) {
    int[] ids = t.ids().clone();
    ids[ids.length - 1] = 1 << 20;
    return with(t, t.method(), ids, t.weights());
  }

  /** Sampled at another temperature. */
  public static Trajectory method(Trajectory t) {
    MethodSpec m = t.method();
    MethodSpec other = new MethodSpec(m.method(), m.k(), 0.5, m.parameters());
    return with(t, other, t.ids(), t.weights());
  }

  /** Fewer weights than ids. */
  public static Trajectory sizes(Trajectory t) {
    return with(t, t.method(), t.ids(), new float[0]);
  }
}
