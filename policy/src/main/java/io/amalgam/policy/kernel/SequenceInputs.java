package io.amalgam.policy.kernel;

import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.ModelConfig;
import java.util.List;

/**
 * Sequences end to end as the prefill kernel takes them: ids [N, k], weights [N, k] with the noise
 * [N, hidden] behind them if there is any, positions [N].
 */
final class SequenceInputs {
  private final int k;
  private final int width;
  private final long[] ids;
  private final float[] feed;
  private final long[] positions;
  private final boolean maximum;

  SequenceInputs(ModelConfig config, List<PrefillSequence> sequences) {
    this(config, sequences, 0);
  }

  /** The same with the positions counted from {@code start}. */
  SequenceInputs(ModelConfig config, List<PrefillSequence> sequences, int start) {
    int tokens = sequences.stream().mapToInt(PrefillSequence::length).sum();
    boolean noisy = sequences.stream().anyMatch(s -> s.noise().length > 0);
    k = sequences.stream().mapToInt(PrefillSequence::k).max().orElse(1);
    width = k + (noisy ? config.hiddenSize() : 0);
    ids = new long[tokens * k];
    feed = new float[tokens * width];
    positions = new long[tokens];
    maximum = sequences.stream().anyMatch(PrefillSequence::maximum);
    int n = 0;
    for (PrefillSequence s : sequences) {
      // what has one id per position is fed plainly either way
      if (maximum && !s.maximum() && s.k() > 1) {
        throw new IllegalArgumentException("sequences fed by maximum and by sum do not mix");
      }
      add(s, n, start, config.hiddenSize());
      n += s.length();
    }
  }

  private void add(PrefillSequence s, int first, int start, int hidden) {
    for (int t = 0; t < s.length(); t++) {
      int n = first + t;
      for (int j = 0; j < s.k(); j++) {
        ids[n * k + j] = s.ids()[t * s.k() + j];
        feed[n * width + j] = s.weights().length == 0 ? 1 : s.weights()[t * s.k() + j];
      }
      if (s.noise().length > 0) {
        System.arraycopy(s.noise(), t * hidden, feed, n * width + k, hidden);
      }
      positions[n] = (long) start + t;
    }
  }

  boolean maximum() {
    return maximum;
  }

  /** The kernel's {@code batch}; the ids must be of the vocabulary. */
  IValue list(CallScope scope, int vocabulary) {
    for (long id : ids) {
      if (id < 0 || id >= vocabulary) {
        throw new IllegalArgumentException(
            "id " + id + " is outside the vocabulary of " + vocabulary);
      }
    }
    int tokens = positions.length;
    return scope.list(
        scope.tensor(ids, tokens, k),
        scope.tensor(feed, tokens, width),
        scope.tensor(positions, tokens));
  }
}
