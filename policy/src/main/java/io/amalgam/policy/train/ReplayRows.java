package io.amalgam.policy.train;

import io.amalgam.policy.kernel.FeatureBatch;
import io.amalgam.policy.kernel.FeatureGradient;
import io.amalgam.policy.mixture.FeatureRow;
import io.amalgam.policy.mixture.FeatureRowGradient;
import io.amalgam.policy.mixture.MixtureAction;
import io.amalgam.policy.rollout.PositionFlag;
import io.amalgam.policy.rollout.Trajectory;
import java.util.Arrays;

/** Single positions of trajectories and feature batches, as likelihoods want them. */
final class ReplayRows {
  private ReplayRows() {}

  /** The action at position {@code t}. */
  static MixtureAction action(Trajectory trajectory, int t) {
    int k = trajectory.method().k();
    int a = trajectory.auxiliaryWidth();
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
        Arrays.copyOfRange(trajectory.auxiliary(), t * a, (t + 1) * a));
  }

  /** Row {@code r} of the features. */
  static FeatureRow features(FeatureBatch batch, int r) {
    int k = batch.slots();
    double[] logProbs = new double[k];
    double[] logRemaining = new double[k];
    for (int j = 0; j < k; j++) {
      logProbs[j] = batch.logProbs()[r * k + j];
      logRemaining[j] = batch.logRemaining()[r * k + j];
    }
    return new FeatureRow(logProbs, logRemaining, batch.logBelow()[r], batch.logOddsBelow()[r]);
  }

  /** Adds a row's gradient to row {@code r} of the batch's. */
  static void add(FeatureRowGradient row, FeatureGradient batch, int r) {
    int k = batch.slots();
    for (int j = 0; j < k; j++) {
      batch.logProbs()[r * k + j] += (float) row.logProbs()[j];
      batch.logRemaining()[r * k + j] += (float) row.logRemaining()[j];
    }
    batch.logBelow()[r] += (float) row.logBelow();
    batch.logOddsBelow()[r] += (float) row.logOddsBelow();
  }
}
