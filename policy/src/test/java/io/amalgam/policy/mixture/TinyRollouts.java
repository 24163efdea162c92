package io.amalgam.policy.mixture;

import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.decode.DecodeSettings;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.decode.TinyModel;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.train.ReplaySample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sequences of the tiny model, and samples made of them. */
final class TinyRollouts {
  /** Mixing until id 7, for at most six positions. */
  static final PhasePolicy PHASES = PhasePolicy.until(new EndMarker.Ids(new int[] {7}), 6, 7);

  /** Mixing for three positions, then a forced marker of two ids. */
  static final PhasePolicy FORCED =
      PhasePolicy.until(new EndMarker.Ids(new int[] {21, 21, 21}), 3, 21, 22);

  private TinyRollouts() {}

  static GenerationModel generation() {
    return GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute());
  }

  static TrainableModel trainable() {
    return TrainableModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute(), true);
  }

  /** One group, with the members in order. */
  static List<Trajectory> roll(
      ModelWeights weights, MethodSpec method, PhasePolicy phases, int members) {
    try (GenerationModel model =
        GenerationModel.load(TinyModel.CONFIG, weights, TinyModel.compute())) {
      return roll(model, method, phases, TinyModel.group(0, members, 12, 1, 2));
    }
  }

  /** Groups decoded together, in order of group and member. */
  static List<Trajectory> roll(
      GenerationModel model, MethodSpec method, PhasePolicy phases, GroupRequest... groups) {
    DecodeSettings settings = TinyModel.settings(method, phases);
    try (DecodeBatch batch = new DecodeBatch(model, settings, 4)) {
      List<Trajectory> all = new ArrayList<>();
      for (GroupRequest group : groups) {
        batch.admit(group);
        all.addAll(batch.step());
      }
      all.addAll(batch.stepToEnd());
      all.sort(
          Comparator.comparingLong((Trajectory t) -> t.key().ordinal())
              .thenComparingInt(t -> t.key().member()));
      return all;
    }
  }

  static List<ReplaySample> samples(List<Trajectory> all, double... advantages) {
    List<ReplaySample> out = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      out.add(new ReplaySample(all.get(i), advantages[i % advantages.length]));
    }
    return out;
  }
}
