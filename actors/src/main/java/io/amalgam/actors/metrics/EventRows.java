package io.amalgam.actors.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.evaluation.Accuracy;
import io.amalgam.actors.evaluation.EvaluationResult;
import java.time.Duration;

/** Turns events into rows of {@code metrics.jsonl}. */
final class EventRows {
  private EventRows() {}

  static ObjectNode row(RunEvent event) {
    if (event instanceof RunEvent.StepCompleted) {
      return step((RunEvent.StepCompleted) event);
    }
    if (event instanceof RunEvent.RunStarted) {
      RunEvent.RunStarted e = (RunEvent.RunStarted) event;
      return row("start", e.time())
          .put("run", e.run())
          .put("version", e.version())
          .put("resumed", e.resumed())
          .put("note", e.note());
    }
    if (event instanceof RunEvent.ParityChecked) {
      RunEvent.ParityChecked e = (RunEvent.ParityChecked) event;
      ObjectNode row = row("parity", e.time()).put("terms", e.terms());
      number(row, "max_difference", e.maxDifference());
      number(row, "p99_difference", e.p99Difference());
      return row.put("format", e.format())
          .put("tolerance", e.tolerance())
          .put("passed", e.passed());
    }
    if (event instanceof RunEvent.Swapped) {
      RunEvent.Swapped e = (RunEvent.Swapped) event;
      return row("swap", e.time())
          .put("generator", e.generator())
          .put("version", e.version())
          .put("bytes", e.bytes())
          .put("anchor", e.anchor())
          .put("fetch_s", seconds(e.fetch()))
          .put("pause_s", seconds(e.pause()))
          .put("in_flight", e.inFlight());
    }
    if (event instanceof RunEvent.GroupSetback) {
      RunEvent.GroupSetback e = (RunEvent.GroupSetback) event;
      return row("setback", e.time())
          .put("ordinal", e.ordinal())
          .put("attempt", e.attempt())
          .put("outcome", e.outcome())
          .put("reason", e.reason());
    }
    if (event instanceof RunEvent.MembersRefused) {
      RunEvent.MembersRefused e = (RunEvent.MembersRefused) event;
      return row("refused", e.time()).put("members", e.count()).put("reason", e.reason());
    }
    if (event instanceof RunEvent.MemberJoined) {
      RunEvent.MemberJoined e = (RunEvent.MemberJoined) event;
      return row("member_joined", e.time()).put("role", e.role()).put("address", e.address());
    }
    if (event instanceof RunEvent.MemberLost) {
      RunEvent.MemberLost e = (RunEvent.MemberLost) event;
      return row("member_lost", e.time()).put("role", e.role()).put("address", e.address());
    }
    if (event instanceof RunEvent.CheckpointWritten) {
      RunEvent.CheckpointWritten e = (RunEvent.CheckpointWritten) event;
      return row("checkpoint", e.time())
          .put("version", e.version())
          .put("directory", String.valueOf(e.directory().getFileName()))
          .put("bytes", e.bytes())
          .put("took_s", seconds(e.took()));
    }
    if (event instanceof RunEvent.RolloutsStored) {
      RunEvent.RolloutsStored e = (RunEvent.RolloutsStored) event;
      ObjectNode row = row("rollouts", e.time()).put("step", e.step());
      e.file().ifPresent(f -> row.put("file", String.valueOf(f.getFileName())));
      ObjectNode facts = row.putObject("facts");
      e.facts().forEach((name, value) -> number(facts, name, value));
      return row;
    }
    if (event instanceof RunEvent.RunFinished) {
      RunEvent.RunFinished e = (RunEvent.RunFinished) event;
      return row("finish", e.time())
          .put("ending", lower(e.outcome().ending().name()))
          .put("step", e.outcome().steps())
          .put("version", e.outcome().version())
          .put("reason", e.outcome().reason());
    }
    throw new IllegalArgumentException("no row for " + event.getClass().getSimpleName());
  }

