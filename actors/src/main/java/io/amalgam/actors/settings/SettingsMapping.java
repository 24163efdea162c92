package io.amalgam.actors.settings;

import com.typesafe.config.Config;
import io.amalgam.policy.decode.CacheMemory;
import io.amalgam.policy.kernel.SamplerPrecision;
import io.amalgam.policy.kernel.StateFormat;
import io.amalgam.policy.mixture.PhaseSettings;
import io.amalgam.policy.train.LearningRate;
import io.amalgam.policy.train.loss.KlEstimator;
import io.amalgam.verifiers.curriculum.CurriculumRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns a resolved configuration into records, checking every value and what belongs together. */
final class SettingsMapping {
  private static final int ANY = Integer.MAX_VALUE;

  private final Config config;
  private final Config given;
  private final Config pekko;
  private final SettingsReader in;

  private SettingsMapping(Config config, Config given, Config pekko) {
    this.pekko = pekko;
    this.config = config;
    this.given = given;
    this.in = new SettingsReader(config);
  }

  /**
   * Maps {@code config}.
   *
   * @param given what a person wrote, without defaults
   * @param pekko the block for Pekko
   */
  static RunSettings map(Config config, Config given, Config pekko) {
    SettingsMapping mapping = new SettingsMapping(config, given, pekko);
    RunSettings settings = mapping.settings();
    MethodChecks.check(settings, mapping.in);
    TaskMixSettings.check(settings);
    return settings;
  }

  private RunSettings settings() {
    return new RunSettings(
        run(),
        model(),
        tasks(),
        mixture(),
        generator(),
        verifier(),
        learner(),
        controller(),
        weights(),
        checkpoint(),
        eval(),
        compute(),
        new RunSettings.Metrics(in.name("metrics.host"), in.whole("metrics.port", -1, 65535)),
        in.flag("rollouts.keep"),
        cluster(),
        pekko);
  }

  private RunSettings.Run run() {
    double minutes = in.above("run.minutes", 0);
    if (minutes > 1e7) {
      throw in.wrong("run.minutes", "is out of range", "give at most 10000000 minutes");
    }
    return new RunSettings.Run(
        in.seed("run.seed"),
        Duration.ofMillis(Math.max(1, Math.round(minutes * 60_000))),
        in.whole("run.steps", 0, ANY),
        in.name("run.directory"));
  }

  private RunSettings.Model model() {
    return new RunSettings.Model(
        in.name("model.path"),
        LoraSettings.adapter(in),
        in.whole("model.max-context", 0, ANY),
        in.oneOf("model.prompt", Choices.PROMPTS),
        in.oneOf("model.system-prompt", Choices.systemPrompts()),
        in.whole("model.demonstrations", 0, 32));
  }

  private RunSettings.Tasks tasks() {
    return new RunSettings.Tasks(
        TaskMixSettings.read(config, in),
        dataDir(),
        TaskMixSettings.external(config, in),
        in.flag("tasks.cascade"),
        in.oneOf("tasks.answers", Choices.ANSWERS),
        VerifierSettings.rewarding(config, in),
        overlong(),
        curriculum());
  }

  private RunSettings.Overlong overlong() {
    int buffer = in.whole("tasks.overlong.buffer", 0, ANY);
    if (buffer > config.getInt("generator.max-new-tokens")) {
      throw in.wrong(
          "tasks.overlong.buffer",
          "is more than generator.max-new-tokens",
          "give a whole number from 0 to " + config.getInt("generator.max-new-tokens"));
    }
    return new RunSettings.Overlong(
        buffer, in.within("tasks.overlong.factor", 0, Double.MAX_VALUE));
  }

  private CurriculumRules curriculum() {
    double lower = in.within("tasks.curriculum.lower-at", 0, 1);
    double raise = in.within("tasks.curriculum.raise-at", 0, 1);
    if (!(lower < raise)) {
      throw in.wrong(
          "tasks.curriculum.lower-at", "is not below tasks.curriculum.raise-at", "give less");
    }
    return new CurriculumRules(
        in.oneOf("tasks.curriculum.sampling", Choices.SAMPLINGS).equals("learnability"),
        in.within("tasks.curriculum.floor", 1e-6, 1),
        in.within("tasks.curriculum.memory", 0, 0.9999),
        in.whole("tasks.curriculum.back-off-after", 0, ANY),
        in.whole("tasks.curriculum.start-level", -1, 999),
        raise,
        lower,
        in.whole("tasks.curriculum.level-groups", 1, ANY),
        in.whole("tasks.curriculum.rest-after", 0, ANY),
        in.whole("tasks.curriculum.rest", 1, ANY));
  }

