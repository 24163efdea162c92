package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.decode.DecodeMode;
import io.amalgam.policy.decode.DecodeSettings;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.rollout.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model generate}: the continuation of given token ids, greedy or sampled. */
@Command(
    name = "generate",
    description = "Continue given token ids; prints {\"ids\": […]} of the new ones.")
final class ModelGenerateVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelPath model = new ModelPath();
  @Mixin private AdapterOption adapter = new AdapterOption();
  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Option(
      names = "--ids",
      required = true,
      paramLabel = "LIST",
      description = "Ids to continue, for example \"1,2,3\".")
  private String ids = "";

  @Option(names = "--greedy", description = "Take the most probable token instead of sampling.")
  private boolean greedy;

  @Option(names = "--ignore-eos", description = "Go on after an end token.")
  private boolean ignoreEos;

  @Option(names = "--max-new-tokens", description = "Default: ${DEFAULT-VALUE}.")
  private int maxNewTokens = 64;

  @Option(names = "--temperature", description = "Of sampling. Default: ${DEFAULT-VALUE}.")
  private double temperature = 1;

  @Option(names = "--seed", description = "Of sampling. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Override
  public Integer call() {
    HuggingFaceDirectory directory = adapter.open(model.require()).merged();
    int[] prompt = prompt(directory.config().vocabSize());
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
        new DecodeSettings(
            1,
            context,
            new MethodSpec("discrete", 1, temperature, new TreeMap<>()),
            PhasePolicy.discreteOnly(),
            ends,
            false);
    DecodeMode mode = greedy ? DecodeMode.GREEDY : DecodeMode.DISCRETE;
    try (GenerationModel generation =
            GenerationModel.load(directory.config(), directory.weights(), compute.settings());
        DecodeBatch batch = new DecodeBatch(generation, settings, 0)) {
      batch.admit(new GroupRequest("generate", seed, 0, 0, prompt, 0, 1, mode, maxNewTokens));
      List<Trajectory> finished = new ArrayList<>();
      while (finished.isEmpty()) {
        finished = batch.step();
      }
      ObjectNode node = new ObjectMapper().createObjectNode();
      ArrayNode out = node.putArray("ids");
      for (int id : finished.get(0).representatives()) {
        out.add(id);
      }
      spec.commandLine().getOut().println(node);
    }
    return ExitCode.DONE.code();
  }

  private int[] prompt(int vocabulary) {
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
