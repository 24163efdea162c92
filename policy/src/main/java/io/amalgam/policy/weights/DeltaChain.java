package io.amalgam.policy.weights;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The publisher's memory: the newest weights, the deltas that lead to them, and the newest anchor.
 *
 * <p>An anchor is encoded when a receiver first needs one, from the newest weights, and kept while
 * the deltas since it are cheaper than a new one: at most {@code anchorEvery} versions and not more
 * bytes than the weights themselves. Of the deltas, the last {@code keep} are kept, but not more
 * bytes than a full copy has, and all since the kept anchor. Mutable, for one thread; what it
 * returns is immutable.
 */
public final class DeltaChain {
  private final int keep;
  private final int anchorEvery;
  private final Deque<EncodedWeights> deltas = new ArrayDeque<>();
  private PublishedWeights newest;
  private Optional<EncodedWeights> anchor = Optional.empty();

  /**
   * A chain that begins with these weights.
   *
   * @param start the first weights
   * @param keep number of deltas kept: the staleness bound plus slack
   * @param anchorEvery largest number of deltas behind an anchor
   */
  public DeltaChain(PublishedWeights start, int keep, int anchorEvery) {
    if (keep < 1 || anchorEvery < 1) {
      throw new IllegalArgumentException("keep and anchorEvery must be at least 1");
    }
    this.newest = start;
    this.keep = keep;
    this.anchorEvery = anchorEvery;
  }

  /** The newest weights. */
  public PublishedWeights newest() {
    return newest;
  }

  /**
   * Adds the next version; returns the delta that leads to it.
   *
   * @throws IllegalArgumentException when the version is not above the newest
   */
  public EncodedWeights publish(PublishedWeights next) {
    if (next.version().compareTo(newest.version()) <= 0) {
      throw new IllegalArgumentException(
          next.version() + " does not come after " + newest.version());
    }
    EncodedWeights delta = DeltaCodec.delta(newest, next);
    deltas.addLast(delta);
    newest = next;
    if (anchor.isPresent() && tooFar(since(anchor.get().version()))) {
      anchor = Optional.empty();
    }
    while (tooMany() && !neededByAnchor(deltas.getFirst())) {
      deltas.removeFirst();
    }
    return delta;
  }

  /**
   * What a receiver needs. May encode an anchor, which takes long.
   *
   * @param version what the receiver has; empty for nothing
   */
  public CatchUp catchUp(Optional<WeightVersion> version) {
    if (version.equals(Optional.of(newest.version()))) {
      return new CatchUp.Nothing();
    }
    Optional<List<EncodedWeights>> path = version.flatMap(this::path);
    if (path.isPresent() && bytes(path.get()) <= newest.denseBytes()) {
      return new CatchUp.Deltas(path.get());
    }
    EncodedWeights start =
        anchor.orElseGet(
            () -> {
              EncodedWeights made = DeltaCodec.anchor(newest);
              anchor = Optional.of(made);
              return made;
            });
    List<EncodedWeights> updates = new ArrayList<>();
    updates.add(start);
    updates.addAll(since(start.version()));
    return new CatchUp.Anchor(updates);
  }

  /** Number of deltas in memory. */
  public int length() {
    return deltas.size();
  }

  /** Bytes of the deltas and the anchor in memory. */
  public long bytes() {
    return bytes(deltas) + anchor.map(EncodedWeights::bytes).orElse(0L);
  }

  private Optional<List<EncodedWeights>> path(WeightVersion from) {
    boolean known = deltas.stream().anyMatch(d -> d.base().equals(Optional.of(from)));
    return known ? Optional.of(since(from)) : Optional.empty();
  }

  private List<EncodedWeights> since(WeightVersion version) {
    return deltas.stream().filter(d -> d.version().compareTo(version) > 0).toList();
  }

  private boolean tooFar(List<EncodedWeights> path) {
    return path.size() > anchorEvery || bytes(path) > newest.denseBytes();
  }

  /** More than asked for, or more bytes than a full copy: nobody would fetch them. */
  private boolean tooMany() {
    return deltas.size() > keep || (deltas.size() > 1 && bytes(deltas) > newest.denseBytes());
  }

  private boolean neededByAnchor(EncodedWeights delta) {
    return anchor.isPresent() && delta.version().compareTo(anchor.get().version()) > 0;
  }

  private static long bytes(Iterable<EncodedWeights> updates) {
    long n = 0;
    for (EncodedWeights u : updates) {
      n += u.bytes();
    }
    return n;
  }
}
