package io.amalgam.policy.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import java.util.List;

/**
 * The weights of a model on the device, ready for decoding.
 *
 * <p>Any thread may call it, one at a time. A decode step is one call into the kernels: mixture of
 * embeddings, all layers against the cache, logits, and the {@link CandidateRequest}. In f32 the
 * same input in the same row gives the same bits; the other rows of a batch change a row's numbers
 * only through the order in which products of another size are summed.
 */
public final class GenerationModel implements AutoCloseable {
  private final ModelConfig config;
  private final KernelModule module;
  private final int threads;
  private final int dtype;
  private final DecodeWeights weights;
  private final ModelTables tables;
  private final CacheKernels caches;
  private final WholeSequences whole;
  private final DecodeStep step;

  private GenerationModel(
      ModelConfig config, KernelModule module, int threads, int dtype, KernelForm form) {
    this.config = config;
    this.module = module;
    this.threads = threads;
    this.dtype = dtype;
    weights = new DecodeWeights(module, threads, new WeightSlots(config), dtype, form, config);
    tables = new ModelTables(module, config, dtype, form);
    caches = new CacheKernels(module, config, threads, dtype, form.fused());
    whole = new WholeSequences(config, module, threads, weights, tables, caches, form.packing());
    step = new DecodeStep(config, module, threads, dtype, weights, tables, caches);
  }

  /**
   * Copies weights to the device.
   *
   * @throws io.amalgam.policy.model.ModelFormatException if names or shapes are not those of the
   *     configuration
   */
  public static GenerationModel load(
      ModelConfig config, ModelWeights weights, ComputeSettings settings) {
    KernelModule module = KernelModule.on(settings.device());
    int dtype = FormatProbe.dtype(settings, config.parameters(), FormatProbe.DECODE_ROWS);
    KernelForm form = KernelForm.forDecoding(module, dtype, config, settings);
    return load(config, weights, module, settings.threads(), dtype, form);
  }

  /** The same with the form of the kernels given, so that tests reach all of them. */
  static GenerationModel load(
      ModelConfig config,
      ModelWeights weights,
      KernelModule module,
      int threads,
      int dtype,
      KernelForm form) {
    WeightSlots.check(config, weights);
    GenerationModel model = new GenerationModel(config, module, threads, dtype, form);
    model.weights.store(weights);
    return model;
  }

  /** The shape of the model. */
  public ModelConfig config() {
    return config;
  }

  /** Where it computes: {@code cpu}, or {@code cuda:0} and so on. */
  public String device() {
    return module.device();
  }

  /** The format that products are computed in, F32 or BF16. */
  public ComputeFormat format() {
    return dtype == KernelModule.F32 ? ComputeFormat.F32 : ComputeFormat.BF16;
  }

  /** Replaces all weights by those of a new version; caches keep the old version's values. */
  public void setWeights(ModelWeights newWeights) {
    WeightSlots.check(config, newWeights);
    weights.store(newWeights);
  }

  /** Memory in bytes of one position of one row of a cache, all layers, in a format. */
  public static long cacheBytesPerPosition(ModelConfig config, ComputeFormat format) {
    return CacheKernels.bytesPerPosition(
        config, format == ComputeFormat.BF16 ? KernelModule.BF16 : KernelModule.F32);
  }

  /** An empty cache of one bucket: {@code rows} rows of at least {@code length} positions. */
  public KvCache newCache(int rows, int length) {
    KvCache cache = caches.make(length);
    caches.resize(cache, 0, rows, 0);
    return cache;
  }

  /** An empty cache of buckets of at least these lengths, without rows yet. */
  public KvCache newBuckets(int... lengths) {
    return caches.make(lengths);
  }

  /**
   * Gives a bucket another number of rows.
   *
   * @param kept so many of its first rows keep what they hold; the others are empty
   */
  public void resize(KvCache cache, int bucket, int rows, int kept) {
    caches.resize(cache, bucket, rows, kept);
  }

  /** Computes each sequence once and stores its keys and values in all its rows. */
  public void prefill(KvCache cache, List<PrefillSequence> sequences) {
    List<PrefillSequence> some = sequences.stream().filter(s -> s.length() > 0).toList();
    if (some.isEmpty()) {
      return;
    }
    for (PrefillSequence s : some) {
      s.targets().forEach(target -> cache.check(target.place(), target.length()));
    }
    try (CallScope scope = new CallScope(module)) {
      CacheKernels.Copies copies = caches.copies(scope, cache, some);
      whole.store(scope, cache, some, copies);
    }
  }

