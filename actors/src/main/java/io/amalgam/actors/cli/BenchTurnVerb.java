package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.actors.bench.FirstToken;
import io.amalgam.actors.bench.GroupStep;
import io.amalgam.actors.bench.SpeedTable;
import io.amalgam.policy.model.HuggingFaceDirectory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code bench turn}: one turn of a row that {@code bench policy} measures in a process of its own.
 */
@Command(
    name = "turn",
    hidden = true,
    description = "One turn of a row of bench policy that needs a process of its own.")
final class BenchTurnVerb implements Callable<Integer> {
  private static final double NANOS = 1e9;
  private static final double GIB = 1L << 30;

  @Spec private CommandSpec spec;
  @Mixin private ModelPath model = new ModelPath();
  @Mixin private ComputeOptions compute = new ComputeOptions("auto");

  @Parameters(paramLabel = "ROW", description = "step or load.")
  private String row = "";

  @Option(names = "--groups", description = "Of the step. Default: ${DEFAULT-VALUE}.")
  private int groups = SpeedTable.stepShape().groups();

  @Option(names = "--members", description = "Of each group. Default: ${DEFAULT-VALUE}.")
  private int members = SpeedTable.stepShape().members();

  @Option(names = "--new", description = "Tokens of each member. Default: ${DEFAULT-VALUE}.")
  private int newTokens = SpeedTable.stepShape().newTokens();

  @Option(names = "--steps", description = "After the first one. Default: ${DEFAULT-VALUE}.")
  private int steps = 2;

  @Option(
      names = "--tokens-per-micro-batch",
      description = "Positions of a forward pass of the step. Default: ${DEFAULT-VALUE}.")
  private int tokensPerMicroBatch = 512;

  @Option(names = "--recompute", description = "Compute activations again in the backward pass.")
  private boolean recompute;

  @Override
  public Integer call() {
    Path path = model.require();
    ObjectNode figures =
        switch (row) {
          case "step" -> step(path);
          case "load" -> load(path);
          default -> throw UserError.usage("there is no turn " + row, "give step or load");
        };
    spec.commandLine().getOut().println(figures);
    return ExitCode.DONE.code();
  }

  private ObjectNode step(Path path) {
    if (groups < 1 || members < 2 || newTokens < 1 || steps < 1 || tokensPerMicroBatch < 1) {
      throw UserError.usage(
          "such a step cannot be measured", "give 1 or more of everything and 2 or more --members");
    }
    GroupStep.Shape shape = new GroupStep.Shape(groups, members, newTokens);
    GroupStep.Figures figures =
        new GroupStep(
                HuggingFaceDirectory.open(path),
                compute.settings(),
                shape,
                tokensPerMicroBatch,
                recompute)
            .take(steps);
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("dtype", figures.format())
            .put("step_s", figures.median())
            .put("tok_s", shape.tokens() / figures.median())
            .put("peak_gib", figures.peakBytes() / GIB);
    figures.stepSeconds().forEach(node.putArray("all_steps_s")::add);
    return node;
  }

  private ObjectNode load(Path path) {
    FirstToken first = FirstToken.of(path, compute.settings());
    return JsonNodeFactory.instance
        .objectNode()
        .put("dtype", first.format())
        .put("inside_s", first.took().toNanos() / NANOS);
  }
}
