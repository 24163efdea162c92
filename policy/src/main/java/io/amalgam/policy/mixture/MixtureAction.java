package io.amalgam.policy.mixture;

import io.amalgam.policy.rollout.PositionFlag;
import io.amalgam.policy.rollout.Trajectory;
import java.util.Arrays;

/**
 * The part of a position that a likelihood is a function of, beside the policy.
 *
 * @param slots slots in use
 * @param collapsed whether the action is the collapse event
 * @param representative index of the slot recorded as text
 * @param weights [k] fed weights
 * @param auxiliary [k] further values of the method
 */
public record MixtureAction(
    int slots, boolean collapsed, int representative, float[] weights, float[] auxiliary) {

  /** The action at position {@code t} of a trajectory. */
  public static MixtureAction of(Trajectory trajectory, int t) {
    int k = trajectory.method().k();
    int slots = trajectory.slots()[t];
    int representative = 0;
    while (representative + 1 < slots
        && trajectory.ids()[t * k + representative] != trajectory.representatives()[t]) {
      representative++;
    }
    return new MixtureAction(
        slots,
        PositionFlag.COLLAPSED.in(trajectory.flags()[t]),
        representative,
        Arrays.copyOfRange(trajectory.weights(), t * k, (t + 1) * k),
        Arrays.copyOfRange(trajectory.auxiliary(), t * k, (t + 1) * k));
  }
}