  /**
   * Computes further positions of a row whose earlier ones are in the cache.
   *
   * @param more the positions, to be stored in its only row
   * @param start number of the first of them
   * @param apart so many first positions of the whole sequence are summed apart from the others
   */
  public void extend(KvCache cache, PrefillSequence more, int start, int apart) {
    if (more.rows().length != 1) {
      throw new IllegalArgumentException("one row is extended at a time, not several");
    }
    SequenceInputs inputs = new SequenceInputs(config, List.of(more), start);
    try (CallScope scope = new CallScope(module)) {
      module.run(
          threads,
          "extend",
          weights.list(),
          cache.keys(),
          cache.values(),
          tables.tables(start + more.length()),
          inputs.list(scope, config.vocabSize()),
          caches.segment(scope, cache, more.rows()[0], start, more.length(), apart),
          tables.shape(inputs.maximum()),
          tables.layers());
    }
  }

  /**
   * One decode step for rows of a cache.
   *
   * @throws IllegalArgumentException for an id outside the vocabulary, or rows that the cache does
   *     not have
   */
  public StepResult decode(KvCache cache, StepInput in) {
    return step.run(cache, in);
  }

  /** Root mean square of the embedding's entries, the unit of {@link StepNoise#scale()}. */
  public double embeddingRms() {
    try (PtNDArray rms = module.tensor(threads, "embedding_rms", weights.list())) {
      return rms.toDoubleArray()[0];
    }
  }

  private int checked(int id) {
    if (id < 0 || id >= config.vocabSize()) {
      throw new IllegalArgumentException(
          "id " + id + " is outside the vocabulary of " + config.vocabSize());
    }
    return id;
  }

  /** Copies the first {@code length} positions of a row of the cache into another row. */
  public void copyRow(KvCache cache, int from, int to, int length) {
    if (from != to) {
      copyRow(cache, from, 0, cache, to, length);
    }
  }

  /**
   * Copies {@code length} positions of a row, from {@code start} on, to the beginning of a row of
   * another cache.
   */
  public void copyRow(KvCache source, int from, int start, KvCache target, int to, int length) {
    if (length > 0) {
      caches.copyRow(source, from, start, target, to, length);
    }
  }

  /**
   * The logits of a whole sequence without a cache.
   *
   * @param ids [T, k]
   * @param mixWeights [T, k]; empty for plain tokens (k = 1)
   * @return [T, vocabulary] row-major f32
   */
  public float[] logits(int[] ids, float[] mixWeights, int k) {
    return logits(alone(ids, mixWeights, k));
  }

  /** The logits of a sequence without a cache, [T, vocabulary] row-major f32. */
  public float[] logits(PrefillSequence sequence) {
    return whole.logits(sequence);
  }

  /**
   * The log-probs at temperature 1, as these weights decode, of the ids from {@code from} on, each
   * after all ids before it, nats; the logits of few positions exist at a time.
   *
   * @param from at least 1
   * @return [ids.length − from]
   */
  public double[] logProbs(int[] ids, int from) {
    if (from < 1 || from > ids.length) {
      throw new IllegalArgumentException(
          "of " + ids.length + " ids those from " + from + " on have no log-probs");
    }
    for (int id : ids) {
      checked(id);
    }
    return whole.logProbs(ids, from);
  }

  /**
   * The hidden states of a whole sequence: the input embeddings, the output of each layer but the
   * last, and the output of the last layer after the last norm; each [T, hidden] f32.
   */
  public List<float[]> hiddenStates(int[] ids, float[] mixWeights, int k) {
    return hiddenStates(alone(ids, mixWeights, k));
  }

  /** The hidden states of a sequence, as above. */
  public List<float[]> hiddenStates(PrefillSequence sequence) {
    return whole.hiddenStates(sequence);
  }

  private static PrefillSequence alone(int[] ids, float[] mixWeights, int k) {
    return new PrefillSequence(new int[] {0}, k, ids, mixWeights);
  }

  /** Releases the weights; caches must be closed by their owners. */
  @Override
  public void close() {
    step.close();
    weights.close();
    tables.close();
  }
}
