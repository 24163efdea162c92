package io.amalgam.policy.train;

import io.amalgam.policy.kernel.FeatureBatch;
import io.amalgam.policy.kernel.FeatureGradient;
import io.amalgam.policy.kernel.PackedBatch;
import io.amalgam.policy.mixture.MixtureLikelihood;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.train.loss.LossBatch;
import io.amalgam.policy.train.loss.LossResult;
import java.util.Arrays;
import java.util.List;

/**
 * Whole sequences that go through the model together, with the way from features to log-prob terms
 * and from term gradients back to feature gradients.
 *
 * <p>Positions with a likelihood, in order, are the rows of the features; a forced position has
 * neither row nor term but still counts as a position of its sequence.
 */
final class ReplayMicroBatch {
  private final List<ReplaySample> samples;
  private final MixtureLikelihood likelihood;
  private final int[] sequenceStarts;
  private final int[] termStarts;

  ReplayMicroBatch(List<ReplaySample> samples, MixtureLikelihood likelihood) {
    this.samples = List.copyOf(samples);
    this.likelihood = likelihood;
    this.sequenceStarts = new int[samples.size() + 1];
    int positions = samples.stream().mapToInt(s -> s.trajectory().length()).sum();
    this.termStarts = new int[positions + 1];
    int p = 0;
    for (int i = 0; i < samples.size(); i++) {
      for (byte terms : samples.get(i).trajectory().terms()) {
        termStarts[p + 1] = termStarts[p] + terms;
        p++;
      }
      sequenceStarts[i + 1] = p;
    }
  }

  /** The input of a model of that hidden size. */
  PackedBatch packed(boolean recompute, int hidden) {
    return ReplayPacker.pack(
        samples.stream().map(ReplaySample::trajectory).toList(), recompute, hidden);
  }

  /** Number of log-prob terms. */
  int terms() {
    return termStarts[termStarts.length - 1];
  }

  /** [terms] the log-prob terms under the policy of the features, nats. */
  double[] logProbs(FeatureBatch features) {
    double[] out = new double[terms()];
    int row = 0;
    for (int i = 0; i < samples.size(); i++) {
      Trajectory trajectory = samples.get(i).trajectory();
      for (int t = 0; t < trajectory.length(); t++) {
        if (trajectory.terms()[t] == 0) {
          continue;
        }
        double[] terms =
            likelihood.terms(
                ReplayRows.action(trajectory, t), ReplayRows.features(features, row++));
        if (terms.length != trajectory.terms()[t]) {
          throw new IllegalArgumentException(
              "position "
                  + t
                  + " of "
                  + trajectory.key()
                  + " records "
                  + trajectory.terms()[t]
                  + " terms, its method has "
                  + terms.length);
        }
        System.arraycopy(terms, 0, out, termStarts[sequenceStarts[i] + t], terms.length);
      }
    }
    return out;
  }

  /** [terms] the recorded log-prob terms, nats. */
  double[] behaviour() {
    double[] out = new double[terms()];
    forEachTerm(
        (term, trajectory, t, j) ->
            out[term] = trajectory.logProbs()[t * trajectory.method().k() + j]);
    return out;
  }

  /** [terms] whether each term was sampled under that policy version. */
  boolean[] sampledUnder(long version) {
    boolean[] out = new boolean[terms()];
    forEachTerm((term, trajectory, t, j) -> out[term] = trajectory.versions()[t] == version);
    return out;
  }

  /** What a loss reads. */
  LossBatch lossBatch(FeatureBatch features, double[] newLogProbs) {
    int positions = termStarts.length - 1;
    boolean[] mask = new boolean[positions];
    double[] entropies = new double[positions];
    int row = 0;
    for (int p = 0; p < positions; p++) {
      mask[p] = termStarts[p + 1] > termStarts[p];
      if (mask[p]) {
        entropies[p] = features.entropy()[row++];
      }
    }
    double[] advantages = samples.stream().mapToDouble(ReplaySample::advantage).toArray();
    return LossBatch.of(sequenceStarts, termStarts, advantages, mask, newLogProbs)
        .withBehaviour(behaviour())
        .withEntropies(entropies);
  }

  /** The gradient with respect to the features. */
  FeatureGradient gradient(FeatureBatch features, LossResult result) {
    FeatureGradient out = new FeatureGradient(features.rows(), features.slots());
    int row = 0;
    int p = 0;
    for (ReplaySample sample : samples) {
      Trajectory trajectory = sample.trajectory();
      for (int t = 0; t < trajectory.length(); t++, p++) {
        if (termStarts[p + 1] == termStarts[p]) {
          continue;
        }
        double[] upstream = Arrays.copyOfRange(result.gradient(), termStarts[p], termStarts[p + 1]);
        ReplayRows.add(
            likelihood.backward(
                ReplayRows.action(trajectory, t), ReplayRows.features(features, row), upstream),
            out,
            row);
        out.entropy()[row] = (float) result.entropyGradient()[p];
        row++;
      }
    }
    return out;
  }

  private interface TermVisitor {
    void visit(int term, Trajectory trajectory, int position, int termOfPosition);
  }

  private void forEachTerm(TermVisitor visitor) {
    int term = 0;
    for (ReplaySample sample : samples) {
      Trajectory trajectory = sample.trajectory();
      for (int t = 0; t < trajectory.length(); t++) {
        for (int j = 0; j < trajectory.terms()[t]; j++) {
          visitor.visit(term++, trajectory, t, j);
        }
      }
    }
  }
}
