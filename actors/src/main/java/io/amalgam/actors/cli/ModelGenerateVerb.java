package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.decode.AnswerStream;
import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.decode.DecodeMode;
import io.amalgam.policy.decode.DecodeSettings;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.decode.StopStrings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.KernelStart;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.mixture.RepetitionPenalty;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.rollout.FinishReason;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import io.amalgam.policy.text.Tokenizer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model generate}: the continuation of a text or of token ids, greedy or sampled. */
@Command(
    name = "generate",
    description = {
      "Continue a text, printed as it is written, or token ids.",
      "For ids, and with --json, prints {\"ids\": […]} of the new ones; with a text also \"text\""
          + " and \"finish\" (stop, length or stop_string)."
    })
final class ModelGenerateVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelPath model = new ModelPath();
  @Mixin private AdapterOption adapter = new AdapterOption();
  @Mixin private ComputeOptions compute = new ComputeOptions();

  /** What is continued. */
  static final class Start {
    @Option(
        names = "--ids",
        paramLabel = "LIST",
        description = "Ids to continue, for example \"1,2,3\".")
    private Optional<String> ids = Optional.empty();

    @Option(
        names = "--prompt",
        paramLabel = "TEXT",
        description = "Text to continue, as it is: without a chat template.")
    private Optional<String> prompt = Optional.empty();
  }

  @ArgGroup(multiplicity = "1")
  private Start start = new Start();

  @Option(names = "--greedy", description = "Take the most probable token instead of sampling.")
  private boolean greedy;

  @Option(names = "--ignore-eos", description = "Go on after an end token.")
  private boolean ignoreEos;

  @Option(names = "--max-new-tokens", description = "Default: ${DEFAULT-VALUE}.")
  private int maxNewTokens = 64;

  @Option(names = "--temperature", description = "Of sampling. Default: ${DEFAULT-VALUE}.")
  private double temperature = 1;

  @Option(names = "--top-k", description = "Sample among so many tokens; 0: all. Default: 0.")
  private int topK;

  @Option(
      names = "--top-p",
      description = "Sample among the most probable tokens of this mass. Default: 1.")
  private double topP = 1;

  @Option(
      names = "--min-p",
      description = "Sample among tokens this times as probable as the most probable. Default: 0.")
  private double minP;

  @Option(
      names = "--repetition-penalty",
      description = "Divides the positive logits of ids that are there already. Default: 1.")
  private double repetitionPenalty = 1;

  @Option(
      names = "--stop",
      paramLabel = "STRING",
      description = "Text before which the answer ends; may be given several times.")
  private List<String> stop = new ArrayList<>();

  @Option(names = "--seed", description = "Of sampling. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--json", description = "Print one JSON object instead of the text.")
  private boolean json;

  @Override
  public Integer call() {
    HuggingFaceDirectory directory;
    Path path = model.require();
    try (KernelStart kernels = KernelStart.on(compute.settings().device())) {
      directory = adapter.open(path).merged();
    }
    if (stop.contains("")) {
      throw UserError.usage("--stop is empty", "give a text of at least one character");
    }
    if (start.ids.isPresent() && stop.isEmpty()) {
      int[] prompt = prompt(start.ids.get(), directory.config().vocabSize());
      Trajectory done = generate(directory, prompt, StopStrings.NONE, id -> {});
      print(done, Optional.empty());
      return ExitCode.DONE.code();
    }
    try (Tokenizer tokenizer = Tokenizer.open(directory.path())) {
      int[] prompt =
          start.ids.isPresent()
              ? prompt(start.ids.get(), directory.config().vocabSize())
              : tokenizer.encode(start.prompt.orElse(""), true);
      if (prompt.length == 0) {
        throw UserError.usage("--prompt has no tokens", "give a text");
      }
      StopStrings stops = new StopStrings(stop, tokenizer::bytes);
      AnswerStream text = new AnswerStream(tokenizer, stops);
      StringBuilder whole = new StringBuilder();
      boolean shown = start.prompt.isPresent() && !json;
      Trajectory done =
          generate(directory, prompt, stops, id -> say(text.accept(id), whole, shown));
      say(text.finish(), whole, shown);
      if (shown) {
        spec.commandLine().getOut().println();
        spec.commandLine().getOut().flush();
      } else {
        print(done, Optional.of(whole.toString()));
      }
    }
    return ExitCode.DONE.code();
  }

  private void say(String more, StringBuilder whole, boolean shown) {
    whole.append(more);
    if (shown && !more.isEmpty()) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(more);
      out.flush();
    }
  }

  private void print(Trajectory done, Optional<String> text) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    ArrayNode out = node.putArray("ids");
    for (int id : done.representatives()) {
      out.add(id);
    }
    text.ifPresent(
        t -> node.put("text", t).put("finish", done.finish().name().toLowerCase(Locale.ROOT)));
    spec.commandLine().getOut().println(node);
  }

  /** Takes the ids that make up the answer, as they are sampled. */
  @FunctionalInterface
  private interface Listener {
    void written(int id);
  }

  private Trajectory generate(
      HuggingFaceDirectory directory, int[] prompt, StopStrings stops, Listener listener) {
    int context = prompt.length + maxNewTokens;
    if (maxNewTokens < 1 || context > directory.config().maxPositions()) {
      throw UserError.usage(
          prompt.length + " ids and --max-new-tokens " + maxNewTokens + " do not fit the model",
          "together they may have 1 to " + directory.config().maxPositions() + " positions");
    }
    int[] ends =
        ignoreEos
            ? new int[0]
            : directory.endTokens().stream().mapToInt(Integer::intValue).toArray();
    DecodeSettings settings =
        new DecodeSettings(1, context, method(), PhasePolicy.discreteOnly(), ends, false)
            .stoppingAt(stops);
    DecodeMode mode = greedy ? DecodeMode.GREEDY : DecodeMode.DISCRETE;
    try (GenerationModel generation =
            GenerationModel.load(
                directory.config().forContext(context), directory.weights(), compute.settings());
        DecodeBatch batch = new DecodeBatch(generation, settings, 0)) {
      batch.admit(new GroupRequest("generate", seed, 0, 0, prompt, 0, 1, mode, maxNewTokens));
      TrajectoryKey key = batch.keys().get(0);
      int told = 0;
      while (true) {
        List<Trajectory> finished = batch.step();
        int[] ids =
            finished.isEmpty()
                ? batch.written(key).orElseThrow()
                : finished.get(0).representatives();
        boolean ended = !finished.isEmpty() && finished.get(0).finish() == FinishReason.STOP;
        for (; told < ids.length - (ended ? 1 : 0); told++) {
          listener.written(ids[told]);
        }
        if (!finished.isEmpty()) {
          return finished.get(0);
        }
      }
    }
  }

  /** Ordinary sampling with the chosen filters; checked by the catalogue. */
  private MethodSpec method() {
    TreeMap<String, String> parameters = new TreeMap<>();
    parameters.put("top-k", Integer.toString(topK));
    parameters.put("top-p", Double.toString(topP));
    parameters.put("min-p", Double.toString(minP));
    parameters.put(RepetitionPenalty.NAME, Double.toString(repetitionPenalty));
    return MethodCatalog.create(new MethodSpec("discrete", 1, temperature, parameters)).spec();
  }

  private static int[] prompt(String ids, int vocabulary) {
    String[] parts = ids.strip().split("[\\s,]+");
    int[] out = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].matches("\\d{1,9}") || Integer.parseInt(parts[i]) >= vocabulary) {
        throw UserError.usage(
            "\"" + parts[i] + "\" in --ids is not a token id",
            "give ids from 0 to " + (vocabulary - 1) + ", separated by commas");
      }
      out[i] = Integer.parseInt(parts[i]);
    }
    return out;
  }
}
