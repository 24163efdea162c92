package io.amalgam.actors.controller;

import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.RunEvent.BatchFigures;
import io.amalgam.actors.cluster.RunEvent.GroupCounts;
import io.amalgam.actors.cluster.RunEvent.LossFigures;
import io.amalgam.actors.cluster.RunEvent.TimingFigures;
import io.amalgam.actors.controller.RunController.GeneratorFigures;
import io.amalgam.actors.controller.RunController.WorkWanted;
import io.amalgam.actors.learner.PolicyTrainer.Parity;
import io.amalgam.actors.learner.PolicyTrainer.TrainFigures;
import io.amalgam.actors.learner.StepReport;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Puts together what a step's event says, from the learner's report and the generators' sums. */
final class StepFigures {
  /** Share of a step that the learner may wait before others count as the bottleneck. */
  private static final double WAIT_SHARE = 0.1;

  private final Map<String, GeneratorFigures> last = new HashMap<>();
  private double busyS;
  private long tokens;
  private long members;
  private long memberTokens;
  private int unconfirmed;
  private double trainedMembers;
  private double trainedTokens;
  private double busyBefore;
  private long tokensBefore;
  private long stepNanos = System.nanoTime();

  /** Takes in the generators' newest sums; a generator that began anew counts from zero. */
  void generators(Collection<WorkWanted> generators) {
    unconfirmed = 0;
    for (WorkWanted g : generators) {
      GeneratorFigures now = g.figures();
      GeneratorFigures before = last.put(g.name(), now);
      boolean fresh = before == null || now.tokens() < before.tokens();
      busyS += now.busyS() - (fresh ? 0 : before.busyS());
      tokens += now.tokens() - (fresh ? 0 : before.tokens());
      members += now.members() - (fresh ? 0 : before.members());
      memberTokens += now.memberTokens() - (fresh ? 0 : before.memberTokens());
      unconfirmed += now.unconfirmed();
    }
  }

  RunEvent.ParityChecked parity(Duration elapsed, StepReport report) {
    Parity p = report.figures().parity();
    return new RunEvent.ParityChecked(
        elapsed, p.terms(), p.max(), p.p99(), p.format(), p.tolerance());
  }

  RunEvent.StepCompleted completed(Duration elapsed, StepReport r, GroupCounts counts) {
    long now = System.nanoTime();
    double stepS = (now - stepNanos) * 1e-9;
    stepNanos = now;
    double generateS = busyS - busyBefore;
    long generated = tokens - tokensBefore;
    busyBefore = busyS;
    tokensBefore = tokens;
    TrainFigures f = r.figures();
    return new RunEvent.StepCompleted(
        elapsed,
        r.step(),
        r.version(),
        batch(r.batch(), generated),
        new LossFigures(
            f.loss(),
            f.gradNorm(),
            f.learningRate(),
            f.skipped(),
            f.klBehaviour(),
            f.ratioP99(),
            f.clipFraction(),
            f.kl(),
            f.metrics()),
        r.staleness(),
        new TimingFigures(
            generateS,
            seconds(r.training()),
            seconds(r.waited()),
            seconds(r.verification()),
            seconds(r.publishing().took()),
            r.publishing().bytes(),
            stepS,
            bottleneck(seconds(r.waited()), stepS, r.batch()),
            generated / Math.max(1e-9, stepS),
            f.tokensTrained() / Math.max(1e-9, stepS)),
        r.tasks(),
        counts);
  }

  private BatchFigures batch(BatchFigures b, long generated) {
    trainedMembers += b.trajectories();
    trainedTokens += b.trajectories() * b.lengthMean();
    double trainedLength = trainedTokens / Math.max(1, trainedMembers);
    double generatedLength = members == 0 ? trainedLength : (double) memberTokens / members;
    return new BatchFigures(
        b.groups(),
        b.zeroVariance(),
        b.trajectories(),
        b.masked(),
        b.failedVerifications(),
        generated,
        b.tokensTrained(),
        b.rewardMean(),
        b.accuracy(),
        b.lengthMean(),
        b.mixtureLengthMean(),
        b.entropyMean(),
        b.closedBy(),
        generatedLength > 0 ? trainedLength / generatedLength : 1);
  }

  private String bottleneck(double waitedS, double stepS, BatchFigures batch) {
    if (waitedS < WAIT_SHARE * stepS) {
      return "learner";
    }
    return unconfirmed > batch.trajectories() ? "verifier" : "generator";
  }

  private static double seconds(Duration d) {
    return d.toNanos() * 1e-9;
  }
}
