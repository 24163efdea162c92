package io.amalgam.actors.cluster;

import io.amalgam.actors.generator.BatchSampler;
import io.amalgam.actors.generator.ComputePermit;
import io.amalgam.actors.generator.PromptCodec;
import io.amalgam.actors.generator.SamplerSource;
import io.amalgam.actors.learner.AdapterStart;
import io.amalgam.actors.learner.KlReference;
import io.amalgam.actors.learner.Losses;
import io.amalgam.actors.learner.PolicyTrainer;
import io.amalgam.actors.learner.ReplayTrainer;
import io.amalgam.actors.settings.ModelLocation;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.policy.decode.CacheBudget;
import io.amalgam.policy.decode.DecodeSettings;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.ReferenceModel;
import io.amalgam.policy.kernel.SamplerPrecision;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.kernel.TrainableSettings;
import io.amalgam.policy.mixture.RepetitionPenalty;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.train.ReplaySettings;
import io.amalgam.policy.weights.FrozenModel;
import io.amalgam.verifiers.reward.OverlongPenalty;
import io.amalgam.verifiers.reward.RewardRule;
import io.amalgam.verifiers.reward.WeightedReward;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.TaskMix;
import java.util.Optional;

/** The parts of a run with a real model. */
final class ModelParts implements RunParts {
  /** Problems whose prompts are measured to size the cache. */
  private static final int MEASURED_PROMPTS = 512;

  private static final double F32_TOLERANCE = 1e-4;
  private static final double BF16_TOLERANCE = 2e-2;

  /** A sampler of other numbers than the trainer's, whose ratio is corrected. */
  private static final double INT8_TOLERANCE = 3;

  private final RunSettings settings;
  private final LoadedPolicy policy;
  private final FrozenModel base;
  private final TaskMix mix;
  private final int context;

  private ModelParts(RunSettings settings, LoadedPolicy policy, TaskMix mix) {
    this.settings = settings;
    this.policy = policy;
    this.base = new FrozenModel(policy.config(), policy.base());
    this.mix = mix;
    this.context = context(settings, policy, mix);
  }

  /** Longest sequence that the generators make room for, in positions. */
  private static int context(RunSettings settings, LoadedPolicy policy, TaskMix mix) {
    int longest = 0;
    for (int ordinal = 0; ordinal < MEASURED_PROMPTS; ordinal++) {
      longest = Math.max(longest, policy.prompt(mix.trainingProblem(ordinal).question()).length);
    }
    int most = mostPositions(settings, policy);
    return Math.min(most, longest + longest / 4 + settings.generator().maxNewTokens());
  }

  private static int mostPositions(RunSettings settings, LoadedPolicy policy) {
    return settings.model().maxContext() > 0
        ? settings.model().maxContext()
        : policy.config().maxPositions();
  }

  /**
   * Refuses a key-value memory that cannot hold one sequence.
   *
   * @throws IllegalArgumentException with the numbers
   */
  static void requireCacheMemory(RunSettings settings, LoadedPolicy policy) {
    for (String device : settings.generator().devices()) {
      long bytes = settings.generator().kvCache().on(device);
      ComputeFormat format = compute(settings, policy, device).format();
      if (!CacheBudget.holds(policy.config(), format, bytes, mostPositions(settings, policy))) {
        // Prompts are measured only where the longest possible sequence would not fit.
        CacheBudget.check(
            policy.config(), format, bytes, context(settings, policy, settings.taskMix()));
      }
    }
  }

  /**
   * Reads the model.
   *
   * @throws io.amalgam.policy.model.ModelFormatException when it cannot be used
   */
  static ModelParts open(RunSettings settings) {
    RepetitionPenalty.refuseTraining(settings.methodSpec());
    LoadedPolicy policy =
        LoadedPolicy.open(
                ModelLocation.resolve(settings.model().path()),
                settings.preamble(),
                settings.model().adapter())
            .forContext(settings.model().maxContext());
    return new ModelParts(settings, policy, settings.taskMix());
  }

  @Override
  public TaskMix mix() {
    return mix;
  }

