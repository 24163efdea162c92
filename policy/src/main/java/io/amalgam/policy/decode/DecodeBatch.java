package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.CacheRun;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.PrefillSequence;
import io.amalgam.policy.kernel.StepResult;
import io.amalgam.policy.mixture.FeedRule;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MixtureMethod;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.rollout.FinishReason;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import io.amalgam.policy.rollout.UnfinishedSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Sequences of different lengths that advance together, one position per {@link #step()}.
 *
 * <p>Between two steps groups may be admitted or cancelled, sequences exported or taken over, and
 * the weights replaced. What a member samples depends on its key and the weights, not on its
 * neighbours. Key-value memory grows with the sequences, within the budget of the settings: a
 * sequence reserves what it takes at its longest when it is admitted. One owner thread at a time;
 * the model is the caller's, the cache is the batch's.
 */
public final class DecodeBatch implements AutoCloseable {
  /** Positions computed in one call when caches are computed anew; bounds the activations. */
  private static final int REBUILT_AT_ONCE = 4096;

  private final GenerationModel model;
  private final DecodeSettings settings;
  private final MixtureMethod method;
  private final float noiseScale;
  private final EndIds endIds;
  private final CacheBudget budget;
  private final CacheRows rows;
  private final PromptQueue prompts;
  private final StepInputs inputs;
  private final AdmissionChecks fits;
  private long version;
  private final DecodeCounter count = new DecodeCounter();

  /**
   * An empty batch.
   *
   * @param version policy version of the model's present weights
   * @throws IllegalArgumentException when the memory budget cannot hold one sequence of the context
   */
  public DecodeBatch(GenerationModel model, DecodeSettings settings, long version) {
    CacheBudget.check(model.config(), model.format(), settings.cacheBytes(), settings.context());
    this.model = model;
    this.settings = settings;
    this.method = MethodCatalog.create(settings.method());
    this.noiseScale =
        method.feedRule() instanceof FeedRule.Noised noised
            ? (float) (noised.relative() * model.embeddingRms())
            : 0;
    this.endIds = new EndIds(settings.endIds());
    CacheBuckets buckets = CacheBuckets.upTo(settings.context());
    this.budget =
        new CacheBudget(
            buckets,
            settings.cacheBytes(),
            GenerationModel.cacheBytesPerPosition(model.config(), model.format()));
    this.rows = new CacheRows(model, buckets, budget.positions(), settings.slots());
    this.prompts = new PromptQueue(model, rows, settings.prefillChunk());
    this.inputs =
        new StepInputs(method, settings.phases(), noiseScale, model.config().hiddenSize());
    this.fits = new AdmissionChecks(settings.context(), model.config().vocabSize());
    this.version = version;
  }

  /** Number of sequences that can still be admitted, if there is memory for them. */
  public int freeSlots() {
    return settings.slots() - running();
  }

  /** How many members of a group can be admitted now: by the free slots and the free memory. */
  public int room(GroupRequest request) {
    int prompt = request.promptIds().length;
    if (prompt > settings.context()) {
      return freeSlots();
    }
    int longest = prompt + fits.limit(request) - 1;
    int apart = SharedPrompt.positions(prompt, Math.min(request.members(), freeSlots()));
    int sharing = budget.room(longest - apart, apart);
    // So few that they share nothing need more memory each.
    int room = SharedPrompt.positions(prompt, sharing) == apart ? sharing : budget.room(longest, 0);
    return Math.min(freeSlots(), room);
  }

  /** Number of admitted sequences that have not ended. */
  public int running() {
    return rows.size() + prompts.size();
  }

  /** The admitted sequences that have not ended. */
  public List<TrajectoryKey> keys() {
    return sequences().map(DecodeRow::key).toList();
  }

  private Stream<DecodeRow> sequences() {
    return Stream.concat(rows.all().stream(), prompts.all().stream());
  }

  /** The ids that a sequence has recorded so far; empty when it is not running. */
  public Optional<int[]> written(TrajectoryKey key) {
    return sequences().filter(row -> row.key().equals(key)).findFirst().map(DecodeRow::written);
  }

  /** The policy version of the weights in use. */
  public long version() {
    return version;
  }

  /** Counts since the batch was made. */
  public DecodeStatistics statistics() {
    return count.snapshot();
  }

  /** The key-value memory in use. */
  public CacheUse memory() {
    return new CacheUse(
        rows.cache().bytes(), rows.peakBytes(), settings.cacheBytes(), budget.free());
  }

  /**
   * Starts all members of a group; the prompt is computed once, before the next steps.
   *
   * @throws IllegalStateException when there is less {@link #room} than members
   * @throws IllegalArgumentException when the prompt does not fit the context, or holds an id
   *     outside the vocabulary
   */
  public void admit(GroupRequest request) {
    if (request.members() > freeSlots()) {
      throw new IllegalStateException(
          request.members() + " members need more than the " + freeSlots() + " free slots");
    }
    int[] prompt = fits.prompt(request);
    if (request.members() > room(request)) {
      throw new IllegalStateException(
          request.members()
              + " members need more key-value memory than the "
              + budget.free()
              + " free positions");
    }
    MixtureMethod chosen = request.mode().method(method);
    int apart = SharedPrompt.positions(prompt.length, request.members());
    Optional<SharedPrompt> shared =
        apart == 0 ? Optional.empty() : Optional.of(new SharedPrompt(apart, request.members()));
    List<DecodeRow> members = new ArrayList<>();
    for (int i = 0; i < request.members(); i++) {
      int member = request.firstMember() + i;
      members.add(DecodeRow.begin(request, member, chosen, settings, fits.limit(request), shared));
    }
    reserve(members);
    int[] allButLast = Arrays.copyOf(prompt, prompt.length - 1);
    prompts.add(members, PrefillSequence.ofTokens(new int[] {0}, allButLast));
  }

  /**
   * Goes on with a sequence that was begun elsewhere; its cache is computed before the next steps.
   * With the same weights it samples what it would have sampled there, in f32 up to rounding.
   *
   * @throws IllegalStateException when there is no free slot or too little free memory
   * @throws IllegalArgumentException when the sequence was decoded in a way that this batch does
   *     not decode, or does not fit its context
   */
  public void resume(UnfinishedSequence sequence) {
    MixtureMethod chosen = fits.method(sequence, method);
    int apart = DecodeRow.apart(sequence);
    if (freeSlots() == 0 || budget.room(sequence.positions() - apart, apart) == 0) {
      throw new IllegalStateException(
          "there are "
              + freeSlots()
              + " free slots and "
              + budget.free()
              + " free positions for a sequence of "
              + sequence.positions());
    }
    DecodeRow row = DecodeRow.resume(sequence, chosen, settings);
    reserve(List.of(row));
    prompts.add(List.of(row), row.history(noiseScale, model.config().hiddenSize()));
  }

  /**
   * Takes running sequences out of the batch so that another one may {@link #resume} them; those
   * that match, in no order.
   */
  public List<UnfinishedSequence> export(Predicate<TrajectoryKey> which) {
    return remove(which).stream().map(DecodeRow::export).toList();
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
   * Advances every sequence whose prompt is computed by one position; the trajectories that ended
   * with it.
   *
   * @throws ArithmeticException when logits are not finite; the batch is of no use then
   */
  public List<Trajectory> step() {
    count.prefilledTokens += prompts.advance();
    List<Trajectory> finished = new ArrayList<>();
    rows.arrange();
    List<DecodeRow> all = rows.all();
    if (all.isEmpty()) {
      return finished;
    }
    StepResult result = model.decode(rows.cache(), inputs.of(all, rows.runs()));
    count.steps++;
    Set<DecodeRow> ended = new HashSet<>();
    for (int r = all.size() - 1; r >= 0; r--) {
      DecodeRow row = all.get(r);
      Optional<FinishReason> end = row.advance(result.row(r), version, endIds);
      count.position(row);
      if (end.isPresent()) {
        finished.add(row.finish(end.get()));
        ended.add(row);
      }
    }
    if (!ended.isEmpty()) {
      rows.remove(ended::contains).forEach(this::release);
    }
    count.finished += finished.size();
    return finished;
  }

  /**
   * Replaces the weights between two steps; running sequences go on under the new version.
   *
   * @param newVersion version recorded with every position sampled from now on
   */
  public void swapWeights(ModelWeights weights, long newVersion) {
    model.setWeights(weights);
    version = newVersion;
    if (settings.rebuildCache()) {
      prompts.restart();
      rebuild();
    }
  }

  private void rebuild() {
    List<DecodeRow> all = rows.all();
    int[] places = rows.places();
    List<PrefillSequence> some = new ArrayList<>();
    Set<SharedPrompt> stored = new HashSet<>();
    int positions = 0;
    for (int r = 0; r < places.length; r++) {
      DecodeRow row = all.get(r);
      int length = row.position();
      if (positions > 0 && positions + length > REBUILT_AT_ONCE) {
        model.prefill(rows.cache(), some);
        some.clear();
        positions = 0;
      }
      // What is shared is computed with each sequence and stored with the first of them.
      int shared =
          row.shared().filter(stored::add).map(SharedPrompt::place).orElse(CacheRun.NOWHERE);
      some.add(
          row.history(noiseScale, model.config().hiddenSize())
              .placed(new int[] {places[r]}, shared, row.apart()));
      positions += length;
      count.rebuiltTokens += length;
    }
    model.prefill(rows.cache(), some);
  }

  /** Drops all running members of the groups of that number; how many there were. */
  public int cancel(long ordinal) {
    return cancel(key -> key.ordinal() == ordinal);
  }

  /** Drops the running sequences that match; how many there were. */
  public int cancel(Predicate<TrajectoryKey> which) {
    int dropped = remove(which).size();
    count.cancelled += dropped;
    return dropped;
  }

  private List<DecodeRow> remove(Predicate<TrajectoryKey> which) {
    List<DecodeRow> out = new ArrayList<>(rows.remove(row -> which.test(row.key())));
    out.addAll(prompts.remove(row -> which.test(row.key())));
    out.forEach(this::release);
    return out;
  }

  /** Promises memory to sequences that share what they share. */
  private void reserve(List<DecodeRow> members) {
    members.get(0).shared().ifPresent(prompt -> budget.reserve(prompt.positions()));
    members.forEach(row -> budget.reserve(row.longest()));
  }

  private void release(DecodeRow row) {
    budget.release(row.longest());
    row.shared()
        .filter(SharedPrompt::leave)
        .ifPresent(
            prompt -> {
              budget.release(prompt.positions());
              rows.free(prompt);
            });
  }

  /** Frees the cache; running sequences are lost. */
  @Override
  public void close() {
    prompts.close();
    rows.close();
  }
}
