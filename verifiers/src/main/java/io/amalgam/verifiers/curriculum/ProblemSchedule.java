package io.amalgam.verifiers.curriculum;

import io.amalgam.verifiers.level.Curriculum;
import io.amalgam.verifiers.task.MixEntry;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.TaskConfigurationException;
import io.amalgam.verifiers.task.TaskMix;
import io.amalgam.verifiers.task.TaskName;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Which problem comes next, and what is learnt from how it went. Both are functions of the state,
 * so that a run continued from a saved state asks the same problems. Immutable.
 *
 * @param mix where problems come from
 * @param rules how they are chosen
 */
public record ProblemSchedule(TaskMix mix, CurriculumRules rules) {
  /** A task keeps this share of its weight at least, however often it was flat. */
  private static final double LEAST_SHARE = 1.0 / 32;

  /** Longest rest in ordinals. */
  private static final long LONGEST_REST = 1 << 16;

  /**
   * How a group went.
   *
   * @param task name of its problem's task, with or without a level
   * @param ordinal ordinal of its problem
   * @param scored members that were judged
   * @param solved members with a full score
   * @param zeroVariance whether their rewards were all equal
   * @param usable whether enough members were judged
   */
  public record GroupOutcome(
      String task, long ordinal, int scored, int solved, boolean zeroVariance, boolean usable) {}

  /** The problem of an ordinal. */
  public Problem problem(CurriculumState state, long ordinal) {
    return mix.trainingProblem(ordinal, weights(state, ordinal), task -> variant(state, task));
  }

  private String variant(CurriculumState state, String task) {
    int level = level(state, task);
    return level < 0 ? task : new TaskName(task, OptionalInt.of(level)).toString();
  }

  private int level(CurriculumState state, String task) {
    int level = state.of(task).level();
    return level < 0 ? startLevel(task) : level;
  }

  private int startLevel(String task) {
    return Curriculum.of(task).isEmpty() || rules.startLevel() < 0
        ? -1
        : Math.min(rules.startLevel(), Curriculum.of(task).get().depth() - 1);
  }

  /** The weights by which tasks are drawn, in the order of the mix. */
  public double[] weights(CurriculumState state, long ordinal) {
    double[] weights =
        mix.entries().stream().mapToDouble(e -> weight(state.of(e.task()), e, ordinal)).toArray();
    // when every task rests, resting helps nobody
    return Arrays.stream(weights).anyMatch(w -> w > 0)
        ? weights
        : mix.entries().stream().mapToDouble(MixEntry::weight).toArray();
  }

  private double weight(TaskProgress progress, MixEntry entry, long ordinal) {
    if (ordinal < progress.restUntil()) {
      return 0;
    }
    double weight = entry.weight();
    if (rules.learnability()) {
      double learnable = 4 * progress.rate() * (1 - progress.rate());
      weight *= rules.floor() + (1 - rules.floor()) * learnable;
    }
    if (rules.backOffAfter() > 0 && progress.flat() >= rules.backOffAfter()) {
      int halvings = progress.flat() - rules.backOffAfter() + 1;
      weight *= Math.max(LEAST_SHARE, Math.scalb(1.0, -Math.min(halvings, 30)));
    }
    return weight;
  }

  /** The state after a group came to its end. */
  public CurriculumState after(CurriculumState state, GroupOutcome outcome) {
    String task = TaskName.base(outcome.task());
    TaskProgress before = state.of(task);
    return state.with(
        task, outcome.usable() ? judged(before, task, outcome) : failed(before, outcome));
  }

  private TaskProgress judged(TaskProgress p, String task, GroupOutcome outcome) {
    double share = (double) outcome.solved() / outcome.scored();
    double rate = rules.memory() * p.rate() + (1 - rules.memory()) * share;
    TaskProgress next =
        new TaskProgress(
            p.seen() + outcome.scored(),
            p.solved() + outcome.solved(),
            p.groups() + 1,
            rate,
            p.level(),
            outcome.zeroVariance() ? p.flat() + 1 : 0,
            0,
            0,
            p.restUntil());
    return moved(next, task);
  }

  /** A new level begins with a fresh mean. */
  private TaskProgress moved(TaskProgress p, String task) {
    int level = p.level() < 0 ? startLevel(task) : p.level();
    if (level < 0 || p.groups() < rules.levelGroups()) {
      return p;
    }
    int target =
        p.rate() >= rules.raiseAt() ? level + 1 : p.rate() < rules.lowerAt() ? level - 1 : level;
    if (target == level || target < 0 || !exists(task, target)) {
      return p;
    }
    TaskProgress fresh = TaskProgress.initial();
    return new TaskProgress(p.seen(), p.solved(), 0, fresh.rate(), target, 0, 0, 0, p.restUntil());
  }

  /** Some levels of the original are refused by its own tasks. */
  private boolean exists(String task, int level) {
    try {
      mix.task(new TaskName(task, OptionalInt.of(level)).toString());
      return true;
    } catch (TaskConfigurationException e) {
      return false;
    }
  }

  private TaskProgress failed(TaskProgress p, GroupOutcome outcome) {
    int failures = p.failures() + 1;
    boolean rest = rules.restAfter() > 0 && failures >= rules.restAfter();
    long length = Math.min(LONGEST_REST, (long) rules.rest() << Math.min(p.rests(), 16));
    return new TaskProgress(
        p.seen(),
        p.solved(),
        p.groups(),
        p.rate(),
        p.level(),
        p.flat(),
        rest ? 0 : failures,
        rest ? p.rests() + 1 : p.rests(),
        rest ? outcome.ordinal() + 1 + length : p.restUntil());
  }
}
