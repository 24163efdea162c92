package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.model.HuggingFaceDirectory;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench}: tokens per second, as multiples of what the machine's products allow. */
@Command(
    name = "bench",
    description = "Measure decoding and training beside the machine's floor.",
    subcommands = {BenchTasksVerb.class, BenchTrainVerb.class})
final class BenchVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelPath model = new ModelPath();
  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Option(names = "--rows", description = "Sequences together. Default: ${DEFAULT-VALUE}.")
  private int rows = 64;

  @Option(names = "--positions", description = "Positions each. Default: ${DEFAULT-VALUE}.")
  private int positions = 64;

  @Option(names = "--rounds", description = "Repetitions; the best counts. ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Option(
      names = "--methods",
      description = "Measure a step of every mixture method beside a discrete one instead.")
  private boolean methods;

  @Option(
      names = "--slots",
      description = "Slots of the methods, as far as they allow. Default: ${DEFAULT-VALUE}.")
  private int slots = 10;

  @Option(names = "--json", description = "One JSON object per figure.")
  private boolean json;

  private int measureMethods(HuggingFaceDirectory directory, PrintWriter out) {
    MethodBenchmark bench =
        new MethodBenchmark(directory, compute.settings(), rows, positions, rounds);
    if (!json) {
      out.printf(
          Locale.ROOT,
          "%s, %d rows, %d positions, %d pairs each; time of a decode step over the discrete one%n",
          directory.path(),
          rows,
          positions,
          rounds);
      out.println("method                 k   ms/step   ratio (median)   smallest   largest");
    }
    for (MethodSpec method : MethodBenchmark.specs(slots)) {
      MethodBenchmark.Cost c = bench.measure(method);
      if (json) {
        out.println(
            JsonNodeFactory.instance
                .objectNode()
                .put("model", directory.path().toString())
                .put("method", c.method())
                .put("k", c.k())
                .put("rows", rows)
                .put("step_ms", c.stepMillis())
                .put("ratio", c.ratio()));
      } else {
        out.printf(
            Locale.ROOT,
            "%-20s %3d  %8.2f  %15.3f  %9.3f  %8.3f%n",
            c.method(),
            c.k(),
            c.stepMillis(),
            c.ratio(),
            c.smallest(),
            c.largest());
      }
      out.flush();
    }
    return ExitCode.DONE.code();
  }

  @Override
  public Integer call() {
    HuggingFaceDirectory directory = HuggingFaceDirectory.open(model.require());
    if (rows < 1 || positions < 2 || rounds < 1) {
      throw UserError.usage(
          "--rows "
              + rows
              + " --positions "
              + positions
              + " --rounds "
              + rounds
              + " cannot be measured",
          "give at least 1 row, 2 positions and 1 round");
    }
    if (methods) {
      return measureMethods(directory, spec.commandLine().getOut());
    }
    Benchmark bench = new Benchmark(directory, compute.settings(), rows, positions, rounds);
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.printf(
          Locale.ROOT,
          "%s, %.1f M parameters, %d rows of %d positions, %d threads%n",
          directory.path(),
          directory.config().parameters() / 1e6,
          rows,
          positions,
          compute.settings().threads());
      out.println(
          "                 tokens/s      floor    time as multiple   cores used by others");
      out.flush();
    }
    for (Benchmark.Figure figure : List.of(bench.decode(1), bench.decode(2), bench.train())) {
      if (json) {
        out.println(json(figure, directory));
      } else {
        out.printf(
            Locale.ROOT,
            "%-12s %12.0f %10.0f  %18.2f   %20s%n",
            figure.what(),
            figure.tokensPerSecond(),
            figure.floorTokensPerSecond(),
            figure.multiple(),
            figure.otherCores().isPresent()
                ? String.format(Locale.ROOT, "%.2f", figure.otherCores().getAsDouble())
                : "unknown");
      }
      out.flush();
    }
    return ExitCode.DONE.code();
  }

  private ObjectNode json(Benchmark.Figure f, HuggingFaceDirectory directory) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", directory.path().toString())
            .put("what", f.what())
            .put("rows", rows)
            .put("positions", positions)
            .put("threads", compute.settings().threads())
            .put("tokens_per_s", f.tokensPerSecond())
            .put("floor_tokens_per_s", f.floorTokensPerSecond())
            .put("multiple", f.multiple());
    f.otherCores().ifPresent(c -> node.put("other_cores", c));
    return node;
  }
}