  private String dataDir() {
    String dir = in.text("tasks.data-dir");
    if (!dir.isEmpty() && !Files.isDirectory(Path.of(dir))) {
      throw in.wrong("tasks.data-dir", "is no directory", "give an existing one, or \"\"");
    }
    return dir;
  }

  private RunSettings.Mixture mixture() {
    SortedMap<String, String> parameters = new TreeMap<>();
    config
        .getObject("mixture.parameters")
        .forEach((name, value) -> parameters.put(name, String.valueOf(value.unwrapped())));
    return new RunSettings.Mixture(
        in.oneOf("mixture.method", MethodChecks.names()),
        in.whole("mixture.k", 1, 16),
        in.oneOf("mixture.likelihood", MethodChecks.likelihoods()),
        phases(),
        parameters);
  }

  private PhaseSettings phases() {
    PhaseSettings.Rule rule =
        in.enumOf("mixture.stop.rule", PhaseSettings.Rule.class, Choices.STOP_RULES);
    PhaseSettings.Lock lock =
        in.enumOf("mixture.stop.lock-on-first", PhaseSettings.Lock.class, Choices.LOCKS);
    if (lock == PhaseSettings.Lock.ON && !rule.readsActions()) {
      throw in.wrong(
          "mixture.stop.lock-on-first",
          "needs a rule that reads what was drawn, not " + rule.word(),
          "give auto or off, or another mixture.stop.rule");
    }
    double probability = in.within("mixture.stop.probability", 0, 1);
    if (probability == 0) {
      throw in.wrong("mixture.stop.probability", "is out of range", "a number above 0, at most 1");
    }
    return new PhaseSettings(
        rule,
        probability,
        lock,
        in.above("mixture.stop.cold-stop.entropy", 0),
        in.whole("mixture.stop.cold-stop.positions", 0, ANY),
        in.whole("mixture.max-length", 0, ANY),
        in.flag("mixture.stop.force"));
  }

  private RunSettings.Generator generator() {
    List<String> devices = in.texts("generator.devices", List.of(), false);
    for (String device : devices) {
      if (!device.matches("cpu|cuda:\\d{1,3}")) {
        throw in.wrong(
            "generator.devices", "holds the unknown \"" + device + "\"", "give cpu or cuda:N");
      }
    }
    return new RunSettings.Generator(
        devices,
        in.above("generator.temperature", 0),
        in.whole("generator.max-new-tokens", 1, 1 << 20),
        in.whole("generator.slots", 1, 1 << 16),
        in.oneOf("generator.cache-on-swap", Choices.CACHE_ON_SWAP).equals("rebuild"),
        in.whole("generator.prefetch-groups", 0, ANY),
        in.enumOf("generator.sampler", SamplerPrecision.class, Choices.SAMPLERS),
        CacheMemory.parse(in.text("generator.kv-cache"))
            .orElseThrow(
                () ->
                    in.wrong(
                        "generator.kv-cache",
                        "is no amount of memory",
                        "give bytes such as 2g or 512m, or a share such as 25%")),
        in.whole("generator.prefill-chunk", 0, ANY),
        in.texts("generator.stop-strings", List.of(), true));
  }

  private RunSettings.Verifier verifier() {
    return VerifierSettings.verifier(config, in);
  }

  private RunSettings.Learner learner() {
    int groupSize = in.whole("learner.group-size", 2, 1 << 16);
    if (groupSize > in.whole("generator.slots", 1, 1 << 16)) {
      throw in.wrong(
          "learner.group-size",
          "is more than generator.slots = " + config.getInt("generator.slots"),
          "raise generator.slots or make the group smaller");
    }
    return new RunSettings.Learner(
        groupSize,
        in.whole("learner.groups-per-step", 1, 1 << 16),
        minGroupSize(groupSize),
        AdvantageSettings.read(config, in),
        LossSettings.read(config, in),
        optim(),
        LoraSettings.read(in),
        in.whole("learner.tokens-per-micro-batch", 1, ANY),
        in.flag("learner.recompute"),
        kl());
  }

  /** The default follows a smaller group; a value that somebody wrote must fit by itself. */
  private int minGroupSize(int groupSize) {
    int min = in.whole("learner.min-group-size", 2, ANY);
    if (min > groupSize && given.hasPath("learner.min-group-size")) {
      throw in.wrong(
          "learner.min-group-size",
          "is more than learner.group-size = " + groupSize,
          "give a whole number from 2 to " + groupSize);
    }
    return Math.min(min, groupSize);
  }

