package io.amalgam.actors.learner;

import io.amalgam.actors.cluster.RunEvent.BatchFigures;
import io.amalgam.actors.cluster.RunEvent.StalenessFigures;
import io.amalgam.actors.cluster.RunEvent.TaskFigures;
import io.amalgam.policy.rollout.ClosedBy;
import io.amalgam.policy.rollout.PositionFlag;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.verifiers.curriculum.ProblemSchedule;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Figures of a batch that follow from its groups alone. */
final class BatchSummary {
  /** A score from here on counts as right. */
  private static final double FULL_SCORE = 1.0;

  private BatchSummary() {}

  static BatchFigures figures(List<FinishedGroup> batch, long tokensTrained) {
    List<MemberResult> scored = batch.stream().flatMap(g -> g.scored().stream()).toList();
    int members = batch.stream().mapToInt(g -> g.members().size()).sum();
    double length = 0;
    double mixture = 0;
    double entropy = 0;
    for (MemberResult m : scored) {
      Trajectory t = m.trajectory();
      length += t.length();
      for (int i = 0; i < t.length(); i++) {
        mixture += PositionFlag.MIXTURE.in(t.flags()[i]) ? 1 : 0;
        entropy += t.entropies()[i];
      }
    }
    double n = Math.max(1, scored.size());
    return new BatchFigures(
        batch.size(),
        (int) batch.stream().filter(FinishedGroup::zeroVariance).count(),
        scored.size(),
        members - scored.size(),
        failedVerifications(batch),
        0,
        tokensTrained,
        rewardMean(scored),
        accuracy(scored),
        length / n,
        mixture / n,
        entropy / Math.max(1, length),
        closedBy(scored),
        1);
  }

  private static SortedMap<String, Integer> failedVerifications(List<FinishedGroup> batch) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (FinishedGroup group : batch) {
      for (MemberResult m : group.members()) {
        if (m.judgement() instanceof Judgement.Masked masked) {
          counts.merge(masked.verdict(), 1, Integer::sum);
        } else if (m.scored().orElseThrow().components().containsKey(Judgement.FAILED)) {
          counts.merge("Zero", 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  private static SortedMap<ClosedBy, Double> closedBy(List<MemberResult> scored) {
    SortedMap<ClosedBy, Double> shares = new TreeMap<>();
    double n = Math.max(1, scored.size());
    for (ClosedBy by : ClosedBy.values()) {
      shares.put(by, scored.stream().filter(m -> m.trajectory().closedBy() == by).count() / n);
    }
    return shares;
  }

  static SortedMap<String, TaskFigures> tasks(List<FinishedGroup> batch) {
    SortedMap<String, TaskFigures> out = new TreeMap<>();
    for (String task : batch.stream().map(FinishedGroup::task).distinct().toList()) {
      List<FinishedGroup> groups = batch.stream().filter(g -> g.task().equals(task)).toList();
      List<MemberResult> scored = groups.stream().flatMap(g -> g.scored().stream()).toList();
      out.put(
          task,
          new TaskFigures(groups.size(), scored.size(), rewardMean(scored), accuracy(scored)));
    }
    return out;
  }

  static StalenessFigures staleness(
      List<FinishedGroup> batch, long version, int bound, long violationsBefore) {
    double sum = 0;
    long tokens = 0;
    long max = 0;
    long violations = violationsBefore;
    for (FinishedGroup group : batch) {
      for (MemberResult m : group.scored()) {
        for (long v : m.trajectory().versions()) {
          sum += version - v;
          max = Math.max(max, version - v);
          tokens++;
        }
      }
      violations += version - group.oldestVersion() > bound ? 1 : 0;
    }
    return new StalenessFigures(sum / Math.max(1, tokens), max, bound, violations);
  }

  static Duration verification(List<FinishedGroup> batch) {
    return batch.stream()
        .flatMap(g -> g.members().stream())
        .map(MemberResult::verification)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** What the curriculum learns from a group. */
  static ProblemSchedule.GroupOutcome outcome(FinishedGroup group, boolean usable) {
    return new ProblemSchedule.GroupOutcome(
        group.task(),
        group.key().ordinal(),
        group.scored().size(),
        solved(group),
        group.zeroVariance(),
        usable);
  }

  private static int solved(FinishedGroup group) {
    return (int)
        group.scored().stream().filter(m -> m.scored().orElseThrow().score() >= FULL_SCORE).count();
  }

  private static double rewardMean(List<MemberResult> scored) {
    return scored.stream().mapToDouble(m -> m.scored().orElseThrow().reward()).average().orElse(0);
  }

  private static double accuracy(List<MemberResult> scored) {
    return scored.stream()
        .mapToDouble(m -> m.scored().orElseThrow().score() >= FULL_SCORE ? 1 : 0)
        .average()
        .orElse(0);
  }
}
