package io.amalgam.actors.generator;

import io.amalgam.actors.controller.GroupKey;
import io.amalgam.policy.decode.CacheUse;
import io.amalgam.policy.decode.DecodeStatistics;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.pekko.Done;

/**
 * The thread that owns a device: decodes without pause and looks at its orders between two steps.
 *
 * <p>It holds the device's compute permit for a slice of several steps, and lets others have it in
 * between. Before the first weights arrive it only collects orders.
 */
final class DeviceThread {
  private static final long SLICE_NANOS = Duration.ofMillis(60).toNanos();

  /** What the thread tells its owner; called on the thread, must not block. */
  interface Listener {
    /** Members are finished, at least one. */
    void finished(List<Trajectory> trajectories);

    /** New weights are in use. */
    void swapped(NewWeights weights, Duration pause, int inFlight);

    /** Figures since the start, after every slice. */
    void progress(Load load);

    /** The thread has ended by an error. */
    void failed(Throwable cause);
  }

  /**
   * A policy version that arrived.
   *
   * @param run the run and its life that made it
   * @param bytes bytes fetched
   * @param anchor whether a full copy was fetched
   * @param fetch time to fetch and decode
   */
  record NewWeights(
      String run, long version, ModelWeights weights, long bytes, boolean anchor, Duration fetch) {}

  /**
   * The device's load.
   *
   * @param running sequences in slots
   * @param queued sequences that wait for slots
   * @param busyNanos time spent computing
   * @param memory the key-value memory in use
   */
  record Load(
      int running,
      int queued,
      long busyNanos,
      DecodeStatistics statistics,
      Optional<CacheUse> memory) {}

  private sealed interface Order {
    record Work(List<GroupRequest> groups) implements Order {}

    record Cancel(Predicate<TrajectoryKey> which) implements Order {}

    record Swap(NewWeights weights) implements Order {}

    record Stop() implements Order {}
  }

  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
  private final Deque<GroupRequest> queue = new ArrayDeque<>();
  private final ComputePermit permit;
  private final SamplerSource source;
  private final Listener listener;
  private final Thread thread;
  private final List<GroupSampler> sampler = new ArrayList<>(1);
  private final CompletableFuture<Done> ended;
  private volatile boolean stopped;
  private long busyNanos;

  /**
   * A thread, not yet started.
   *
   * @param ended completed when it has ended and freed the device
   */
  DeviceThread(
      String name,
      ComputePermit permit,
      SamplerSource source,
      Listener listener,
      CompletableFuture<Done> ended) {
    this.ended = ended;
    this.permit = permit;
    this.source = source;
    this.listener = listener;
    this.thread = new Thread(this::run, name);
  }

  void start() {
    thread.start();
  }

  void work(List<GroupRequest> groups) {
    orders.add(new Order.Work(List.copyOf(groups)));
  }

  void cancel(List<GroupKey> groups) {
    cancel(k -> groups.contains(new GroupKey(k.ordinal(), k.attempt())));
  }

  void cancelAll() {
    cancel(k -> true);
  }

  private void cancel(Predicate<TrajectoryKey> which) {
    orders.add(new Order.Cancel(which));
  }

  void swap(NewWeights weights) {
    orders.add(new Order.Swap(weights));
  }

  /** Asks the thread to end after the step it is in. */
  void stop() {
    stopped = true;
    orders.add(new Order.Stop());
  }

  private void run() {
    try {
      while (!stopped) {
        obey();
        admit();
        if (!stopped && !sampler.isEmpty() && sampler.get(0).running() > 0) {
          slice(sampler.get(0));
        }
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      listener.failed(e);
    } finally {
      try {
        if (!sampler.isEmpty()) {
          sampler.get(0).close();
        }
      } finally {
        ended.complete(Done.getInstance());
      }
    }
  }

  /** Takes all orders; waits for one when there is nothing to decode. */
  private void obey() throws InterruptedException {
    boolean idle = sampler.isEmpty() || sampler.get(0).running() == 0;
    Order order = idle && queue.isEmpty() ? orders.take() : orders.poll();
    if (order == null && idle && sampler.isEmpty()) {
      order = orders.poll(1, TimeUnit.SECONDS);
    }
    for (; order != null && !stopped; order = orders.poll()) {
      if (order instanceof Order.Work w) {
        queue.addAll(w.groups());
      } else if (order instanceof Order.Cancel c) {
        cancelNow(c.which());
      } else if (order instanceof Order.Swap s) {
        swapNow(s.weights());
      }
    }
  }

  private void cancelNow(Predicate<TrajectoryKey> which) {
    queue.removeIf(
        g -> which.test(new TrajectoryKey(g.run(), g.ordinal(), g.attempt(), g.firstMember())));
    if (!sampler.isEmpty()) {
      try (ComputePermit.Claim claim = permit.claim(thread.getName())) {
        sampler.get(0).cancel(which);
      }
      report(sampler.get(0));
    }
  }

  private void swapNow(NewWeights weights) {
    long asked = System.nanoTime();
    int inFlight = 0;
    try (ComputePermit.Claim claim = permit.claim(thread.getName())) {
      long began = System.nanoTime();
      if (sampler.isEmpty()) {
        sampler.add(source.create(weights.weights(), weights.version()));
      } else {
        inFlight = sampler.get(0).running();
        sampler.get(0).swapWeights(weights.weights(), weights.version());
      }
      busyNanos += System.nanoTime() - began;
    }
    listener.swapped(weights, Duration.ofNanos(System.nanoTime() - asked), inFlight);
  }

  private void admit() {
    if (sampler.isEmpty()) {
      return;
    }
    GroupSampler s = sampler.get(0);
    while (!queue.isEmpty()) {
      GroupRequest group = queue.peekFirst();
      int count = Math.min(group.members(), s.room(group));
      if (count == 0 || count < group.members() && s.running() > 0) {
        return;
      }
      queue.removeFirst();
      s.admit(group.part(0, count));
      if (count < group.members()) {
        queue.addFirst(group.part(count, group.members() - count));
      }
    }
  }

  private void slice(GroupSampler s) {
    List<Trajectory> finished = new ArrayList<>();
    try (ComputePermit.Claim claim = permit.claim(thread.getName())) {
      long began = System.nanoTime();
      long now = began;
      while (now - began < SLICE_NANOS && !stopped && orders.isEmpty() && s.running() > 0) {
        finished.addAll(s.step());
        admit();
        now = System.nanoTime();
      }
      busyNanos += now - began;
    }
    if (!finished.isEmpty()) {
      listener.finished(finished);
    }
    report(s);
  }

  private void report(GroupSampler s) {
    int queued = queue.stream().mapToInt(GroupRequest::members).sum();
    listener.progress(new Load(s.running(), queued, busyNanos, s.statistics(), s.memory()));
  }
}