  private RunSettings.Optim optim() {
    return new RunSettings.Optim(
        learningRate(),
        below1("learner.optim.beta1"),
        below1("learner.optim.beta2"),
        in.above("learner.optim.eps", 0),
        in.within("learner.optim.weight-decay", 0, Double.MAX_VALUE),
        in.above("learner.optim.max-grad-norm", 0),
        in.enumOf("learner.optim.gradients", StateFormat.class, Choices.STATE_FORMATS),
        in.enumOf("learner.optim.moments", StateFormat.class, Choices.STATE_FORMATS));
  }

  private LearningRate learningRate() {
    String schedule = in.oneOf("learner.optim.schedule", Choices.SCHEDULES);
    int warmup = in.whole("learner.optim.warmup-steps", 0, ANY);
    int decay = in.whole("learner.optim.decay-steps", 0, ANY);
    boolean falls = !schedule.equals("constant");
    if (falls && decay > 0 && decay <= warmup) {
      throw in.wrong(
          "learner.optim.decay-steps",
          "ends before the warm-up",
          "0, or a number above learner.optim.warmup-steps");
    }
    if (schedule.equals("cosine") && decay == 0) {
      throw in.wrong(
          "learner.optim.schedule",
          "needs a step at which the fall ends",
          "set learner.optim.decay-steps to about the length of the run");
    }
    return new LearningRate(
        in.above("learner.optim.lr", 0),
        warmup,
        falls ? decay : 0,
        in.within("learner.optim.final-lr-share", 0, 1),
        schedule.equals("cosine") ? LearningRate.Fall.COSINE : LearningRate.Fall.LINEAR);
  }

  private RunSettings.Kl kl() {
    String reference = in.name("learner.kl.reference");
    double coefficient = in.within("learner.kl.coefficient", 0, 1e6);
    if (coefficient > 0 && reference.equals(RunSettings.Kl.NONE)) {
      throw in.wrong(
          "learner.kl.reference",
          "is no model, but learner.kl.coefficient is above 0",
          "give start or a model directory, or set learner.kl.coefficient to 0");
    }
    if (Choices.meantReference(reference).isPresent()) {
      throw in.wrong(
          "learner.kl.reference",
          "is no model directory",
          "did you mean \"" + Choices.meantReference(reference).get() + "\"?");
    }
    return new RunSettings.Kl(
        coefficient, in.oneOf("learner.kl.estimator", KlEstimator.labels()), reference);
  }

  private double below1(String key) {
    double v = in.within(key, 0, 1);
    if (v == 1) {
      throw in.wrong(key, "is out of range", "a number from 0 to below 1");
    }
    return v;
  }

  private RunSettings.Controller controller() {
    return new RunSettings.Controller(
        in.whole("controller.max-staleness", 0, ANY),
        in.time("controller.lease-timeout"),
        in.time("controller.stall-timeout"),
        in.whole("controller.max-attempts", 1, 1000));
  }

  private RunSettings.Weights weights() {
    return new RunSettings.Weights(
        in.oneOf("weights.channel", Choices.CHANNELS),
        in.name("weights.host"),
        in.whole("weights.port", 0, 65535),
        in.whole("weights.anchor-every", 1, ANY),
        in.whole("weights.keep-deltas", 0, ANY),
        in.time("weights.timeout"));
  }

  private RunSettings.Checkpoint checkpoint() {
    return new RunSettings.Checkpoint(
        in.whole("checkpoint.every-steps", 0, ANY), in.whole("checkpoint.keep", 1, ANY));
  }

  private RunSettings.Eval eval() {
    return new RunSettings.Eval(
        in.whole("eval.problems", 0, ANY),
        in.whole("eval.samples", 1, 10_000),
        in.texts("eval.modes", Choices.EVAL_MODES, true));
  }

  private RunSettings.Compute compute() {
    return new RunSettings.Compute(
        in.whole("compute.threads", 0, 4096), in.oneOf("compute.format", Choices.FORMATS));
  }

  private RunSettings.Cluster cluster() {
    List<String> seeds = in.texts("cluster.seeds", List.of(), false);
    for (String seed : seeds) {
      if (!seed.matches("[^\\s:]+:\\d{1,5}")) {
        throw in.wrong("cluster.seeds", "holds \"" + seed + "\"", "give host:port");
      }
    }
    return new RunSettings.Cluster(
        in.name("cluster.host"),
        in.whole("cluster.port", 0, 65535),
        seeds,
        in.time("cluster.remove-after"));
  }
}
