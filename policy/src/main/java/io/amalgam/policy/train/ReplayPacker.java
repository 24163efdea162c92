package io.amalgam.policy.train;

import io.amalgam.policy.kernel.PackedBatch;
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
   */
  static PackedBatch pack(List<Trajectory> trajectories, boolean recompute) {
    int k = trajectories.get(0).method().k();
    int total = trajectories.stream().mapToInt(ReplayPacker::inputs).sum();
    int scored = 0;
    for (Trajectory trajectory : trajectories) {
      for (byte terms : trajectory.terms()) {
        scored += terms > 0 ? 1 : 0;
      }
    }
    int[] lengths = new int[trajectories.size()];
    int[] ids = new int[total * k];
    float[] weights = new float[total * k];
    int[] features = new int[scored];
    int[] targets = new int[scored * k];
    float[] thresholds = new float[scored];
    float[] supports = new float[scored];
    int start = 0;
    int row = 0;
    for (int i = 0; i < lengths.length; i++) {
      Trajectory trajectory = trajectories.get(i);
      int prompt = trajectory.promptIds().length;
      lengths[i] = inputs(trajectory);
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
        recompute);
  }
}
