package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.KvCache;
import io.amalgam.policy.kernel.PrefillSequence;
import io.amalgam.policy.kernel.StepInput;
import io.amalgam.policy.kernel.StepNoise;
import io.amalgam.policy.kernel.StepResult;
import io.amalgam.policy.mixture.CandidateFilter;
import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.mixture.FeedRule;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MixtureMethod;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.random.DrawKey;
import io.amalgam.policy.rollout.FinishReason;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sequences of different lengths that advance together, one position per {@link #step()}.
 *
 * <p>Between two steps groups may be admitted or cancelled and the weights replaced. What a member
 * samples depends on its key and the weights, not on its neighbours. The running rows are kept
 * compact at the front of the cache. One owner thread at a time; the model is the caller's, the
 * cache is the batch's.
 */
public final class DecodeBatch implements AutoCloseable {
  private final GenerationModel model;
  private final DecodeSettings settings;
  private final MixtureMethod method;
  private final boolean maximum;
  private final float noiseScale;
  private final EndIds endIds;
  private final KvCache cache;
  private final List<DecodeRow> rows = new ArrayList<>();
  private final List<PrefillSequence> admitted = new ArrayList<>();
  private long version;
  private final DecodeCounter count = new DecodeCounter();

  /**
   * An empty batch.
   *
   * @param version policy version of the model's present weights
   */
  public DecodeBatch(GenerationModel model, DecodeSettings settings, long version) {
    this.model = model;
    this.settings = settings;
    this.method = MethodCatalog.create(settings.method());
    this.maximum = method.feedRule() instanceof FeedRule.Maximum;
    this.noiseScale =
        method.feedRule() instanceof FeedRule.Noised noised
            ? (float) (noised.relative() * model.embeddingRms())
            : 0;
    this.endIds = new EndIds(settings.endIds());
    this.cache = model.newCache(settings.slots(), settings.context());
    this.version = version;
  }

  /** Number of sequences that can still be admitted. */
  public int freeSlots() {
    return settings.slots() - rows.size();
  }

  /** Number of running sequences. */
  public int running() {
    return rows.size();
  }

  /** The running sequences. */
  public List<TrajectoryKey> keys() {
    return rows.stream().map(DecodeRow::key).toList();
  }

  /** The policy version of the weights in use. */
  public long version() {
    return version;
  }

  /** Counts since the batch was made. */
  public DecodeStatistics statistics() {
    return count.snapshot();
  }

  /**
   * Starts all members of a group; the prompt is computed once, before the next step.
   *
   * @throws IllegalStateException when there are fewer free slots than members
   * @throws IllegalArgumentException when the prompt does not fit the context
   */
  public void admit(GroupRequest request) {
    if (request.members() > freeSlots()) {
      throw new IllegalStateException(
          request.members() + " members need more than the " + freeSlots() + " free slots");
    }
    int[] prompt = request.promptIds();
    if (prompt.length > settings.context()) {
      throw new IllegalArgumentException(
          "the prompt of group "
              + request.ordinal()
              + " has "
              + prompt.length
              + " ids, the context "
              + settings.context());
    }
    int limit = Math.min(request.maxNewTokens(), settings.context() - prompt.length + 1);
    MixtureMethod chosen = request.mode().method(method);
    int[] cacheRows = new int[request.members()];
    for (int i = 0; i < cacheRows.length; i++) {
      int member = request.firstMember() + i;
      cacheRows[i] = rows.size();
      rows.add(
          new DecodeRow(
              new TrajectoryKey(request.run(), request.ordinal(), request.attempt(), member),
              prompt,
              chosen,
              settings.phases().start(),
              new DrawKey(request.seed(), request.ordinal(), member, 0),
              limit));
    }
    if (prompt.length > 1) {
      int[] allButLast = java.util.Arrays.copyOf(prompt, prompt.length - 1);
      admitted.add(PrefillSequence.ofTokens(cacheRows, allButLast));
    }
  }

  /** Steps until nothing runs; the trajectories in the order they ended. */
  public List<Trajectory> stepToEnd() {
    List<Trajectory> all = new ArrayList<>();
    while (running() > 0) {
      all.addAll(step());
    }
    return all;
  }

  /**
   * Advances every running sequence by one position; the trajectories that ended with it.
   *
   * @throws ArithmeticException when logits are not finite; the batch is of no use then
   */
  public List<Trajectory> step() {
    prefillAdmitted();
    List<Trajectory> finished = new ArrayList<>();
    if (rows.isEmpty()) {
      return finished;
    }
    StepResult result = model.decode(cache, input());
    count.steps++;
    for (int r = rows.size() - 1; r >= 0; r--) {
      DecodeRow row = rows.get(r);
      Optional<FinishReason> end = row.advance(result.row(r), version, endIds);
      count.position(row);
      if (end.isPresent()) {
        finished.add(row.finish(end.get()));
        remove(r);
      }
    }
    count.finished += finished.size();
    return finished;
  }

  private StepInput input() {
    int n = rows.size();
    int k = method.spec().k();
    CandidateRequest request = request();
    int[] ids = new int[n * k];
    float[] weights = new float[n * k];
    int[] positions = new int[n];
    double[] uniforms = new double[n * request.draws()];
    for (int r = 0; r < n; r++) {
      DecodeRow row = rows.get(r);
      row.feed(ids, weights, r * k, k);
      positions[r] = row.position();
      for (int d = 0; d < request.draws(); d++) {
        uniforms[r * request.draws() + d] = row.uniform(d);
      }
    }
    float temperature = (float) method.spec().temperature();
    return new StepInput(
        n, k, ids, weights, positions, temperature, request, uniforms, maximum, noise());
  }

  private StepNoise noise() {
    if (noiseScale == 0) {
      return StepNoise.NONE;
    }
    int hidden = model.config().hiddenSize();
    float[] fed = new float[rows.size() * hidden];
    float[] drawn = new float[rows.size() * hidden];
    boolean any = false;
    for (int r = 0; r < rows.size(); r++) {
      any |= rows.get(r).noise(noiseScale, fed, drawn, r * hidden, hidden);
    }
    return any ? new StepNoise(noiseScale, fed, drawn) : StepNoise.NONE;
  }

  /** The method's request, with the most probable token too while a greedy sequence runs. */
  private CandidateRequest request() {
    CandidateRequest own = method.request().filtered(CandidateFilter.of(method.spec()));
    boolean greedy = rows.stream().anyMatch(DecodeRow::greedy);
    return greedy && own.top() == 0 ? own.withTop(1) : own;
  }

  /**
   * Replaces the weights between two steps; running sequences go on under the new version.
   *
   * @param newVersion version recorded with every position sampled from now on
   */
  public void swapWeights(ModelWeights weights, long newVersion) {
    model.setWeights(weights);
    version = newVersion;
    if (!settings.rebuildCache()) {
      prefillAdmitted();
      return;
    }
    admitted.clear();
    List<PrefillSequence> histories = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      if (rows.get(r).position() > 0) {
        histories.add(rows.get(r).history(r, noiseScale, model.config().hiddenSize()));
      }
    }
    if (!histories.isEmpty()) {
      model.prefill(cache, histories);
    }
    for (PrefillSequence history : histories) {
      count.rebuiltTokens += history.length();
    }
  }

  /** Drops all running members of the groups of that number; how many there were. */
  public int cancel(long ordinal) {
    return cancel(key -> key.ordinal() == ordinal);
  }

  /** Drops the running sequences that match; how many there were. */
  public int cancel(Predicate<TrajectoryKey> which) {
    prefillAdmitted();
    int dropped = 0;
    for (int r = rows.size() - 1; r >= 0; r--) {
      if (which.test(rows.get(r).key())) {
        remove(r);
        dropped++;
      }
    }
    count.cancelled += dropped;
    return dropped;
  }

  private void prefillAdmitted() {
    if (admitted.isEmpty()) {
      return;
    }
    model.prefill(cache, admitted);
    for (PrefillSequence prompt : admitted) {
      count.prefilledTokens += prompt.length();
    }
    admitted.clear();
  }

  /** Closes the gap that row {@code r} leaves with the last row. */
  private void remove(int r) {
    int last = rows.size() - 1;
    DecodeRow moved = rows.remove(last);
    if (r < last) {
      if (moved.position() > 0) {
        model.copyRow(cache, last, r, moved.position());
      }
      rows.set(r, moved);
    }
  }

  /** Frees the cache; running sequences are lost. */
  @Override
  public void close() {
    cache.close();
  }
}
