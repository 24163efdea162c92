package io.amalgam.actors.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.amalgam.policy.decode.CacheMemory;
import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.FormatProbe;
import io.amalgam.policy.kernel.SamplerPrecision;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhaseSettings;
import io.amalgam.policy.text.Preamble;
import io.amalgam.policy.train.advantage.AdvantageCatalog;
import io.amalgam.policy.train.advantage.AdvantageEstimator;
import io.amalgam.policy.train.loss.AdaptiveEntropy;
import io.amalgam.policy.train.loss.PolicyLoss;
import io.amalgam.verifiers.answer.AnswerExtractor;
import io.amalgam.verifiers.answer.SystemPrompts;
import io.amalgam.verifiers.curriculum.CurriculumRules;
import io.amalgam.verifiers.curriculum.ProblemSchedule;
import io.amalgam.verifiers.sandbox.ExternalTask;
import io.amalgam.verifiers.sandbox.FailureRule;
import io.amalgam.verifiers.sandbox.FailureRules;
import io.amalgam.verifiers.task.MixEntry;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.TaskData;
import io.amalgam.verifiers.task.TaskMix;
import io.amalgam.verifiers.task.WorkedExamples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The resolved and checked configuration of a run; every key is explained in {@code
 * reference.conf}.
 *
 * <p>The components carry the names of the configuration's sections; {@code pekko} is the block
 * that goes over Pekko's own defaults, without its leading name, and may be empty.
 */
