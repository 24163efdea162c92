package io.amalgam.actors.learner;

import io.amalgam.actors.generator.ComputePermit;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.OptimiserState;
import io.amalgam.policy.kernel.ReferenceModel;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import io.amalgam.policy.rollout.FinishReason;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.train.ComputeTurns;
import io.amalgam.policy.train.LearningRate;
import io.amalgam.policy.train.Replay;
import io.amalgam.policy.train.ReplayReport;
import io.amalgam.policy.train.ReplaySample;
import io.amalgam.policy.train.ReplaySettings;
import io.amalgam.policy.train.advantage.AdvantageEstimator;
import io.amalgam.policy.train.advantage.Advantages;
import io.amalgam.policy.train.advantage.RewardGroup;
import io.amalgam.policy.train.loss.AdaptiveEntropy;
import io.amalgam.policy.weights.FrozenModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Trains a model by replaying mixtures; takes turns with the generator on its device. */
public final class ReplayTrainer implements PolicyTrainer {
  /** Parameters above which a host copy is worth a collection. */
  private static final long LARGE = 16_000_000;

  private static final String ENTROPY_WEIGHT = "entropy_weight";
  private static final String LAST_ENTROPY = "last_entropy";

  private final TrainableModel model;
  private final AdvantageEstimator advantages;
  private final Losses losses;
  private final boolean maskTruncated;
  private final AdamWSettings optimiser;
  private final LearningRate rate;
  private final ComputePermit permit;
  private final Replay replay;
  private final Optional<ReferenceModel> reference;
  private final String format;
  private final double tolerance;
  private final Optional<Adapting> adapting;
  private Optional<AdaptiveEntropy.State> entropy;
  private BooleanSupplier stop = () -> false;

  /**
   * That an adapter is trained.
   *
   * @param spec its shape
   * @param base the model it belongs to, for which it is published
   */
  public record Adapting(LoraSpec spec, FrozenModel base) {}

  /**
   * Takes ownership of the models.
   *
   * @param losses the loss, for every weight of the entropy bonus if that is adaptive
   * @param maskTruncated whether members that reached the token limit take part in no loss
   * @param optimiser the constants of AdamW; its learning rate is replaced by {@code rate}
   * @param format number format of the products, for the parity figures
   * @param tolerance largest |behaviour − replay| that the format explains
   * @param reference the model of the loss's KL term
   * @param adapting the adapter that {@code model} trains; empty when it trains all weights
   */
  public ReplayTrainer(
      TrainableModel model,
      AdvantageEstimator advantages,
      Losses losses,
      boolean maskTruncated,
      ReplaySettings settings,
      AdamWSettings optimiser,
      LearningRate rate,
      ComputePermit permit,
      String format,
      double tolerance,
      Optional<ReferenceModel> reference,
      Optional<Adapting> adapting) {
    this.adapting = adapting;
    this.model = model;
    this.advantages = advantages;
    this.losses = losses;
    this.entropy = losses.start();
    this.maskTruncated = maskTruncated;
    this.optimiser = optimiser;
    this.rate = rate;
    this.permit = permit;
    this.format = format;
    this.tolerance = tolerance;
    this.reference = reference;
    this.replay =
        new Replay(model, losses.loss(entropy), settings, reference).takingTurns(this::turn);
  }

  private ComputeTurns.Turn turn() {
    if (stop.getAsBoolean()) {
      throw new StepBrokenOff();
    }
    return permit.claim("learner")::close;
  }

  @Override
  public TrainFigures train(List<FinishedGroup> batch, long version, BooleanSupplier stopping) {
    stop = stopping;
    double lr = rate.at(model.steps() + 1);
    AdamWSettings settings =
        new AdamWSettings(
            lr,
            optimiser.beta1(),
            optimiser.beta2(),
            optimiser.eps(),
            optimiser.weightDecay(),
            optimiser.maxGradNorm());
    Replay present = entropy.isPresent() ? replay.withLoss(losses.loss(entropy)) : replay;
    ReplayReport r = present.train(samples(batch), settings, version);
    if (r.replayed() > 0) {
      entropy = losses.after(entropy, r.entropy());
    }
    return new TrainFigures(
        r.loss(),
        r.gradNorm(),
        lr,
        r.replayed() == 0 || r.skippedSteps() > 0,
        r.klBehaviour(),
        r.ratioP99(),
        r.clipFraction(),
        kl(r),
        r.metrics(),
        r.positions(),
        new Parity(r.terms(), r.mismatchMax(), r.mismatchP99(), format, tolerance));
  }

