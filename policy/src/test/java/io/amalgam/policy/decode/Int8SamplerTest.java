package io.amalgam.policy.decode;

import static io.amalgam.policy.decode.TinyModel.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.SamplerPrecision;
import io.amalgam.policy.mixture.CatalogMethods;
import io.amalgam.policy.mixture.EndMarker;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.rollout.Trajectory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The int8 sampler decodes with every method, takes new weights, and records its own log-probs. */
class Int8SamplerTest {
  private static final PhasePolicy PHASES =
      PhasePolicy.until(new EndMarker.Ids(new int[] {7}), 8, 7);

  static List<MethodSpec> methods() {
    return CatalogMethods.defaults(3);
  }

  private static GenerationModel model(ComputeFormat format, SamplerPrecision sampler) {
    return GenerationModel.load(
        TinyModel.CONFIG, TinyModel.weights(1), new ComputeSettings(1, format, "cpu", sampler));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodDecodes(MethodSpec method) {
    DecodeSettings settings = TinyModel.settings(method, PHASES);
    for (ComputeFormat format : List.of(ComputeFormat.F32, ComputeFormat.BF16)) {
      try (GenerationModel int8 = model(format, SamplerPrecision.INT8);
          GenerationModel exact = model(format, SamplerPrecision.EXACT)) {
        GroupRequest group = group(0, 4, 12, 3, 5, 9);
        List<Trajectory> got = Runs.decode(int8, settings, group);
        List<Trajectory> policy = Runs.decode(exact, settings, group);
        assertThat(got).hasSize(4);
        float first = 0;
        for (int i = 0; i < got.size(); i++) {
          assertThat(got.get(i).representatives()).isNotEmpty();
          float difference = Math.abs(got.get(i).entropies()[0] - policy.get(i).entropies()[0]);
          assertThat(difference).as("entropy of the first position").isLessThan(0.2f);
          first += difference;
        }
        assertThat(first).as("it is another distribution").isPositive();
        int8.setWeights(TinyModel.weights(1));
        List<Trajectory> again = Runs.decode(int8, settings, group);
        for (int i = 0; i < got.size(); i++) {
          assertThat(again.get(i).ids()).isEqualTo(got.get(i).ids());
          assertThat(again.get(i).logProbs()).isEqualTo(got.get(i).logProbs());
        }
      }
    }
  }
}