  @Override
  public PromptCodec prompts() {
    return new PromptCodec() {
      @Override
      public int[] prompt(Problem problem) {
        return policy.prompt(problem.question());
      }

      @Override
      public String completion(Trajectory trajectory) {
        return policy.completion(trajectory, settings.generator().stopStrings());
      }
    };
  }

  @Override
  public int maxPrompt() {
    return Math.max(1, context - 1);
  }

  @Override
  public SamplerSource samplers(String device) {
    RunSettings.Generator g = settings.generator();
    DecodeSettings decode =
        policy
            .decodeSettings(
                settings.methodSpec(),
                g.slots(),
                context,
                settings.mixture().phases(),
                g.rebuildCacheOnSwap())
            .within(g.kvCache().on(device), g.prefillChunk())
            .stoppingAt(policy.stops(g.stopStrings()));
    return (weights, version) ->
        new BatchSampler(
            GenerationModel.load(policy.config(), weights, compute(device)), decode, version);
  }

  @Override
  public ModelWeights completed(ModelWeights published) {
    return base.weights(published);
  }

  @Override
  public PolicyTrainer trainer(ComputePermit permit) {
    RunSettings.Learner l = settings.learner();
    RunSettings.Optim o = l.optim();
    Optional<LoraAdapter> adapter = AdapterStart.of(settings, policy);
    TrainableModel model =
        TrainableModel.load(
            policy.config(),
            adapter.isPresent() ? policy.base() : policy.weights(),
            compute(learnerDevice(settings)),
            adapter
                .map(a -> TrainableSettings.lora(true, a))
                .orElseGet(() -> TrainableSettings.full(true))
                .withFormats(o.gradients(), o.moments()));
    boolean f32 = model.format() == ComputeFormat.F32;
    Optional<ReferenceModel> reference;
    try {
      reference =
          KlReference.load(
              settings,
              policy.config(),
              new ComputeSettings(threads(), model.format(), learnerDevice(settings)));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    return new ReplayTrainer(
        model,
        l.advantage().estimator(),
        losses(),
        l.loss().maskTruncated(),
        new ReplaySettings(l.tokensPerMicroBatch(), l.recompute(), true),
        new AdamWSettings(
            o.rate().peak(), o.beta1(), o.beta2(), o.eps(), o.weightDecay(), o.maxGradNorm()),
        o.rate(),
        permit,
        f32 ? "f32" : "bf16",
        tolerance(f32),
        reference,
        adapter.map(a -> new ReplayTrainer.Adapting(a.spec(), base)));
  }

  private double tolerance(boolean f32) {
    if (settings.generator().sampler() == SamplerPrecision.INT8) {
      return INT8_TOLERANCE;
    }
    return f32 ? F32_TOLERANCE : BF16_TOLERANCE;
  }

  private Losses losses() {
    return settings.learner().loss().adaptiveEntropy().isEmpty()
        ? Losses.always(settings.policyLoss())
        : new Losses(settings.learner().loss().adaptiveEntropy(), 0, settings::policyLoss);
  }

  /** The learner computes where the first generator does. */
  static String learnerDevice(RunSettings settings) {
    return settings.generator().devices().get(0);
  }

  @Override
  public int threads() {
    return settings.compute().threadsShared(policy.config().parameters());
  }

  private ComputeSettings compute(String device) {
    return compute(settings, policy, device);
  }

  private static ComputeSettings compute(RunSettings settings, LoadedPolicy policy, String device) {
    long parameters = policy.config().parameters();
    return settings
        .compute()
        .on(
            device,
            settings.compute().threadsShared(parameters),
            parameters,
            settings.generator().sampler());
  }

  @Override
  public RewardRule reward() {
    RunSettings.Rewarding r = settings.tasks().rewarding();
    RewardRule rule = new WeightedReward(r.parts(), r.least(), r.greatest());
    RunSettings.Overlong o = settings.tasks().overlong();
    return o.buffer() == 0
        ? rule
        : new OverlongPenalty(rule, settings.generator().maxNewTokens(), o.buffer(), o.factor());
  }

  @Override
  public void close() {
    policy.close();
  }
}