  static ObjectNode evaluation(EvaluationResult r, int step, Duration time) {
    ObjectNode row =
        row("eval", time).put("step", step).put("version", r.version()).put("mode", r.mode());
    accuracy(row, r.overall());
    ObjectNode tasks = row.putObject("tasks");
    r.tasks().forEach((name, a) -> accuracy(tasks.putObject(name), a));
    return row.put("tokens", r.tokens()).put("took_s", seconds(r.took()));
  }

  private static void accuracy(ObjectNode node, Accuracy a) {
    number(node, "accuracy", a.value());
    number(node, "stderr", a.stderr());
    node.put("problems", a.problems()).put("failed", a.failed());
  }

  private static ObjectNode step(RunEvent.StepCompleted e) {
    ObjectNode row = row("step", e.time()).put("step", e.step()).put("version", e.version());
    RunEvent.BatchFigures b = e.batch();
    number(row, "reward_mean", b.rewardMean());
    number(row, "accuracy", b.accuracy());
    row.put("groups", b.groups())
        .put("zero_variance", b.zeroVariance())
        .put("trajectories", b.trajectories())
        .put("masked", b.masked())
        .put("tokens_generated", b.tokensGenerated())
        .put("tokens_trained", b.tokensTrained());
    ObjectNode failed = row.putObject("failed_verifications");
    b.failedVerifications().forEach(failed::put);
    RunEvent.LossFigures l = e.loss();
    number(row, "loss", l.loss());
    number(row, "grad_norm", l.gradNorm());
    number(row, "lr", l.learningRate());
    row.put("skipped", l.skipped());
    number(row, "kl_behaviour", l.klBehaviour());
    number(row, "ratio_p99", l.ratioP99());
    number(row, "clip_fraction", l.clipFraction());
    l.kl().ifPresent(kl -> number(row, "kl", kl));
    ObjectNode own = row.putObject("loss_metrics");
    l.metrics().forEach((name, value) -> number(own, name, value));
    number(row, "staleness_mean", e.staleness().mean());
    row.put("staleness_max", e.staleness().max())
        .put("staleness_bound", e.staleness().bound())
        .put("staleness_violations", e.staleness().violations());
    number(row, "length_mean", b.lengthMean());
    number(row, "mixture_length_mean", b.mixtureLengthMean());
    number(row, "entropy_mean", b.entropyMean());
    b.closedBy().forEach((by, share) -> number(row, "closed_by_" + by.word(), share));
    number(row, "length_ratio", b.lengthRatio());
    RunEvent.TimingFigures t = e.timing();
    number(row, "generate_s", t.generateS());
    number(row, "train_s", t.trainS());
    number(row, "wait_batch_s", t.waitBatchS());
    number(row, "verify_s", t.verifyS());
    number(row, "publish_s", t.publishS());
    row.put("publish_bytes", t.publishBytes());
    number(row, "step_s", t.stepS());
    number(row, "generated_per_s", t.generatedPerSecond());
    number(row, "trained_per_s", t.trainedPerSecond());
    row.put("bottleneck", t.bottleneck());
    ObjectNode tasks = row.putObject("tasks");
    e.tasks()
        .forEach(
            (name, f) -> {
              ObjectNode task =
                  tasks
                      .putObject(name)
                      .put("groups", f.groups())
                      .put("trajectories", f.trajectories());
              number(task, "reward_mean", f.rewardMean());
              number(task, "accuracy", f.accuracy());
            });
    row.set("outcomes", outcomes(e.outcomes()));
    return row;
  }

  static ObjectNode outcomes(RunEvent.GroupCounts c) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("pending", c.pending())
        .put("trained", c.trained())
        .put("zero_variance", c.zeroVariance())
        .put("stale", c.stale())
        .put("failed", c.failed())
        .put("requeued", c.requeued());
  }

  /** JSON has no NaN or infinity: such a figure is null in the row. */
  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  private static ObjectNode row(String event, Duration time) {
    return JsonNodeFactory.instance.objectNode().put("event", event).put("time_s", seconds(time));
  }

  static double seconds(Duration d) {
    return Math.round(d.toNanos() / 1e3) / 1e6;
  }

  private static String lower(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }
}
