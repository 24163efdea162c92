package io.amalgam.policy.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.rollout.Trajectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Decoding to the end, and the comparison of trajectories of one key. */
final class Runs {
  /** Methods whose fed weights are functions of the probabilities. */
  private static final Set<String> AVERAGES =
      Set.of(
          "gaussian",
          "gumbel",
          "latent-gumbel",
          "lepo",
          "moi",
          "soft-thinking",
          "nucleus",
          "inverse-probability");

  private Runs() {}

  static List<Trajectory> decode(
      GenerationModel model, DecodeSettings settings, GroupRequest... groups) {
    try (DecodeBatch batch = new DecodeBatch(model, settings, 0)) {
      for (GroupRequest g : groups) {
        batch.admit(g);
      }
      return finish(batch);
    }
  }

  /** Steps to the end; by group and member. */
  static List<Trajectory> finish(DecodeBatch batch) {
    return sorted(batch.stepToEnd());
  }

  static List<Trajectory> sorted(List<Trajectory> some) {
    List<Trajectory> all = new ArrayList<>(some);
    all.sort(
        Comparator.comparingLong((Trajectory t) -> t.key().ordinal())
            .thenComparing(t -> t.key().member()));
    return all;
  }

  /** That two trajectories are the same but for rounding. */
  static void same(Trajectory got, Trajectory expected) {
    String method = expected.method().method();
    // The weights of an average decide the next one: a rounding may double with each position.
    float tolerance = AVERAGES.contains(method) ? 1e-2f : 1e-4f;
    assertThat(got.key()).isEqualTo(expected.key());
    assertThat(got.ids()).as("%s ids", method).isEqualTo(expected.ids());
    assertThat(got.representatives()).isEqualTo(expected.representatives());
    assertThat(got.slots()).isEqualTo(expected.slots());
    assertThat(got.flags()).isEqualTo(expected.flags());
    assertThat(got.finish()).isEqualTo(expected.finish());
    assertThat(got.closedBy()).isEqualTo(expected.closedBy());
    for (int i = 0; i < expected.logProbs().length; i++) {
      assertThat(got.logProbs()[i])
          .as("%s log-prob", method)
          .isCloseTo(expected.logProbs()[i], within(tolerance));
      assertThat(got.weights()[i])
          .as("%s weight", method)
          .isCloseTo(expected.weights()[i], within(tolerance));
    }
  }
}
