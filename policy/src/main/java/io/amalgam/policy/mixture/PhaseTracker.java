package io.amalgam.policy.mixture;

import io.amalgam.policy.rollout.ClosedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The phase of one sequence as it grows. Mutable, one per sequence; it holds nothing of the
 * weights, so that new weights between two positions leave it as it is.
 */
public final class PhaseTracker {
  /** {@code LOCKED}: the marker has begun, tokens are ordinary until it is finished or not. */
  private enum Stage {
    MIXING,
    LOCKED,
    FORCING,
    CLOSED
  }

  private record Watching(StateRule rule, StateRule.Watch watch) {}

  private final PhasePolicy policy;
  private final int longest;
  private final Optional<MarkerRule> marker;
  private final Optional<StopMatcher> matcher;
  private final List<Watching> watches = new ArrayList<>();
  private Stage stage;
  private int thinking;
  private int mixtureLength;
  private int[] forcedIds = new int[0];
  private int forced;
  private ClosedBy closedBy = ClosedBy.LENGTH;

  PhaseTracker(PhasePolicy policy) {
    this.policy = policy;
    this.longest = policy.longest();
    this.marker = policy.marker();
    this.matcher = marker.map(MarkerRule::matcher);
    for (StopRule rule : policy.rules()) {
      if (rule instanceof StateRule s) {
        watches.add(new Watching(s, s.watch()));
      }
    }
    this.stage = policy.rules().isEmpty() ? Stage.CLOSED : Stage.MIXING;
  }

  /**
   * A sequence that another tracker of the same policy has followed until now.
   *
   * @throws IllegalArgumentException when the state is none of this policy
   */
  PhaseTracker(PhasePolicy policy, PhaseState state) {
    this(policy);
    if (state.counts().length != watches.size()
        || state.matched() > 0 && matcher.isEmpty()
        || state.stage() == Stage.LOCKED.ordinal() && matcher.isEmpty()
        || policy.rules().isEmpty() && state.stage() != Stage.CLOSED.ordinal()) {
      throw new IllegalArgumentException("the sequence was decoded under other stop rules");
    }
    stage = Stage.values()[state.stage()];
    thinking = state.thinking();
    mixtureLength = state.mixtureLength();
    forcedIds = state.forcedIds().clone();
    forced = state.forced();
    closedBy = state.closedBy();
    matcher.ifPresent(m -> m.resume(state.matched()));
    for (int i = 0; i < watches.size(); i++) {
      watches.get(i).watch().resume(state.counts()[i]);
    }
  }

  /** All that this tracker knows of its sequence. */
  public PhaseState state() {
    return new PhaseState(
        stage.ordinal(),
        thinking,
        mixtureLength,
        matcher.map(StopMatcher::progress).orElse(0),
        forcedIds,
        forced,
        watches.stream().mapToInt(w -> w.watch().progress()).toArray(),
        closedBy);
  }

  /** The phase in which the next position is sampled. */
  public Phase phase() {
    return stage == Stage.MIXING ? Phase.MIXTURE : Phase.DISCRETE;
  }

  /** The id that must be fed at the next position instead of a sample. */
  public OptionalInt forced() {
    return stage == Stage.FORCING ? OptionalInt.of(forcedIds[forced]) : OptionalInt.empty();
  }

  /**
   * Takes the next position and says what it becomes.
   *
   * @param step what was sampled in {@link #phase()}, or the {@link #forced()} token
   * @param candidates what it was sampled from
   */
  public Settled observe(MixtureStep step, Candidates candidates) {
    return switch (stage) {
      case MIXING -> mixing(step, candidates);
      case LOCKED -> locked(step);
      case FORCING -> {
        forced++;
        stage = forced < forcedIds.length ? Stage.FORCING : Stage.CLOSED;
        yield new Settled(step, Phase.DISCRETE, true);
      }
      case CLOSED -> new Settled(step, Phase.DISCRETE, false);
    };
  }

  private Settled mixing(MixtureStep step, Candidates candidates) {
    // Rules of the state come first: whether they end the phase must not depend on the draw.
    for (Watching w : watches) {
      if (w.watch().ends(candidates)) {
        return endedByState(w.rule(), step, candidates);
      }
    }
    thinking++;
    mixtureLength++;
    if (marker.isPresent() && matcher.isPresent()) {
      int slot = marker.get().slot(step, candidates);
      int id = step.ids()[slot];
      if (matcher.get().accept(id)) {
        close(ClosedBy.MODEL);
        return new Settled(step.fedAlone(slot), Phase.MIXTURE, false);
      }
      if (policy.lockOnFirst() && id == policy.markerIds()[0]) {
        stage = Stage.LOCKED;
        return new Settled(step.fedAlone(slot), Phase.MIXTURE, false);
      }
    }
    if (thinking >= longest) {
      endedByLength();
    }
    return new Settled(step, Phase.MIXTURE, false);
  }

  private Settled locked(MixtureStep step) {
    thinking++;
    StopMatcher written = matcher.orElseThrow();
    int before = written.progress();
    if (written.accept(step.representativeId())) {
      close(ClosedBy.MODEL);
    } else if (thinking >= longest && written.progress() <= before) {
      // A marker begun before the limit may be finished; one begun anew may not, else a policy
      // that repeats its beginning would never be stopped.
      endedByLength();
    } else if (written.progress() == 0) {
      stage = Stage.MIXING;
    }
    return new Settled(step, Phase.DISCRETE, false);
  }

  private Settled endedByState(StateRule rule, MixtureStep step, Candidates candidates) {
    close(rule.closes());
    if (!policy.force()) {
      mixtureLength++;
      return new Settled(step, Phase.MIXTURE, false);
    }
    force(rule.feeds(policy.markerIds()));
    MixtureStep fed = MixtureStep.forced(forcedIds[0], step.ids().length, candidates.entropy());
    return observe(fed, candidates);
  }

  private void endedByLength() {
    close(ClosedBy.FORCED);
    if (policy.force()) {
      force(policy.markerIds());
    }
  }

  private void close(ClosedBy by) {
    closedBy = by;
    stage = Stage.CLOSED;
  }

  private void force(int[] ids) {
    forcedIds = ids;
    forced = 0;
    stage = Stage.FORCING;
  }

  /** How the phase ended; {@link ClosedBy#LENGTH} while it has not. */
  public ClosedBy closedBy() {
    return closedBy;
  }

  /** Number of positions sampled as mixtures. */
  public int mixtureLength() {
    return mixtureLength;
  }
}