public record RunSettings(
    Run run,
    Model model,
    Tasks tasks,
    Mixture mixture,
    Generator generator,
    Verifier verifier,
    Learner learner,
    Controller controller,
    Weights weights,
    Checkpoint checkpoint,
    Eval eval,
    Compute compute,
    Metrics metrics,
    boolean keepRollouts,
    Cluster cluster,
    Config pekko) {

  /** Settings that change nothing of Pekko's configuration. */
  public RunSettings(
      Run run,
      Model model,
      Tasks tasks,
      Mixture mixture,
      Generator generator,
      Verifier verifier,
      Learner learner,
      Controller controller,
      Weights weights,
      Checkpoint checkpoint,
      Eval eval,
      Compute compute,
      Metrics metrics,
      boolean keepRollouts,
      Cluster cluster) {
    this(
        run,
        model,
        tasks,
        mixture,
        generator,
        verifier,
        learner,
        controller,
        weights,
        checkpoint,
        eval,
        compute,
        metrics,
        keepRollouts,
        cluster,
        ConfigFactory.empty());
  }

  /** The mixture method with all that was set for it; the rest are the method's defaults. */
  public MethodSpec methodSpec() {
    SortedMap<String, String> parameters = new TreeMap<>(mixture.parameters());
    if (!mixture.likelihood().equals("default")) {
      parameters.put("likelihood", mixture.likelihood());
    }
    return new MethodSpec(mixture.method(), mixture.k(), generator.temperature(), parameters);
  }

  /**
   * Whether tokens may be sampled from another distribution than the one they are trained under.
   */
  public boolean offPolicy() {
    return controller.maxStaleness() > 0 || generator.sampler() == SamplerPrecision.INT8;
  }

  /** The loss of {@code learner.loss}, corrected for the staleness that is allowed. */
  public PolicyLoss policyLoss() {
    return LossSettings.create(this);
  }

  /** The same loss with another weight of its entropy bonus. */
  public PolicyLoss policyLoss(double entropyWeight) {
    return LossSettings.create(this, entropyWeight);
  }

  /** The text of {@code model.system-prompt} and {@code model.demonstrations} solved problems. */
  public Preamble preamble() {
    List<Preamble.Demonstration> shown =
        model.demonstrations() == 0
            ? List.of()
            : new WorkedExamples(taskMix())
                .demonstrations(model.demonstrations()).stream()
                    .map(e -> new Preamble.Demonstration(e.problem().question(), e.completion()))
                    .toList();
    return new Preamble(SystemPrompts.named(model.systemPrompt()), shown);
  }

  /** How the answer is found in a completion. */
  public AnswerExtractor answers() {
    return tasks.answers().equals("authors")
        ? AnswerExtractor.authors()
        : AnswerExtractor.standard();
  }

  /** Which problem of a mix comes next. */
  public ProblemSchedule schedule(TaskMix mix) {
    return new ProblemSchedule(mix, tasks.curriculum());
  }

  /** All tasks that a mix may name, with the data and the scoring of this run. */
  public TaskCatalog taskCatalog() {
    TaskCatalog catalog =
        TaskCatalog.installed().with(tasks.external().stream().map(ExternalTask::family).toList());
    if (!tasks.dataDir().isEmpty()) {
      catalog = catalog.withData(TaskData.in(Path.of(tasks.dataDir())));
    }
    return tasks.cascade() ? catalog.cascading() : catalog;
  }

  /** The tasks to train on and to evaluate with, drawn by {@code run.seed}. */
  public TaskMix taskMix() {
    return TaskMix.of(
        tasks.mix().stream().map(t -> new MixEntry(t.task(), t.weight(), t.config())).toList(),
        run.seed(),
        taskCatalog());
  }

  /** {@code run}: how long, and with which seed. {@code steps} 0 = no limit. */
  public record Run(long seed, Duration budget, int steps, String directory) {}

  /** {@code model}: where the weights are and how prompts are made. */
  public record Model(
      String path, int maxContext, String prompt, String systemPrompt, int demonstrations) {}

  /** {@code tasks}: what is trained on. */
  public record Tasks(
      List<TaskWeight> mix,
      String dataDir,
      List<ExternalTask.Settings> external,
      boolean cascade,
      String answers,
      Rewarding rewarding,
      Overlong overlong,
      CurriculumRules curriculum) {
    /** Tasks of the catalogue with the usual reward. */
    public Tasks(List<TaskWeight> mix) {
      this(
          mix,
          "",
          List.of(),
          false,
          "last-tag",
          Rewarding.usual(),
          new Overlong(0, 1),
          CurriculumRules.plain());
    }
  }

  /** {@code tasks.reward}: weights of the parts, and what is believed. */
  public record Rewarding(SortedMap<String, Double> parts, double least, double greatest) {
    /** The score, and a tenth for the form. */
    public static Rewarding usual() {
      return new Rewarding(new TreeMap<>(Map.of("score", 1.0, "format", 0.1)), -10, 10);
    }
  }

  /** {@code tasks.overlong}: the penalty for completions near the token limit; buffer 0 = none. */
  public record Overlong(int buffer, double factor) {}

  /** One entry of {@code tasks.mix}. */
  public record TaskWeight(String task, double weight, ObjectNode config) {}

  /** {@code mixture}: how the chain of thought is sampled, and when that ends. */
  public record Mixture(
      String method,
      int k,
      String likelihood,
      PhaseSettings phases,
      SortedMap<String, String> parameters) {}

  /** {@code generator}: decoding. */
  public record Generator(
      List<String> devices,
      double temperature,
      int maxNewTokens,
      int slots,
      boolean rebuildCacheOnSwap,
      int prefetchGroups,
      SamplerPrecision sampler,
      CacheMemory kvCache,
      int prefillChunk,
      List<String> stopStrings) {
    /** An exact sampler, the usual memory, prompts computed at once, no stop strings. */
    public Generator(
        List<String> devices,
        double temperature,
        int maxNewTokens,
        int slots,
        boolean rebuildCacheOnSwap,
        int prefetchGroups) {
      this(
          devices,
          temperature,
          maxNewTokens,
          slots,
          rebuildCacheOnSwap,
          prefetchGroups,
          SamplerPrecision.EXACT,
          CacheMemory.USUAL,
          0,
          List.of());
    }
  }

  /** {@code verifier}: limits of verification. */
  public record Verifier(int parallelism, FailureRules failures, int processes, int heapMegabytes) {
    /** Masks what could not be judged. */
    public Verifier(int parallelism, Duration timeout, int retries) {
      this(parallelism, FailureRules.of(FailureRule.masking(retries, timeout)), 1, 256);
    }
  }

  /** {@code learner}: groups, loss and optimiser. */
  public record Learner(
      int groupSize,
      int groupsPerStep,
      int minGroupSize,
      Advantage advantage,
      Loss loss,
      Optim optim,
      int loraRank,
      int tokensPerMicroBatch,
      boolean recompute,
      Kl kl) {}

  /**
   * {@code learner.advantage}: a tagged union on {@code type}.
   *
   * @param parameters what was set; the rest are the type's defaults
   */
  public record Advantage(String type, SortedMap<String, String> parameters) {
    /** The type with its defaults. */
    public Advantage(String type) {
      this(type, new TreeMap<>());
    }

    /** The estimator it describes. */
    public AdvantageEstimator estimator() {
      return AdvantageCatalog.create(type, parameters);
    }
  }

  /**
   * {@code learner.loss}: a tagged union on {@code type}.
   *
   * @param parameters what was set, those of the correction under {@code correction} and {@code
   *     correction-…}; the rest are defaults
   * @param maskTruncated whether completions that reached the token limit take part in no loss
   * @param adaptiveEntropy how the weight of the entropy bonus changes; empty: it does not
   */
  public record Loss(
      String type,
      SortedMap<String, String> parameters,
      boolean maskTruncated,
      Optional<AdaptiveEntropy> adaptiveEntropy) {
    /** The type with its defaults. */
    public Loss(String type) {
      this(type, new TreeMap<>(), false, Optional.empty());
    }
  }

  /** {@code learner.kl}: the distance to a reference policy; coefficient 0: none. */
  public record Kl(double coefficient, String estimator, String reference) {
    /** The {@code reference} that means the weights the run started from. */
    public static final String START = "start";

    /** The {@code reference} that means no model. */
    public static final String NONE = "none";
  }

  /** {@code learner.optim}: AdamW. */
  public record Optim(
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      double maxGradNorm,
      int warmupSteps,
      int decaySteps,
      double finalLrShare) {}

  /** {@code controller}: admission and deadlines. */
  public record Controller(
      int maxStaleness, Duration leaseTimeout, Duration stallTimeout, int maxAttempts) {}

  /** {@code weights}: how versions travel. */
  public record Weights(
      String channel, String host, int port, int anchorEvery, int keepDeltas, Duration timeout) {}

  /** {@code checkpoint}: how often, how many. */
  public record Checkpoint(int everySteps, int keep) {}

  /** {@code eval}: held-out accuracy. */
  public record Eval(int problems, int samples, List<String> modes) {}

  /**
   * {@code compute}: threads and number format.
   *
   * @param threads operator threads of one native call; 0 = automatic
   */
  public record Compute(int threads, String format) {
    /** Models below this size gain little from a second thread in one call. */
    private static final long SIDE_BY_SIDE = 16_000_000;

    /**
     * How sampler and trainer compute on a device, both in one format; {@code auto} is decided by
     * timing.
     *
     * @param operatorThreads threads of one native call
     * @param parameters size of the model
     */
    public ComputeSettings on(
        String device, int operatorThreads, long parameters, SamplerPrecision sampler) {
      ComputeFormat chosen = ComputeFormat.valueOf(format.toUpperCase(Locale.ROOT));
      ComputeSettings asked = new ComputeSettings(operatorThreads, chosen, device, sampler);
      return new ComputeSettings(
          operatorThreads, FormatProbe.forRun(asked, parameters), device, sampler);
    }

    /** The operator threads of a call that has the machine to itself. */
    public int threadsAlone() {
      return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    /**
     * The operator threads of a generator and a learner that share a processor: half the cores each
     * for a small model, so that they compute side by side; all cores in turns for a large one.
     */
    public int threadsShared(long parameters) {
      return threads > 0 || parameters >= SIDE_BY_SIDE
          ? threadsAlone()
          : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
  }

  /** {@code metrics}: the HTTP endpoint; port −1 = off. */
  public record Metrics(String host, int port) {}

  /** {@code cluster}: addresses. */
  public record Cluster(String host, int port, List<String> seeds, Duration removeAfter) {}
}
