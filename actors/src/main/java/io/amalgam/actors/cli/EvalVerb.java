package io.amalgam.actors.cli;

import io.amalgam.actors.evaluation.EvaluationResult;
import io.amalgam.actors.metrics.AccuracyTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eval}: held-out accuracy of a model or of a run's newest checkpoint. */
@Command(
    name = "eval",
    description = {
      "Held-out accuracy of a run's newest checkpoint, or of the configured model.",
      "Modes, problems and samples are eval.modes, eval.problems and eval.samples."
    })
final class EvalVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Parameters(index = "0", arity = "0..1", paramLabel = "RUN_DIR", description = "Run directory.")
  private Optional<Path> runDir = Optional.empty();

  @Option(names = "--json", description = "One JSON object per mode.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (TrainedPolicy trained = TrainedPolicy.open(runDir, config, spec.commandLine().getErr());
        Interruption interruption = new Interruption()) {
      if (trained.resolved().settings().eval().problems() == 0) {
        throw UserError.usage("eval.problems = 0 leaves nothing to do", "set it to 1 or more");
      }
      ReadOut readOut = new ReadOut(trained.resolved().settings(), trained.policy());
      List<EvaluationResult> results =
          readOut.of(
              trained.weights(),
              trained.version(),
              result -> {
                if (json) {
                  out.println(EvaluationJson.of(result));
                  out.flush();
                }
              });
      if (!json) {
        out.println(
            "version " + trained.version() + ", " + readOut.problems() + " held-out problems");
        out.print(AccuracyTable.of(results));
        out.flush();
      }
      return ExitCode.DONE.code();
    } catch (CancellationException e) {
      return ExitCode.INTERRUPTED.code();
    }
  }
}