  private static OptionalDouble kl(ReplayReport r) {
    Double kl = r.metrics().get("kl");
    return kl == null ? OptionalDouble.empty() : OptionalDouble.of(kl);
  }

  /** Scored members only; the advantage of a masked one does not exist. */
  private List<ReplaySample> samples(List<FinishedGroup> batch) {
    List<double[]> values = advantages(batch);
    List<ReplaySample> samples = new ArrayList<>();
    for (int g = 0; g < batch.size(); g++) {
      List<MemberResult> members = batch.get(g).scored();
      for (int m = 0; m < members.size(); m++) {
        Trajectory trajectory = members.get(m).trajectory();
        boolean masked = maskTruncated && trajectory.finish() == FinishReason.LENGTH;
        samples.add(new ReplaySample(trajectory, values.get(g)[m], masked));
      }
    }
    return samples;
  }

  @Override
  public List<double[]> advantages(List<FinishedGroup> batch) {
    Advantages values =
        advantages.estimate(
            batch.stream()
                .map(
                    g ->
                        RewardGroup.of(
                            g.scored().stream()
                                .mapToDouble(m -> m.scored().orElseThrow().reward())
                                .toArray()))
                .toList());
    List<double[]> out = new ArrayList<>();
    for (int g = 0; g < batch.size(); g++) {
      FinishedGroup group = batch.get(g);
      out.add(group.zeroVariance() ? new double[group.scored().size()] : values.values().get(g));
    }
    return out;
  }

  @Override
  public ModelWeights published() {
    freeHostCopies();
    return adapting
        .map(a -> a.base().publish(new LoraAdapter(a.spec(), model.masters())))
        .orElseGet(model::published);
  }

  @Override
  public Optional<LoraSpec> lora() {
    return adapting.map(Adapting::spec);
  }

  @Override
  public ModelWeights masters() {
    freeHostCopies();
    return model.masters();
  }

  /**
   * Host copies live outside the heap and go with the collection of their small handles. The heap
   * of a large model hardly grows, so without a word the copies of many versions pile up.
   */
  private void freeHostCopies() {
    if (model.config().parameters() > LARGE) {
      System.gc();
    }
  }

  @Override
  public ModelWeights firstMoments() {
    freeHostCopies();
    return model.firstMoments();
  }

  @Override
  public ModelWeights secondMoments() {
    freeHostCopies();
    return model.secondMoments();
  }

  @Override
  public long steps() {
    return model.steps();
  }

  @Override
  public void restore(ModelWeights masters, OptimiserState state) {
    model.restore(masters, state);
  }

  @Override
  public SortedMap<String, Double> lossState() {
    SortedMap<String, Double> state = new TreeMap<>();
    entropy.ifPresent(
        s -> {
          state.put(ENTROPY_WEIGHT, s.weight());
          if (Double.isFinite(s.entropy())) {
            state.put(LAST_ENTROPY, s.entropy());
          }
        });
    return state;
  }

  @Override
  public void restoreLoss(SortedMap<String, Double> state) {
    Double weight = state.get(ENTROPY_WEIGHT);
    if (weight != null && entropy.isPresent()) {
      entropy =
          Optional.of(
              new AdaptiveEntropy.State(
                  weight, state.getOrDefault(LAST_ENTROPY, Double.POSITIVE_INFINITY)));
    }
  }

  @Override
  public int vocabulary() {
    return model.config().vocabSize();
  }

  @Override
  public void close() {
    reference.ifPresent(ReferenceModel::close);
    model.close();
  }
}
