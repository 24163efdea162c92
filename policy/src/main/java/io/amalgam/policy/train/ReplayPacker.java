package io.amalgam.policy.train;

import io.amalgam.policy.kernel.CacheRun;
import io.amalgam.policy.kernel.PackedBatch;
import io.amalgam.policy.mixture.FeedNoise;
import io.amalgam.policy.mixture.FeedRule;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.rollout.PositionFlag;
import io.amalgam.policy.rollout.Trajectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** The layout of trajectories as model input, and their division into micro-batches. */
final class ReplayPacker {
  private ReplayPacker() {}

  /** Input positions of a trajectory: the prompt and every generated position but the last. */
  static int inputs(Trajectory trajectory) {
    return trajectory.promptIds().length + trajectory.length() - 1;
  }

  /** Divides items, longest first, so that each part stays within the budget or has one item. */
  static <T> List<List<T>> divide(List<T> items, ToIntFunction<T> tokens, int budget) {
    List<T> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparingInt(tokens).reversed());
    List<List<T>> parts = new ArrayList<>();
    List<T> part = new ArrayList<>();
    int used = 0;
    for (T item : sorted) {
      int size = tokens.applyAsInt(item);
      if (!part.isEmpty() && used + size > budget) {
        parts.add(part);
        part = new ArrayList<>();
        used = 0;
      }
      part.add(item);
      used += size;
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  /**
   * The sequences end to end; scored are the positions with a likelihood, each from the input
   * before it.
   *
   * @param hidden size of a fed vector
   */
  static PackedBatch pack(List<Trajectory> trajectories, boolean recompute, int hidden) {
    FeedRule rule = MethodCatalog.create(trajectories.get(0).method()).feedRule();
    int k = trajectories.get(0).method().k();
    int total = trajectories.stream().mapToInt(ReplayPacker::inputs).sum();
    int scored = 0;
    for (Trajectory trajectory : trajectories) {
      for (byte terms : trajectory.terms()) {
        scored += terms > 0 ? 1 : 0;
      }
    }
    int[] lengths = new int[trajectories.size()];
    int[] apart = new int[lengths.length];
    int[] ids = new int[total * k];
    float[] weights = new float[total * k];
    int[] features = new int[scored];
    int[] targets = new int[scored * k];
    float[] thresholds = new float[scored];
    float[] supports = new float[scored];
    float[] noise = new float[rule instanceof FeedRule.Noised ? total * hidden : 0];
    int start = 0;
    int row = 0;
    for (int i = 0; i < lengths.length; i++) {
      Trajectory trajectory = trajectories.get(i);
      int prompt = trajectory.promptIds().length;
      lengths[i] = inputs(trajectory);
      apart[i] = trajectory.promptApart() ? CacheRun.beginning(prompt) : 0;
      for (int p = 0; p < prompt; p++) {
        for (int j = 0; j < k; j++) {
          ids[(start + p) * k + j] = trajectory.promptIds()[p];
        }
        weights[(start + p) * k] = 1;
      }
      int fed = (lengths[i] - prompt) * k;
      System.arraycopy(trajectory.ids(), 0, ids, (start + prompt) * k, fed);
      System.arraycopy(trajectory.weights(), 0, weights, (start + prompt) * k, fed);
      for (int t = 0; t < trajectory.length(); t++) {
        if (trajectory.terms()[t] > 0) {
          features[row] = start + prompt - 1 + t;
          System.arraycopy(trajectory.ids(), t * k, targets, row * k, k);
          thresholds[row] = trajectory.thresholds()[t];
          supports[row] = trajectory.supports()[t];
          row++;
        }
      }
      if (rule instanceof FeedRule.Noised noised) {
        addNoise(trajectory, noised, noise, start + prompt, hidden);
      }
      start += lengths[i];
    }
    float temperature = (float) trajectories.get(0).method().temperature();
    return new PackedBatch(
        lengths,
        k,
        ids,
        weights,
        features,
        k,
        targets,
        thresholds,
        supports,
        temperature,
        recompute,
        rule instanceof FeedRule.Maximum,
        noise,
        apart);
  }

  /** Writes the noise of the fed positions of a trajectory, the first of them at {@code first}. */
  private static void addNoise(
      Trajectory trajectory, FeedRule.Noised noised, float[] noise, int first, int hidden) {
    for (int t = 0; t + 1 < trajectory.length(); t++) {
      if (PositionFlag.NOISED.in(trajectory.flags()[t])) {
        float scale = trajectory.auxiliary()[t * trajectory.auxiliaryWidth() + noised.scaleIndex()];
        FeedNoise.write(trajectory.draws(t), scale, noise, (first + t) * hidden, hidden);
      }
    }
  }
}
