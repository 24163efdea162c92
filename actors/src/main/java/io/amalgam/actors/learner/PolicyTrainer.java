package io.amalgam.actors.learner;

import io.amalgam.policy.kernel.OptimiserState;
import io.amalgam.policy.model.ModelWeights;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The policy's masters and its optimiser. One owner thread.
 *
 * <p>{@link ReplayTrainer} trains a model.
 */
public interface PolicyTrainer extends TrainedState, AutoCloseable {
  /**
   * Takes one optimiser step on the groups; leaves the weights alone when none carries a gradient.
   *
   * @param version the version of the present weights
   * @param stop asked between native calls; true breaks the step off
   * @throws StepBrokenOff when it was asked to stop; the weights are as before
   */
  TrainFigures train(List<FinishedGroup> batch, long version, BooleanSupplier stop);

  /**
   * The advantages that {@link #train} gives the batch's members.
   *
   * @return per group, one number for each of its {@link FinishedGroup#scored} members
   */
  List<double[]> advantages(List<FinishedGroup> batch);

  /** What generators fetch: the masters rounded to bf16, or the adapter that is trained. */
  ModelWeights published();

  /** Goes back to masters and moments, bit by bit. */
  void restore(ModelWeights masters, OptimiserState optimiser);

  /** What the loss carries from step to step, by name; empty for most losses. */
  default SortedMap<String, Double> lossState() {
    return new TreeMap<>();
  }

  /** Goes back to what {@link #lossState} gave. */
  default void restoreLoss(SortedMap<String, Double> state) {}

  /** Number of ids of the model. */
  int vocabulary();

  @Override
  void close();

  /**
   * What a step saw.
   *
   * @param kl KL to the reference policy as {@code learner.kl.estimator} measures it, unweighted;
   *     empty without a KL term
   * @param metrics what the loss reports by name, means over the micro-batches
   * @param tokensTrained positions with a likelihood in members with an advantage
   * @param parity comparison of behaviour and replay at equal weights
   */
  record TrainFigures(
      double loss,
      double gradNorm,
      double learningRate,
      boolean skipped,
      double klBehaviour,
      double ratioP99,
      double clipFraction,
      OptionalDouble kl,
      SortedMap<String, Double> metrics,
      long tokensTrained,
      Parity parity) {}

  /**
   * |behaviour − replay| over the log-prob terms that were sampled by the very weights replayed.
   *
   * @param terms how many there were
   */
  record Parity(long terms, double max, double p99, String format, double tolerance) {}

  /** A step ended early on request. */
  final class StepBrokenOff extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says so. */
    public StepBrokenOff() {
      super("the step was broken off");
    }
  }
}
