package io.amalgam.actors.cli;

import io.amalgam.actors.evaluation.Evaluation;
import io.amalgam.actors.evaluation.EvaluationPlan;
import io.amalgam.actors.evaluation.EvaluationResult;
import io.amalgam.actors.pretraining.AccuracyProbe;
import io.amalgam.actors.pretraining.PretrainReport;
import io.amalgam.actors.pretraining.PretrainSettings;
import io.amalgam.actors.pretraining.Pretraining;
import io.amalgam.actors.pretraining.SeedlingTokenizer;
import io.amalgam.actors.settings.ResolvedSettings;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.policy.decode.DecodeMode;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhaseSettings;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.RandomInit;
import io.amalgam.policy.text.Tokenizer;
import io.amalgam.verifiers.answer.AnswerExtractor;
import io.amalgam.verifiers.task.TaskMix;
import io.amalgam.verifiers.task.WorkedExamples;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model pretrain}: the supervised warm start of a small model on worked solutions. */
@Command(
    name = "pretrain",
    description =
        "Make a small model that can solve some problems of tasks.mix: supervised warm start.")
final class ModelPretrainVerb implements Callable<Integer> {
  private static final int EVALUATION_SLOTS = 256;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Directory to make; must not exist.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    ResolvedSettings resolved = config.load();
    if (Files.exists(out)) {
      throw UserError.usage(out + " exists already", "give a directory that does not exist");
    }
    RunSettings run = resolved.settings();
    PretrainSettings settings = PretrainSettings.of(resolved.keys().getConfig("pretrain"));
    TaskMix mix = run.taskMix();
    int tasks = mix.names().size();
    WorkedExamples examples = new WorkedExamples(mix);
    ComputeSettings compute =
        new ComputeSettings(run.compute().threadsAlone(), ComputeFormat.F32, "cpu");

    Path parent = Optional.ofNullable(out.toAbsolutePath().getParent()).orElseThrow();
    Files.createDirectories(parent);
    Path work = Files.createTempDirectory(parent, ".pretraining-");
    Path tokenizerFiles = work.resolve("tokenizer");
    SeedlingTokenizer.write(
        examples.take(0, tasks * settings.textsPerTask()),
        settings.architecture().vocabulary(),
        tokenizerFiles);
    try (Tokenizer tokenizer = Tokenizer.open(tokenizerFiles)) {
      ModelConfig model = settings.architecture().config(tokenizer.vocabularySize());
      List<Integer> ends =
          List.of(tokenizer.idOf(tokenizer.eosToken().orElseThrow()).orElseThrow());
      ModelWeights initial = RandomInit.weights(model, run.run().seed());
      Path start = work.resolve("start");
      HuggingFaceDirectory.save(start, model, initial, ends, Optional.of(tokenizerFiles));
      try (LoadedPolicy policy = LoadedPolicy.open(start);
          Probe probe = new Probe(policy, mix, run, settings, compute)) {
        ModelWeights weights =
            new Pretraining(settings, examples, tasks * settings.examplesPerTask())
                .run(model, initial, tokenizer, compute, probe, this::print);
        HuggingFaceDirectory.save(out, model, weights, ends, Optional.of(tokenizerFiles));
      }
    } finally {
      DirectoryRemoval.remove(work);
    }
    spec.commandLine().getOut().println("saved " + out);
    return ExitCode.DONE.code();
  }

  private void print(PretrainReport r) {
    PrintWriter writer = spec.commandLine().getOut();
    StringBuilder line = new StringBuilder();
    r.accuracy()
        .forEach(
            (task, value) -> line.append(String.format(Locale.ROOT, "  %s %.2f", task, value)));
    writer.printf(
        Locale.ROOT,
        "step %5d  %8d tokens (%d of responses)  %4d s  loss %.3f  accuracy %.3f%s%n",
        r.step(),
        r.tokens(),
        r.responseTokens(),
        r.trained().toSeconds(),
        r.loss(),
        r.meanAccuracy(),
        line);
    writer.flush();
  }

  /** Held-out accuracy of discrete sampling, with one generation model for all looks. */
  private static final class Probe implements AccuracyProbe, AutoCloseable {
    private final LoadedPolicy policy;
    private final ComputeSettings compute;
    private final Evaluation evaluation;
    private Optional<GenerationModel> model = Optional.empty();

    private Probe(
        LoadedPolicy policy,
        TaskMix mix,
        RunSettings run,
        PretrainSettings settings,
        ComputeSettings compute) {
      this.policy = policy;
      this.compute = compute;
      this.evaluation =
          new Evaluation(
              policy,
              mix,
              AnswerExtractor.standard(),
              new EvaluationPlan(
                  settings.evalProblems(),
                  1,
                  new MethodSpec("discrete", 1, 1.0, new TreeMap<>()),
                  PhaseSettings.usual(),
                  run.generator().maxNewTokens(),
                  EVALUATION_SLOTS,
                  policy.config().maxPositions(),
                  run.run().seed()));
    }

    @Override
    public SortedMap<String, Double> measure(ModelWeights published) {
      GenerationModel device =
          model.orElseGet(() -> GenerationModel.load(policy.config(), published, compute));
      device.setWeights(published);
      model = Optional.of(device);
      EvaluationResult result = evaluation.run(device, DecodeMode.DISCRETE, 0);
      SortedMap<String, Double> values = new TreeMap<>();
      result.tasks().forEach((task, accuracy) -> values.put(task, accuracy.value()));
      return values;
    }

    @Override
    public void close() {
      model.ifPresent(GenerationModel::close);
    }
  }
}
