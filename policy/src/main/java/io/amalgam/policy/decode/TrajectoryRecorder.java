package io.amalgam.policy.decode;

import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.MixtureStep;
import io.amalgam.policy.mixture.Phase;
import io.amalgam.policy.mixture.Settled;
import io.amalgam.policy.rollout.ClosedBy;
import io.amalgam.policy.rollout.FinishReason;
import io.amalgam.policy.rollout.PositionFlag;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The growing record of one sequence. */
final class TrajectoryRecorder {
  private record Position(MixtureStep step, byte flags, long version) {}

  private final int k;
  private final int auxiliaryWidth;
  private final boolean promptApart;
  private final List<Position> positions = new ArrayList<>();

  /**
   * An empty record.
   *
   * @param promptApart whether attention sums the prompt's shared beginning apart
   */
  TrajectoryRecorder(int k, int auxiliaryWidth, boolean promptApart) {
    this.k = k;
    this.auxiliaryWidth = auxiliaryWidth;
    this.promptApart = promptApart;
  }

  /** The record of a sequence that was begun elsewhere. */
  static TrajectoryRecorder of(Trajectory soFar, int auxiliaryWidth) {
    int k = soFar.method().k();
    TrajectoryRecorder out = new TrajectoryRecorder(k, auxiliaryWidth, soFar.promptApart());
    for (int t = 0; t < soFar.length(); t++) {
      int[] ids = Arrays.copyOfRange(soFar.ids(), t * k, (t + 1) * k);
      int representative = 0;
      while (ids[representative] != soFar.representatives()[t]) {
        representative++;
      }
      float[] auxiliary =
          Arrays.copyOfRange(soFar.auxiliary(), t * auxiliaryWidth, (t + 1) * auxiliaryWidth);
      MixtureStep step =
          new MixtureStep(
              soFar.slots()[t],
              ids,
              Arrays.copyOfRange(soFar.weights(), t * k, (t + 1) * k),
              representative,
              PositionFlag.COLLAPSED.in(soFar.flags()[t]),
              auxiliary,
              soFar.thresholds()[t],
              soFar.supports()[t],
              Arrays.copyOfRange(soFar.logProbs(), t * k, (t + 1) * k),
              soFar.terms()[t],
              soFar.entropies()[t]);
      out.positions.add(new Position(step, soFar.flags()[t], soFar.versions()[t]));
    }
    return out;
  }

  int length() {
    return positions.size();
  }

  /** The id recorded at position {@code t}. */
  int representative(int t) {
    return positions.get(t).step().representativeId();
  }

  void add(Settled settled, boolean noised, long version) {
    MixtureStep step = settled.step();
    int flags = 0;
    if (settled.phase() == Phase.MIXTURE) {
      flags |= PositionFlag.MIXTURE.bit();
    }
    if (step.collapsed()) {
      flags |= PositionFlag.COLLAPSED.bit();
    }
    if (settled.forced()) {
      flags |= PositionFlag.FORCED.bit();
    }
    if (noised) {
      flags |= PositionFlag.NOISED.bit();
    }
    if (promptApart) {
      flags |= PositionFlag.PROMPT_APART.bit();
    }
    positions.add(new Position(step, (byte) flags, version));
  }

  /** Writes what position {@code t} feeds into [width] ids and weights at {@code at}. */
  void feed(int t, int[] ids, float[] weights, int at, int width) {
    MixtureStep step = positions.get(t).step();
    for (int j = 0; j < width; j++) {
      ids[at + j] = j < k ? step.ids()[j] : step.ids()[0];
      weights[at + j] = j < k ? step.weights()[j] : 0;
    }
  }

  /** Whether position {@code t} was fed with noise. */
  boolean noised(int t) {
    return PositionFlag.NOISED.in(positions.get(t).flags());
  }

  boolean lastWasMixture() {
    return PositionFlag.MIXTURE.in(positions.get(length() - 1).flags());
  }

  float lastEntropy() {
    return positions.get(length() - 1).step().entropy();
  }

  Trajectory build(
      TrajectoryKey key,
      long seed,
      int[] promptIds,
      MethodSpec spec,
      ClosedBy closedBy,
      FinishReason finish) {
    int length = length();
    Trajectory out =
        new Trajectory(
            key,
            seed,
            promptIds,
            spec,
            new int[length * k],
            new float[length * k],
            new byte[length],
            new int[length],
            new byte[length],
            new float[length * auxiliaryWidth],
            new float[length],
            new float[length],
            new float[length * k],
            new byte[length],
            new float[length],
            new long[length],
            closedBy,
            finish);
    for (int t = 0; t < length; t++) {
      Position position = positions.get(t);
      MixtureStep step = position.step();
      System.arraycopy(step.ids(), 0, out.ids(), t * k, k);
      System.arraycopy(step.weights(), 0, out.weights(), t * k, k);
      float[] auxiliary = step.auxiliary();
      System.arraycopy(auxiliary, 0, out.auxiliary(), t * auxiliaryWidth, auxiliary.length);
      System.arraycopy(step.logProbs(), 0, out.logProbs(), t * k, k);
      out.slots()[t] = (byte) step.slots();
      out.representatives()[t] = step.representativeId();
      out.flags()[t] = position.flags();
      out.thresholds()[t] = step.threshold();
      out.supports()[t] = step.support();
      out.terms()[t] = (byte) step.terms();
      out.entropies()[t] = step.entropy();
      out.versions()[t] = position.version();
    }
    return out;
  }
}
