package io.amalgam.actors.weights;

import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.weights.CatchUp;
import io.amalgam.policy.weights.DeltaOutcome;
import io.amalgam.policy.weights.EncodedWeights;
import io.amalgam.policy.weights.PublishedWeights;
import io.amalgam.policy.weights.WeightFollower;
import io.amalgam.policy.weights.WeightVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * Fetches and decodes announced versions in the background, one at a time, always the newest.
 *
 * <p>The methods are called by one owner, which is told of results by the stages they return and
 * answers with {@link #finished} or {@link #failed}.
 */
public final class WeightReceiver implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final int MOST_DOUBLINGS = 6;

  private final ExecutorService worker;
  private final Duration timeout;
  private final Optional<WeightSource> local;
  private final UnaryOperator<ModelWeights> completion;
  private final WeightFollower follower = new WeightFollower();
  private Optional<Announcement> newest = Optional.empty();
  private Optional<WeightVersion> have = Optional.empty();
  private boolean fetching;
  private int failures;
  private long failedNanos;

  /**
   * A version that was fetched and decoded.
   *
   * @param weights the weights to decode with
   * @param bytes bytes of the updates
   * @param anchor whether a full copy was among them
   * @param took time to fetch and decode
   */
  public record Fetch(
      WeightVersion version, ModelWeights weights, long bytes, boolean anchor, Duration took) {}

  /**
   * A receiver without weights.
   *
   * @param name name of its owner, for its thread
   * @param timeout longest time of one fetch
   * @param local source inside this JVM, used instead of announced addresses when present
   */
  public WeightReceiver(String name, Duration timeout, Optional<WeightSource> local) {
    this(name, timeout, local, UnaryOperator.identity());
  }

  /**
   * The same where what is published need not be a whole model.
   *
   * @param completion makes the weights to decode with from what was published; may take long
   */
  public WeightReceiver(
      String name,
      Duration timeout,
      Optional<WeightSource> local,
      UnaryOperator<ModelWeights> completion) {
    this.timeout = timeout;
    this.completion = completion;
    this.local = local;
    this.worker =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, name + "-weights");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Notes an announcement; a fetch when one is begun by it. */
  public Optional<CompletionStage<Fetch>> announced(Announcement announcement) {
    if (newest.isEmpty() || id(announcement).compareTo(id(newest.get())) > 0) {
      newest = Optional.of(announcement);
      failures = 0;
    }
    return retry();
  }

  /** The fetch begun was good; the next fetch when a newer version was announced meanwhile. */
  public Optional<CompletionStage<Fetch>> finished(WeightVersion version) {
    have = Optional.of(version);
    fetching = false;
    failures = 0;
    return retry();
  }

  /** The fetch begun was not good; {@link #retry} tries again after a while, which doubles. */
  public void failed() {
    fetching = false;
    failures++;
    failedNanos = System.nanoTime();
  }

  private boolean pausing() {
    int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
    return failures > 0 && System.nanoTime() - failedNanos < FIRST_PAUSE.toNanos() << doublings;
  }

  /** A fetch if a newer version is known, none is under way and none has failed just now. */
  public Optional<CompletionStage<Fetch>> retry() {
    boolean behind =
        newest.isPresent() && (have.isEmpty() || id(newest.get()).compareTo(have.get()) > 0);
    if (fetching || !behind || pausing()) {
      return Optional.empty();
    }
    fetching = true;
    Announcement announcement = newest.get();
    return Optional.of(CompletableFuture.supplyAsync(() -> fetch(announcement), worker));
  }

  /** Runs on the worker, which alone touches the follower. */
  private Fetch fetch(Announcement a) {
    long began = System.nanoTime();
    WeightSource source =
        local.orElseGet(() -> new SocketWeightSource(a.host(), a.port(), timeout));
    CatchUp catchUp = source.catchUp(follower.version());
    Optional<String> problem = apply(catchUp);
    if (problem.isPresent()) {
      catchUp = source.catchUp(Optional.empty());
      apply(catchUp)
          .ifPresent(
              reason -> {
                throw new IllegalStateException("weights cannot be decoded: " + reason);
              });
    }
    PublishedWeights now =
        follower
            .current()
            .orElseThrow(() -> new IllegalStateException("the publisher sent nothing"));
    return new Fetch(
        now.version(),
        completion.apply(now.weights()),
        catchUp.bytes(),
        catchUp instanceof CatchUp.Anchor,
        Duration.ofNanos(System.nanoTime() - began));
  }

  private Optional<String> apply(CatchUp catchUp) {
    for (EncodedWeights update : catchUp.updates()) {
      if (follower.offer(update) instanceof DeltaOutcome.NeedsAnchor needs) {
        return Optional.of(needs.reason());
      }
    }
    return Optional.empty();
  }

  private static WeightVersion id(Announcement a) {
    return new WeightVersion(a.incarnation(), a.version());
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
