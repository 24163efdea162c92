package io.amalgam.policy.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;

/** The two policies of the worked example on five tokens, and what its tests share. */
final class Vectors {
  static final Offset<Double> EXACT = within(1e-8);
  static final ToyPolicy OLD = ToyPolicy.old();
  static final ToyPolicy NEW = ToyPolicy.renewed();

  private Vectors() {}

  static MixtureAction action(int slots, int representative, float... weights) {
    return new MixtureAction(slots, false, representative, weights, new float[weights.length]);
  }

  /** An action of all slots whose likelihood reads the auxiliary values. */
  static MixtureAction auxiliary(float... values) {
    return new MixtureAction(
        values.length, false, 0, Actions.uniform(values.length), values.clone());
  }

  /** Sum of the terms. */
  static double value(MixtureLikelihood l, MixtureAction action, ToyPolicy policy, int... ids) {
    return ToyPolicy.sum(l.terms(action, policy.features(ids, 0)));
  }

  /** The derivative of the sum of the terms by the logits. */
  static double[] gradient(
      MixtureLikelihood l, MixtureAction action, ToyPolicy policy, int[] ids, double threshold) {
    FeatureRow row = policy.features(ids, threshold);
    double[] ones = new double[l.terms(action, row).length];
    Arrays.fill(ones, 1);
    return policy.toLogits(l.backward(action, row, ones), ids, threshold);
  }

  static void assertClose(double[] actual, double... expected) {
    assertClose(actual, EXACT, expected);
  }

  static void assertClose(double[] actual, Offset<Double> tolerance, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], tolerance);
    }
  }

  /**
   * What rounding values to f32 adds to a function of them, to first order: the expectations are of
   * exact values, the stored ones are f32.
   */
  static double rounding(float[] stored, double[] exact, double[] slopes) {
    double sum = 0;
    for (int j = 0; j < exact.length; j++) {
      sum += slopes[j] * (stored[j] - exact[j]);
    }
    return sum;
  }
}
