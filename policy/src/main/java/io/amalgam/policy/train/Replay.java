package io.amalgam.policy.train;

import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.FeatureBatch;
import io.amalgam.policy.kernel.ForwardPass;
import io.amalgam.policy.kernel.OptimiserStep;
import io.amalgam.policy.kernel.PackedBatch;
import io.amalgam.policy.kernel.ReferenceModel;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.MixtureLikelihood;
import io.amalgam.policy.mixture.RepetitionPenalty;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.train.loss.BatchTotals;
import io.amalgam.policy.train.loss.KlEstimator;
import io.amalgam.policy.train.loss.LossBatch;
import io.amalgam.policy.train.loss.LossResult;
import io.amalgam.policy.train.loss.PolicyLoss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learning from trajectories: the mixtures are fed through the model again, the loss is computed in
 * Java from their log-probs, and its gradient goes back through the model.
 *
 * <p>Micro-batches hold whole sequences and share the denominators of the whole step, so that the
 * result does not depend on how the step is cut. The proximal policy is the one at the start of
 * {@link #train}; with one optimiser step that is the new one without gradient, with several it is
 * scored first. One owner thread at a time.
 */
public final class Replay {
  private final TrainableModel model;
  private final PolicyLoss loss;
  private final ReplaySettings settings;
  private final Optional<ReferenceModel> reference;
  private ComputeTurns turns = ComputeTurns.alone();

  /** A replay without a reference policy. */
  public Replay(TrainableModel model, PolicyLoss loss, ReplaySettings settings) {
    this(model, loss, settings, Optional.empty());
  }

  /**
   * A replay whose loss may have a KL term.
   *
   * @param reference the model of the KL term, owned by the caller; unused without that term
   */
  public Replay(
      TrainableModel model,
      PolicyLoss loss,
      ReplaySettings settings,
      Optional<ReferenceModel> reference) {
    if (loss.settings().kl() != 0 && reference.isEmpty()) {
      throw new IllegalArgumentException("a loss with a KL term needs a reference model");
    }
    this.model = model;
    this.loss = loss;
    this.settings = settings;
    this.reference = reference;
  }

  /** The same replay with another loss, whose KL term must need no more than this one's. */
  public Replay withLoss(PolicyLoss other) {
    return new Replay(model, other, settings, reference).takingTurns(turns);
  }

  /** Asks for a turn before every micro-batch from now on; returns this. */
  public Replay takingTurns(ComputeTurns computeTurns) {
    turns = computeTurns;
    return this;
  }

  /**
   * Takes one optimiser step on all samples, or none when no sample teaches anything.
   *
   * @param version policy version of the present weights
   */
  public ReplayReport train(List<ReplaySample> samples, AdamWSettings optimiser, long version) {
    return train(samples, optimiser, version, 1);
  }

  /**
   * Takes {@code steps} optimiser steps, each on an equal share of the samples in their order; a
   * list that repeats its samples makes several passes over them.
   *
   * @param version policy version of the present weights
   */
  public ReplayReport train(
      List<ReplaySample> samples, AdamWSettings optimiser, long version, int steps) {
    if (steps < 1 || samples.size() < steps) {
      throw new IllegalArgumentException(
          samples.size() + " samples cannot make " + steps + " optimiser steps");
    }
    try {
      return takeSteps(samples, optimiser, version, steps);
    } catch (RuntimeException e) {
      // A step that was broken off must not leave its gradients to the next one.
      model.zeroGradients();
      throw e;
    }
  }

  private ReplayReport takeSteps(
      List<ReplaySample> samples, AdamWSettings optimiser, long version, int steps) {
    ReplayStatistics statistics = new ReplayStatistics();
    Map<ReplaySample, double[]> proximal = steps == 1 ? Map.of() : proximal(samples);
    int replayed = 0;
    int skipped = 0;
    double gradNorm = 0;
    for (int s = 0; s < steps; s++) {
      int from = (int) ((long) samples.size() * s / steps);
      int to = (int) ((long) samples.size() * (s + 1) / steps);
      int taught = accumulate(samples.subList(from, to), proximal, version, statistics);
      if (taught == 0) {
        continue;
      }
      replayed += taught;
      OptimiserStep step;
      try (ComputeTurns.Turn turn = turns.take()) {
        step = model.step(optimiser);
      }
      gradNorm = step.gradNorm();
      skipped += step.skipped() ? 1 : 0;
    }
    return statistics.report(samples.size(), replayed, gradNorm, skipped);
  }

  /** Adds the gradient of the loss over all samples to the model's buffers, without a step. */
  public ReplayReport accumulate(List<ReplaySample> samples, long version) {
    ReplayStatistics statistics = new ReplayStatistics();
    int replayed = accumulate(samples, Map.of(), version, statistics);
    return statistics.report(samples.size(), replayed, 0, 0);
  }

  /** The log-prob terms of each trajectory under the present weights, in order of position. */
  public List<double[]> score(List<Trajectory> trajectories) {
    List<ReplaySample> samples = trajectories.stream().map(t -> new ReplaySample(t, 0)).toList();
    Map<ReplaySample, double[]> scores = proximal(samples);
    return samples.stream().map(s -> scores.getOrDefault(s, new double[0])).toList();
  }

  private int accumulate(
      List<ReplaySample> samples,
      Map<ReplaySample, double[]> proximal,
      long version,
      ReplayStatistics statistics) {
    List<ReplaySample> kept = samples.stream().filter(this::teaches).toList();
    if (kept.isEmpty()) {
      return 0;
    }
    MixtureLikelihood likelihood = likelihood(samples);
    if (loss.comparesProbabilities() && likelihood.isDensity()) {
      throw new IllegalArgumentException(
          "a loss of probability differences cannot learn from a likelihood that is a density");
    }
    List<List<ReplaySample>> parts = divide(kept);
    BatchTotals totals = new BatchTotals(samples.size(), positions(samples), parts.size());
    for (List<ReplaySample> part : parts) {
      ReplayMicroBatch micro = new ReplayMicroBatch(part, likelihood);
      PackedBatch packed = micro.packed(settings.recompute(), model.config().hiddenSize());
      try (ComputeTurns.Turn turn = turns.take();
          ForwardPass pass = forward(packed)) {
        FeatureBatch features = pass.features();
        LossBatch batch = micro.lossBatch(features, micro.logProbs(features));
        if (!proximal.isEmpty()) {
          batch = batch.withOld(concatenate(part, proximal));
        }
        if (loss.settings().kl() != 0 && !exactKl()) {
          batch = batch.withReference(micro.logProbs(pass.referenceFeatures()));
        }
        LossResult result = loss.evaluate(batch, totals);
        model.backward(pass, micro.gradient(features, result));
        statistics.add(batch, result, micro.sampledUnder(version));
        statistics.tokens += packed.tokens();
      }
    }
    return kept.size();
  }

  private ForwardPass forward(PackedBatch packed) {
    return loss.settings().kl() == 0
        ? model.forward(packed)
        : model.forward(packed, reference.orElseThrow(), exactKl());
  }

  private boolean exactKl() {
    return loss.settings().klEstimator() == KlEstimator.EXACT;
  }

  private Map<ReplaySample, double[]> proximal(List<ReplaySample> samples) {
    Map<ReplaySample, double[]> out = new HashMap<>();
    List<ReplaySample> scored = samples.stream().filter(Replay::hasTerms).toList();
    if (scored.isEmpty()) {
      return out;
    }
    MixtureLikelihood likelihood = likelihood(scored);
    for (List<ReplaySample> part : divide(scored)) {
      ReplayMicroBatch micro = new ReplayMicroBatch(part, likelihood);
      try (ComputeTurns.Turn turn = turns.take();
          ForwardPass pass = model.forward(micro.packed(true, model.config().hiddenSize()))) {
        double[] all = micro.logProbs(pass.features());
        int at = 0;
        for (ReplaySample sample : part) {
          int terms = terms(sample);
          out.put(sample, java.util.Arrays.copyOfRange(all, at, at + terms));
          at += terms;
        }
      }
    }
    return out;
  }

  private boolean teaches(ReplaySample sample) {
    boolean skip =
        settings.skipZeroAdvantages() && !loss.usesZeroAdvantages() && sample.advantage() == 0;
    return !skip && !sample.masked() && hasTerms(sample);
  }

  private List<List<ReplaySample>> divide(List<ReplaySample> samples) {
    return ReplayPacker.divide(
        samples, s -> ReplayPacker.inputs(s.trajectory()), settings.tokensPerMicroBatch());
  }

  private static boolean hasTerms(ReplaySample sample) {
    return terms(sample) > 0;
  }

  private static int terms(ReplaySample sample) {
    int sum = 0;
    for (byte t : sample.trajectory().terms()) {
      sum += t;
    }
    return sum;
  }

  private static double positions(List<ReplaySample> samples) {
    double sum = 0;
    for (ReplaySample sample : samples) {
      for (byte t : sample.trajectory().terms()) {
        sum += t > 0 && !sample.masked() ? 1 : 0;
      }
    }
    return sum;
  }

  private static double[] concatenate(List<ReplaySample> part, Map<ReplaySample, double[]> values) {
    List<double[]> pieces = new ArrayList<>();
    int size = 0;
    for (ReplaySample sample : part) {
      double[] piece = values.getOrDefault(sample, new double[0]);
      pieces.add(piece);
      size += piece.length;
    }
    double[] out = new double[size];
    int at = 0;
    for (double[] piece : pieces) {
      System.arraycopy(piece, 0, out, at, piece.length);
      at += piece.length;
    }
    return out;
  }

  /** The likelihood of the one method that sampled everything. */
  private static MixtureLikelihood likelihood(List<ReplaySample> samples) {
    MethodSpec spec = samples.get(0).trajectory().method();
    for (ReplaySample sample : samples) {
      if (!sample.trajectory().method().equals(spec)) {
        throw new IllegalArgumentException(
            "a step mixes trajectories of " + spec + " and " + sample.trajectory().method());
      }
    }
    RepetitionPenalty.refuseTraining(spec);
    return MethodCatalog.create(spec).likelihood();
  }
}
