package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.CacheRun;
import io.amalgam.policy.kernel.PrefillSequence;
import io.amalgam.policy.mixture.Candidates;
import io.amalgam.policy.mixture.FeedNoise;
import io.amalgam.policy.mixture.FeedRule;
import io.amalgam.policy.mixture.Greedy;
import io.amalgam.policy.mixture.MixtureMethod;
import io.amalgam.policy.mixture.MixtureStep;
import io.amalgam.policy.mixture.Phase;
import io.amalgam.policy.mixture.PhaseTracker;
import io.amalgam.policy.mixture.Settled;
import io.amalgam.policy.random.DrawKey;
import io.amalgam.policy.rollout.FinishReason;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import io.amalgam.policy.rollout.UnfinishedSequence;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** One running sequence: what it is, what it has recorded, and what it feeds next. */
final class DecodeRow {
  private final TrajectoryKey key;
  private final int[] promptIds;
  private final MixtureMethod method;
  private final PhaseTracker phase;
  private final DrawKey draws;
  private final int limit;
  private final Optional<SharedPrompt> shared;
  private final TrajectoryRecorder recorder;
  private final boolean noisy;
  private final boolean maximum;
  private final StopStrings.Watch stops;
  private float[] drawnNoise = {};

  private DecodeRow(
      TrajectoryKey key,
      int[] promptIds,
      MixtureMethod method,
      PhaseTracker phase,
      DrawKey draws,
      int limit,
      Optional<SharedPrompt> shared,
      StopStrings stops,
      TrajectoryRecorder recorder) {
    this.key = key;
    this.promptIds = promptIds;
    this.method = method;
    this.phase = phase;
    this.draws = draws;
    this.limit = limit;
    this.shared = shared;
    this.recorder = recorder;
    this.noisy = method.feedRule() instanceof FeedRule.Noised;
    this.maximum = method.feedRule() instanceof FeedRule.Maximum;
    this.stops = stops.watch();
    for (int t = 0; t < recorder.length(); t++) {
      this.stops.accept(recorder.representative(t));
    }
  }

  /**
   * A member of a group, at its start.
   *
   * @param shared what it shares with the other members
   */
  static DecodeRow begin(
      GroupRequest group,
      int member,
      MixtureMethod method,
      DecodeSettings settings,
      int limit,
      Optional<SharedPrompt> shared) {
    return new DecodeRow(
        new TrajectoryKey(group.run(), group.ordinal(), group.attempt(), member),
        group.promptIds(),
        method,
        settings.phases().start(),
        new DrawKey(group.seed(), group.ordinal(), member, 0),
        limit,
        shared,
        settings.stops(),
        new TrajectoryRecorder(method.spec().k(), method.auxiliaryWidth(), shared.isPresent()));
  }

  /** A sequence that was begun elsewhere. */
  static DecodeRow resume(
      UnfinishedSequence sequence, MixtureMethod method, DecodeSettings settings) {
    Trajectory soFar = sequence.soFar();
    int apart = apart(sequence);
    return new DecodeRow(
        sequence.key(),
        soFar.promptIds(),
        method,
        settings.phases().resume(sequence.phase()),
        new DrawKey(soFar.seed(), sequence.key().ordinal(), sequence.key().member(), 0),
        sequence.limit(),
        apart > 0 ? Optional.of(new SharedPrompt(apart, 1)) : Optional.empty(),
        settings.stops(),
        TrajectoryRecorder.of(soFar, method.auxiliaryWidth()));
  }

  /** The positions that a sequence begun elsewhere shared there, and has apart here. */
  static int apart(UnfinishedSequence sequence) {
    Trajectory soFar = sequence.soFar();
    return soFar.promptApart() ? CacheRun.beginning(soFar.promptIds().length) : 0;
  }

  /** All that another decoder needs to go on with it. */
  UnfinishedSequence export() {
    return new UnfinishedSequence(finish(FinishReason.LENGTH), limit, phase.state());
  }

  TrajectoryKey key() {
    return key;
  }

  /** The position that the next input is written to; all before it are in the cache. */
  int position() {
    return promptIds.length - 1 + recorder.length();
  }

  /** The beginning of its prompt, if that lies apart from its own row. */
  Optional<SharedPrompt> shared() {
    return shared;
  }

  /** Number of its first positions that lie apart. */
  int apart() {
    return shared.map(SharedPrompt::positions).orElse(0);
  }

  /** The position of the next input in its own row: behind those that lie apart. */
  int ownPosition() {
    return position() - apart();
  }

  /** Positions that its input takes in its own row until it reaches its limit. */
  int longest() {
    return promptIds.length + limit - 1 - apart();
  }

