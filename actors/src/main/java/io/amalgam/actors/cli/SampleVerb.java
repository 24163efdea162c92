package io.amalgam.actors.cli;

import io.amalgam.actors.settings.RunSettings;
import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.decode.DecodeMode;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.TaskMix;
import io.amalgam.verifiers.task.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sample}: one rollout, position by position, with its candidates and their weights. */
@Command(
    name = "sample",
    description = {
      "Print one rollout with the candidates and weights of every position.",
      "The policy is a run's newest checkpoint, or the configured model."
    })
final class SampleVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Parameters(index = "0", arity = "0..1", paramLabel = "RUN_DIR", description = "Run directory.")
  private Optional<Path> runDir = Optional.empty();

  @Option(names = "--task", description = "Task of the problem. Default: the first of the mix.")
  private Optional<String> task = Optional.empty();

  @Option(names = "--problem", description = "Number of the held-out problem. Default: 0.")
  private int number;

  @Option(names = "--question", description = "A question of your own instead of a problem.")
  private Optional<String> question = Optional.empty();

  @Option(names = "--method", description = "Mixture method instead of the configured one.")
  private Optional<String> method = Optional.empty();

  @Option(names = "--k", description = "Slots of a mixture instead of the configured number.")
  private Optional<Integer> k = Optional.empty();

  @Option(names = "--mode", description = "mixture, discrete or greedy. Default: mixture.")
  private String mode = "mixture";

  @Option(names = "--seed", description = "Seed of the sampling. Default: run.seed.")
  private Optional<Long> seed = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    if (!List.of("mixture", "discrete", "greedy").contains(mode)) {
      throw UserError.usage("--mode " + mode + " is unknown", "give mixture, discrete or greedy");
    }
    try (TrainedPolicy trained =
        TrainedPolicy.open(runDir, withMethod(), spec.commandLine().getErr())) {
      RunSettings settings = trained.resolved().settings();
      TaskMix mix = settings.taskMix();
      Optional<Problem> problem = question.isPresent() ? Optional.empty() : problem(mix);
      String text = question.or(() -> problem.map(Problem::question)).orElseThrow();
      Trajectory rollout = sample(trained, settings, text);
      LoadedPolicy policy = trained.policy();
      Optional<Verdict> verdict =
          problem.map(
              p ->
                  mix.task(p.task())
                      .judge(p, settings.answers().extract(policy.completion(rollout))));
      PrintWriter out = spec.commandLine().getOut();
      RolloutView view = new RolloutView(policy.tokenizer(), rollout);
      if (json) {
        out.println(view.json(text, problem, policy.completion(rollout), verdict));
      } else {
        out.println(
            String.format(
                Locale.ROOT,
                "version %d  %s k=%d  temperature %s  mode %s",
                trained.version(),
                rollout.method().method(),
                rollout.method().k(),
                rollout.method().temperature(),
                mode));
        view.print(text, problem, policy.completion(rollout), verdict, out);
      }
      out.flush();
    }
    return ExitCode.DONE.code();
  }

  private ConfigOptions withMethod() {
    List<String> more = new ArrayList<>();
    method.ifPresent(m -> more.add("mixture.method=" + m));
    // Parameters of another method would be refused: each method starts from its defaults.
    method.ifPresent(m -> more.add("mixture.likelihood=default"));
    // Nothing is trained here, so no ratio of a surrogate can mislead.
    method.ifPresent(m -> more.add("mixture.allow-surrogate-ratios=true"));
    k.ifPresent(n -> more.add("mixture.k=" + n));
    return config.with(more);
  }

  private Optional<Problem> problem(TaskMix mix) {
    String name = task.orElseGet(() -> mix.names().first());
    if (number < 0) {
      throw UserError.usage("--problem " + number + " is out of range", "give 0 or more");
    }
    List<Problem> problems = mix.heldOut(name, number + 1);
    if (problems.size() <= number) {
      throw UserError.usage(
          name + " has only " + problems.size() + " held-out problems here",
          "give a smaller --problem");
    }
    return Optional.of(problems.get(number));
  }

  private Trajectory sample(TrainedPolicy trained, RunSettings settings, String text) {
    LoadedPolicy policy = trained.policy();
    int[] prompt = policy.prompt(text);
    int room = policy.config().maxPositions() - prompt.length;
    if (room < 1) {
      throw UserError.usage(
          "the prompt has "
              + prompt.length
              + " tokens, the model allows "
              + policy.config().maxPositions(),
          "give a shorter question");
    }
    int length = Math.min(room, settings.generator().maxNewTokens());
    MethodSpec method =
        mode.equals("mixture")
            ? settings.methodSpec()
            : new MethodSpec("discrete", 1, settings.generator().temperature(), new TreeMap<>());
    try (GenerationModel model =
            GenerationModel.load(policy.config(), trained.weights(), ReadOut.compute(settings));
        DecodeBatch batch =
            new DecodeBatch(
                model,
                policy.decodeSettings(
                    method, 1, prompt.length + length, settings.mixture().phases(), false),
                trained.version())) {
      batch.admit(
          new GroupRequest(
              "sample",
              seed.orElse(settings.run().seed()),
              number,
              0,
              prompt,
              0,
              1,
              DecodeMode.valueOf(mode.toUpperCase(Locale.ROOT)),
              length));
      List<Trajectory> finished = List.of();
      while (finished.isEmpty()) {
        finished = batch.step();
      }
      return finished.get(0);
    }
  }
}
