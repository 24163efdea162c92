package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
@Command(name = "bench", description = "Measure decoding and training beside the machine's floor.")
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

  @Option(names = "--json", description = "One JSON object per figure.")
  private boolean json;

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
