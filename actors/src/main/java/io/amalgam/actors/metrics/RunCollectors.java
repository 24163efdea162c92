package io.amalgam.actors.metrics;

import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.RunListener;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.hotspot.DefaultExports;

/** The Prometheus collectors of a run, in a registry of their own. */
public final class RunCollectors implements RunListener {
  private final CollectorRegistry registry = new CollectorRegistry();
  private final Counter steps = counter("steps", "Optimiser steps.");
  private final Counter skipped = counter("steps_skipped", "Steps without a usable gradient.");
  private final Counter generated = counter("tokens_generated", "Tokens sampled.");
  private final Counter trained = counter("tokens_trained", "Tokens trained.");
  private final Counter masked = counter("masked_members", "Members without a score.");
  private final Counter failedVerifications =
      Counter.build("amalgam_failed_verifications", "Answers that got no score, by verdict.")
          .labelNames("verdict")
          .register(registry);
  private final Counter refused =
      Counter.build("amalgam_refused_members", "Sampled members not taken in, by reason.")
          .labelNames("reason")
          .register(registry);
  private final Counter seconds =
      Counter.build("amalgam_role_seconds", "Seconds spent, by kind of work.")
          .labelNames("work")
          .register(registry);
  private final Counter swapBytes =
      Counter.build("amalgam_weight_bytes", "Bytes of weights fetched.")
          .labelNames("kind")
          .register(registry);
  private final Gauge version = gauge("policy_version", "Newest policy version.");
  private final Gauge reward =
      Gauge.build("amalgam_reward_mean", "Mean reward of the last batch.")
          .labelNames("task")
          .register(registry);
  private final Gauge accuracy =
      Gauge.build("amalgam_accuracy", "Share of full scores in the last batch.")
          .labelNames("task")
          .register(registry);
  private final Gauge groups =
      Gauge.build("amalgam_groups", "Groups since the run began, by ledger outcome.")
          .labelNames("outcome")
          .register(registry);
  private final Gauge members =
      Gauge.build("amalgam_members", "Members present, by role.")
          .labelNames("role")
          .register(registry);
  private final Gauge bottleneck =
      Gauge.build("amalgam_bottleneck", "1 for the role that the others waited for.")
          .labelNames("role")
          .register(registry);
  private final Gauge loss = gauge("loss", "Loss of the last step.");
  private final Gauge gradNorm = gauge("grad_norm", "Gradient norm before clipping.");
  private final Gauge kl = gauge("kl_behaviour", "Mean of r - 1 - ln r over trained positions.");
  private final Gauge referenceKl =
      gauge("kl", "KL to the reference policy, nats; 0 without a KL term.");
  private final Gauge ratio = gauge("ratio_p99", "99th percentile of the importance ratio.");
  private final Gauge stalenessMean = gauge("staleness_mean", "Mean age of trained tokens.");
  private final Gauge stalenessMax = gauge("staleness_max", "Largest age of trained tokens.");
  private final Gauge stalenessBound = gauge("staleness_bound", "Largest age allowed.");
  private final Gauge violations = gauge("staleness_violations", "Groups trained above the bound.");
  private final Gauge entropy = gauge("entropy_mean", "Mean sampling entropy, nats.");
  private final Gauge mixtureLength = gauge("mixture_length_mean", "Mean mixture positions.");
  private final Gauge closedBy =
      Gauge.build("amalgam_closed_by", "Share of members by how their thinking phase ended.")
          .labelNames("by")
          .register(registry);
  private final Gauge parity = gauge("parity_max_difference", "Behaviour vs replay at start.");
  private final Histogram stepSeconds =
      Histogram.build("amalgam_step_seconds", "Wall time of a step.")
          .exponentialBuckets(0.05, 2, 14)
          .register(registry);
  private final Histogram pause =
      Histogram.build("amalgam_swap_pause_seconds", "Time without decoding at a weight swap.")
          .exponentialBuckets(0.001, 2, 14)
          .register(registry);
  private final Histogram checkpoint =
      Histogram.build("amalgam_checkpoint_seconds", "Time to write a checkpoint.")
          .exponentialBuckets(0.01, 2, 14)
          .register(registry);

