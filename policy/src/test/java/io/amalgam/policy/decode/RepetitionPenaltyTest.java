package io.amalgam.policy.decode;

import static io.amalgam.policy.decode.TinyModel.group;
import static io.amalgam.policy.decode.TinyModel.settings;
import static io.amalgam.policy.decode.TinyModel.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.MixtureConfigurationException;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.mixture.RepetitionPenalty;
import io.amalgam.policy.rollout.Trajectory;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class RepetitionPenaltyTest {
  private static final double PENALTY = 1.7;

  @Test
  void logProbsAreThoseOfThePenalisedLogits() {
    MethodSpec method = spec("discrete", 1, RepetitionPenalty.NAME, Double.toString(PENALTY));
    try (GenerationModel model =
        GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute())) {
      for (Trajectory t :
          Runs.decode(
              model, settings(method, PhasePolicy.discreteOnly()), group(1, 4, 30, 1, 2, 2))) {
        int[] ids = new int[3 + t.length()];
        System.arraycopy(t.promptIds(), 0, ids, 0, 3);
        System.arraycopy(t.ids(), 0, ids, 3, t.length());
        float[] logits = model.logits(ids, new float[0], 1);
        BitSet seen = new BitSet();
        seen.set(1, 3);
        for (int p = 0; p < t.length(); p++) {
          double[] z = new double[TinyModel.VOCABULARY];
          double sum = 0;
          for (int v = 0; v < z.length; v++) {
            double raw = logits[(2 + p) * z.length + v];
            z[v] = !seen.get(v) ? raw : raw > 0 ? raw / PENALTY : raw * PENALTY;
            sum += Math.exp(z[v]);
          }
          double expected = z[t.ids()[p]] - Math.log(sum);
          assertThat((double) t.logProbs()[p]).isCloseTo(expected, within(1e-4));
          seen.set(t.ids()[p]);
        }
      }
    }
  }

  @Test
  void aPenaltyTravelsWithTheMethodAndCannotBeTrainedOn() {
    MethodSpec method = spec("multiplex", 2, RepetitionPenalty.NAME, "1.2");
    assertThat(
            DecodeMode.GREEDY.method(io.amalgam.policy.mixture.MethodCatalog.create(method)).spec())
        .satisfies(s -> assertThat(RepetitionPenalty.of(s)).isEqualTo(1.2));
    RepetitionPenalty.refuseTraining(spec("multiplex", 2));
    assertThatThrownBy(() -> RepetitionPenalty.refuseTraining(method))
        .isInstanceOf(MixtureConfigurationException.class)
        .hasMessageContaining("repetition-penalty");
  }
}
