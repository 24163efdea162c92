package io.amalgam.actors.cli;

import io.amalgam.actors.bench.AnchorScripts;
import io.amalgam.actors.bench.SpeedRow;
import io.amalgam.actors.bench.SpeedTable;
import io.amalgam.actors.settings.ModelLocation;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.model.HuggingFaceDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench policy}: the speed table of the policy beside other people's programs. */
@Command(
    name = "policy",
    description = {
      "Measure generation, mixtures, training and loading beside the machine's floor and beside",
      "other programs, in turns: ours, theirs, ours, theirs; the median of the ratios counts.",
      "All rows take an hour or more; --only measures some."
    })
final class BenchPolicyVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelPath model = new ModelPath();
  @Mixin private ComputeOptions compute = new ComputeOptions("auto");

  @Option(
      names = "--anchors",
      paramLabel = "DIR",
      description = "Directory of the anchor scripts, such as generate_discrete.py.")
  private Optional<Path> anchors = Optional.empty();

  @Option(
      names = "--python",
      paramLabel = "PATH",
      description = "Python with torch, transformers and trl, for anchors.")
  private Optional<String> python = Optional.empty();

  @Option(
      names = "--openvino-python",
      paramLabel = "PATH",
      description = "Python with optimum-intel[openvino] and openvino-genai, for anchors.")
  private Optional<String> openVinoPython = Optional.empty();

  @Option(
      names = "--openvino-model",
      paramLabel = "DIR",
      description =
          "The model in OpenVINO's format; exported there when it does not exist. Default: a"
              + " directory below ~/.cache/amalgam.")
  private Optional<Path> openVinoModel = Optional.empty();

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "N",
      description = "Sequences together, of rollouts and decode steps. Default: 8,32,64.")
  private List<Integer> rows = List.of(8, 32, 64);

  @Option(names = "--rounds", description = "Pairs of turns. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ROW",
      description = "Measure these rows: a name of --list, or its first part, such as mixture.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--list", description = "Print the names of the rows and measure nothing.")
  private boolean list;

  @Option(names = "--json", description = "One JSON object per row.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (rounds < 1 || rows.isEmpty() || rows.stream().anyMatch(r -> r < 1)) {
      throw UserError.usage(
          "--rows " + rows + " --rounds " + rounds + " cannot be measured", "give 1 or more");
    }
    anchors.ifPresent(BenchPolicyVerb::requireDirectory);
    ComputeSettings settings = compute.settings();
    HuggingFaceDirectory directory = HuggingFaceDirectory.open(model.require());
    SpeedTable table = new SpeedTable(setup(directory, settings));
    List<String> names = chosen(table);
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      names.forEach(out::println);
      return ExitCode.DONE.code();
    }
    BenchPolicyLines lines = new BenchPolicyLines(out, directory.path().toString());
    if (!json) {
      out.printf(
          Locale.ROOT,
          "%s, %.1f M parameters, %d threads, AMX: %s, medians of %d pairs in turns%n",
          directory.path(),
          directory.config().parameters() / 1e6,
          settings.threads(),
          amx(),
          rounds);
      lines.header();
    }
    table.measure(names, (SpeedRow row) -> lines.print(row, json));
    return ExitCode.DONE.code();
  }

  private SpeedTable.Setup setup(HuggingFaceDirectory directory, ComputeSettings settings) {
    HuggingFaceDirectory seedling =
        HuggingFaceDirectory.open(ModelLocation.resolve(ModelLocation.SEEDLING));
    List<String> arguments = new ArrayList<>(compute.arguments());
    arguments.addAll(List.of("--model", directory.path().toString()));
    return new SpeedTable.Setup(
        directory,
        seedling,
        settings,
        rows,
        rounds,
        new AnchorScripts(anchors, python, openVinoPython, openVinoModel, settings.threads()),
        Main.class.getName(),
        arguments);
  }

  private List<String> chosen(SpeedTable table) {
    try {
      return table.chosen(only);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()), "bench policy --list shows the rows");
    }
  }

  private static void requireDirectory(Path path) {
    if (!Files.isDirectory(path)) {
      throw UserError.usage(
          "--anchors " + path + " is no directory", "give the directory of the anchor scripts");
    }
  }

  /** Whether the processor multiplies bf16 matrices in its own unit, which decides the format. */
  private static String amx() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo")).contains("amx_tile") ? "yes" : "no";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