  /** Collectors at zero, together with those of the JVM. */
  public RunCollectors() {
    DefaultExports.register(registry);
  }

  /** The registry that {@code /metrics} shows. */
  public CollectorRegistry registry() {
    return registry;
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.StepCompleted) {
      step((RunEvent.StepCompleted) event);
    } else if (event instanceof RunEvent.RunStarted) {
      version.set(((RunEvent.RunStarted) event).version());
    } else if (event instanceof RunEvent.Swapped) {
      RunEvent.Swapped e = (RunEvent.Swapped) event;
      swapBytes.labels(e.anchor() ? "anchor" : "delta").inc(e.bytes());
      pause.observe(EventRows.seconds(e.pause()));
    } else if (event instanceof RunEvent.CheckpointWritten) {
      checkpoint.observe(EventRows.seconds(((RunEvent.CheckpointWritten) event).took()));
    } else if (event instanceof RunEvent.ParityChecked) {
      parity.set(((RunEvent.ParityChecked) event).maxDifference());
    } else if (event instanceof RunEvent.MembersRefused) {
      RunEvent.MembersRefused e = (RunEvent.MembersRefused) event;
      refused.labels(e.reason()).inc(e.count());
    } else if (event instanceof RunEvent.MemberJoined) {
      members.labels(((RunEvent.MemberJoined) event).role()).inc();
    } else if (event instanceof RunEvent.MemberLost) {
      members.labels(((RunEvent.MemberLost) event).role()).dec();
    }
  }

  private void step(RunEvent.StepCompleted e) {
    steps.inc();
    skipped.inc(e.loss().skipped() ? 1 : 0);
    generated.inc(e.batch().tokensGenerated());
    trained.inc(e.batch().tokensTrained());
    masked.inc(e.batch().masked());
    e.batch()
        .failedVerifications()
        .forEach((verdict, count) -> failedVerifications.labels(verdict).inc(count));
    version.set(e.version());
    e.tasks()
        .forEach(
            (task, f) -> {
              reward.labels(task).set(f.rewardMean());
              accuracy.labels(task).set(f.accuracy());
            });
    RunEvent.GroupCounts c = e.outcomes();
    groups.labels("pending").set(c.pending());
    groups.labels("trained").set(c.trained());
    groups.labels("zero_variance").set(c.zeroVariance());
    groups.labels("stale").set(c.stale());
    groups.labels("failed").set(c.failed());
    groups.labels("requeued").set(c.requeued());
    loss.set(e.loss().loss());
    gradNorm.set(e.loss().gradNorm());
    kl.set(e.loss().klBehaviour());
    referenceKl.set(e.loss().kl().orElse(0));
    ratio.set(e.loss().ratioP99());
    stalenessMean.set(e.staleness().mean());
    stalenessMax.set(e.staleness().max());
    stalenessBound.set(e.staleness().bound());
    violations.set(e.staleness().violations());
    entropy.set(e.batch().entropyMean());
    mixtureLength.set(e.batch().mixtureLengthMean());
    e.batch().closedBy().forEach((by, share) -> closedBy.labels(by.word()).set(share));
    RunEvent.TimingFigures t = e.timing();
    work("generate", t.generateS());
    work("train", t.trainS());
    work("wait_batch", t.waitBatchS());
    work("verify", t.verifyS());
    work("publish", t.publishS());
    stepSeconds.observe(t.stepS());
    for (String role : new String[] {"generator", "verifier", "learner"}) {
      bottleneck.labels(role).set(role.equals(t.bottleneck()) ? 1 : 0);
    }
  }

  private void work(String kind, double s) {
    seconds.labels(kind).inc(Math.max(0, s));
  }

  private Counter counter(String name, String help) {
    return Counter.build("amalgam_" + name, help).register(registry);
  }

  private Gauge gauge(String name, String help) {
    return Gauge.build("amalgam_" + name, help).register(registry);
  }
}