  /** The ids recorded so far. */
  int[] written() {
    return IntStream.range(0, recorder.length()).map(recorder::representative).toArray();
  }

  /** The ids under a repetition penalty: the prompt's and the recorded ones. */
  int[] seen() {
    return IntStream.concat(IntStream.of(promptIds), IntStream.of(written())).distinct().toArray();
  }

  /** The uniform of draw {@code slot} at the position to be sampled. */
  double uniform(int slot) {
    return draws.at(recorder.length()).uniform(slot);
  }

  /** Writes the next input, [k] ids and weights, at {@code at}; further slots are filler. */
  void feed(int[] ids, float[] weights, int at, int k) {
    if (recorder.length() == 0) {
      fill(ids, weights, at, k, promptIds[promptIds.length - 1]);
    } else {
      recorder.feed(recorder.length() - 1, ids, weights, at, k);
    }
  }

  /**
   * Writes what is added to the next input, σ included, and the noise of the position to be
   * sampled, each [size] at {@code at}; whether there is any.
   */
  boolean noise(float scale, float[] fed, float[] drawn, int at, int size) {
    int next = recorder.length();
    boolean feeds = next > 0 && recorder.noised(next - 1);
    if (feeds) {
      if (drawnNoise.length == 0) {
        drawnNoise = new float[size];
        FeedNoise.write(this.draws.at(next - 1), 1, drawnNoise, 0, size);
      }
      for (int d = 0; d < size; d++) {
        fed[at + d] = scale * drawnNoise[d];
      }
    }
    boolean draws = noisy && phase.phase() == Phase.MIXTURE;
    if (draws) {
      drawnNoise = new float[size];
      FeedNoise.write(this.draws.at(next), 1, drawnNoise, 0, size);
      System.arraycopy(drawnNoise, 0, drawn, at, size);
    }
    return feeds || draws;
  }

  private static void fill(int[] ids, float[] weights, int at, int k, int id) {
    for (int j = 0; j < k; j++) {
      ids[at + j] = id;
      weights[at + j] = j == 0 ? 1 : 0;
    }
  }

  /** Samples the next position from its candidates and records it; the reason if it is the last. */
  Optional<FinishReason> advance(Candidates candidates, long version, EndIds endIds) {
    OptionalInt forced = phase.forced();
    MixtureStep step =
        forced.isPresent()
            ? MixtureStep.forced(forced.getAsInt(), method.spec().k(), candidates.entropy())
            : method.sample(candidates, phase.phase(), draws.at(recorder.length()));
    Settled settled = phase.observe(step, candidates);
    // Noise belongs to what is fed as it was sampled, not to a token fed in its place.
    boolean noised = noisy && settled.step() == step && step.slots() > 1;
    recorder.add(settled, noised, version);
    boolean stopped = stops.accept(settled.step().representativeId());
    if (!settled.forced() && endIds.contains(settled.step().representativeId())) {
      return Optional.of(FinishReason.STOP);
    }
    if (stopped) {
      return Optional.of(FinishReason.STOP_STRING);
    }
    return recorder.length() == limit ? Optional.of(FinishReason.LENGTH) : Optional.empty();
  }

  /**
   * Everything fed so far but the next input, to compute a cache row anew.
   *
   * @param scale σ of the noise
   * @param hidden size of a fed vector
   */
  PrefillSequence history(float scale, int hidden) {
    int k = method.spec().k();
    int length = position();
    if (length == 0) {
      return PrefillSequence.ofTokens(new int[] {0}, new int[0]);
    }
    int[] ids = new int[length * k];
    float[] weights = new float[length * k];
    float[] noise = new float[noisy ? length * hidden : 0];
    for (int p = 0; p < length; p++) {
      int t = p - promptIds.length;
      if (p < promptIds.length) {
        fill(ids, weights, p * k, k, promptIds[p]);
      } else {
        recorder.feed(t, ids, weights, p * k, k);
      }
      if (t >= 0 && recorder.noised(t)) {
        FeedNoise.write(draws.at(t), scale, noise, p * hidden, hidden);
      }
    }
    return new PrefillSequence(new int[] {0}, k, ids, weights, maximum, noise);
  }

  /** Whether the most probable token is all it needs. */
  boolean greedy() {
    return method instanceof Greedy;
  }

  /** Whether the last recorded position was a mixture. */
  boolean mixing() {
    return recorder.lastWasMixture();
  }

  float lastEntropy() {
    return recorder.lastEntropy();
  }

  Trajectory finish(FinishReason reason) {
    return recorder.build(key, draws.seed(), promptIds, method.spec(), phase.closedBy(), reason);
  }
}
