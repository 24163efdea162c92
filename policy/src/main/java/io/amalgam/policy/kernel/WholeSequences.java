package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Passes over whole sequences with the weights that decoding reads: into a cache, or to their
 * logits, log-probs and hidden states.
 */
final class WholeSequences {
  /** Rows of logits that exist at one time. */
  private static final int LOGIT_ROWS = 256;

  private final ModelConfig config;
  private final KernelModule module;
  private final int threads;
  private final DecodeWeights weights;
  private final ModelTables tables;
  private final CacheKernels caches;
  private final Packing packing;

  WholeSequences(
      ModelConfig config,
      KernelModule module,
      int threads,
      DecodeWeights weights,
      ModelTables tables,
      CacheKernels caches,
      Packing packing) {
    this.config = config;
    this.module = module;
    this.threads = threads;
    this.weights = weights;
    this.tables = tables;
    this.caches = caches;
    this.packing = packing;
  }

  /** Computes sequences and stores their keys and values where {@code copies} says. */
  void store(
      CallScope scope, KvCache cache, List<PrefillSequence> sequences, CacheKernels.Copies copies) {
    hidden(scope, cache.keys(), cache.values(), sequences, copies, false).close();
  }

  /** The logits of a sequence without a cache, [T, vocabulary] row-major f32. */
  float[] logits(PrefillSequence sequence) {
    int vocab = config.vocabSize();
    float[] out = new float[Math.multiplyExact(sequence.length(), vocab)];
    logitRows(sequence, 0, (row, some) -> System.arraycopy(some, 0, out, row * vocab, some.length));
    return out;
  }

  /** The log-probs at temperature 1 of the ids from {@code from} on, at least 1; nats. */
  double[] logProbs(int[] ids, int from) {
    double[] out = new double[ids.length - from];
    if (out.length > 0) {
      int[] before = Arrays.copyOf(ids, ids.length - 1);
      logitRows(
          PrefillSequence.ofTokens(new int[] {0}, before),
          from - 1,
          (first, some) -> {
            for (int r = 0; r < some.length / config.vocabSize(); r++) {
              out[first + r + 1 - from] = logProb(some, r * config.vocabSize(), ids[first + r + 1]);
            }
          });
    }
    return out;
  }

  private double logProb(float[] logits, int at, int id) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < config.vocabSize(); v++) {
      largest = Math.max(largest, logits[at + v]);
    }
    double sum = 0;
    for (int v = 0; v < config.vocabSize(); v++) {
      sum += Math.exp(logits[at + v] - largest);
    }
    return logits[at + id] - largest - Math.log(sum);
  }

  /** Takes the logits of some positions, the first of which has that number. */
  private interface LogitRows {
    void take(int first, float[] logits);
  }

  private void logitRows(PrefillSequence sequence, int from, LogitRows rows) {
    try (CallScope scope = new CallScope(module)) {
      IValue hidden = scope.keep(hidden(scope, sequence, false));
      PtNDArray[] states =
          scope.keep(new Closeables(hidden.toTensorArray(module.manager()))).arrays;
      IValue last = scope.of(states[states.length - 1]);
      for (int a = from; a < sequence.length(); a += LOGIT_ROWS) {
        int b = Math.min(sequence.length(), a + LOGIT_ROWS);
        try (CallScope chunk = new CallScope(module)) {
          PtNDArray some =
              chunk.keep(
                  module.tensor(
                      threads,
                      "logits",
                      weights.list(),
                      last,
                      chunk.integer(a),
                      chunk.integer(b),
                      chunk.integer(packing.code())));
          rows.take(a, some.toFloatArray());
        }
      }
    }
  }

  /** The hidden states of a sequence. See {@link GenerationModel#hiddenStates}. */
  List<float[]> hiddenStates(PrefillSequence sequence) {
    List<float[]> out = new ArrayList<>();
    try (CallScope scope = new CallScope(module)) {
      IValue hidden = scope.keep(hidden(scope, sequence, true));
      for (PtNDArray a :
          scope.keep(new Closeables(hidden.toTensorArray(module.manager()))).arrays) {
        try (CallScope one = new CallScope(module)) {
          PtNDArray wide =
              one.keep(module.tensor(threads, "cast", one.of(a), one.integer(KernelModule.F32)));
          out.add(wide.toFloatArray());
        }
      }
    }
    return out;
  }

  private IValue hidden(CallScope scope, PrefillSequence sequence, boolean collect) {
    KvCache none = scope.keep(caches.make());
    CacheKernels.Copies nothing = caches.copies(scope, none, List.of());
    return hidden(scope, none.keys(), none.values(), List.of(sequence), nothing, collect);
  }

  private IValue hidden(
      CallScope scope,
      IValue keys,
      IValue values,
      List<PrefillSequence> sequences,
      CacheKernels.Copies copies,
      boolean collect) {
    SequenceInputs inputs = new SequenceInputs(config, sequences);
    int[] lengths = sequences.stream().mapToInt(PrefillSequence::length).toArray();
    int[] apart = sequences.stream().mapToInt(PrefillSequence::apart).toArray();
    AttentionPlan plan = new AttentionPlan(scope, lengths, apart, tables.pairs());
    return module.call(
        threads,
        "prefill",
        weights.list(),
        keys,
        values,
        tables.tables(Arrays.stream(lengths).max().orElse(1)),
        inputs.list(scope, config.vocabSize()),
        plan.groups(),
        plan.sizes(),
        tables.shape(inputs.maximum()),
        tables.layers(),
        copies.tokens(),
        copies.buckets(),
        scope.flag(collect));
  }

  private record Closeables(PtNDArray[] arrays) implements AutoCloseable {
    @Override
    public void close() {
      for (PtNDArray a : arrays) {
        a.close();
      }
    }
  }
}
