package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.lora.AdaptedModel;
import io.amalgam.policy.model.lora.LoraAdapter;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code model inspect}: what a model directory holds, after checking that it can be used. */
@Command(name = "inspect", description = "Check a model directory and say what it holds.")
final class ModelInspectVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelPath model = new ModelPath();
  @Mixin private AdapterOption adapter = new AdapterOption();

  @Option(names = "--tensors", description = "List every tensor with its shape.")
  private boolean tensors;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    AdaptedModel adapted = adapter.open(model.require());
    HuggingFaceDirectory directory = adapted.base();
    ObjectNode facts = facts(directory);
    adapted.adapter().ifPresent(a -> add(facts, a));
    if (directory.tokenizerFile().isPresent()) {
      try (LoadedPolicy policy = LoadedPolicy.open(directory.path())) {
        facts
            .put("tokens", policy.tokenizer().vocabularySize())
            .put("chat_template", policy.tokenizer().chatTemplate().isPresent());
      }
    }
    if (json) {
      out.println(facts);
    } else {
      print(facts, out);
    }
    out.flush();
    return ExitCode.DONE.code();
  }

  private static void add(ObjectNode facts, LoraAdapter adapter) {
    facts
        .put("adapter_rank", adapter.spec().rank())
        .put("adapter_alpha", adapter.spec().alpha())
        .put("adapter_scale", adapter.spec().scale())
        .put("adapter_parameters", adapter.weights().parameters());
    ArrayNode targets = facts.putArray("adapter_targets");
    adapter.spec().targets().forEach(t -> targets.add(t.module()));
  }

  private static void print(ObjectNode facts, PrintWriter out) {
    facts.properties().stream()
        .filter(e -> !e.getKey().equals("tensors"))
        .forEach(e -> out.printf(Locale.ROOT, "%-18s %s%n", e.getKey(), text(e)));
    facts
        .path("tensors")
        .properties()
        .forEach(e -> out.println("  " + e.getKey() + " " + e.getValue().asText()));
  }

  private static String text(Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> e) {
    return e.getValue().isTextual() ? e.getValue().asText() : e.getValue().toString();
  }

  private ObjectNode facts(HuggingFaceDirectory policy) {
    ModelConfig c = policy.config();
    ObjectNode node =
        new ObjectMapper()
            .createObjectNode()
            .put("directory", policy.path().toString())
            .put("architecture", c.family().architecture())
            .put("parameters", policy.weights().parameters())
            .put("stored_as", policy.weights().tensors().values().iterator().next().dtype().name())
            .put("layers", c.layers())
            .put("hidden_size", c.hiddenSize())
            .put("intermediate_size", c.intermediateSize())
            .put("heads", c.heads())
            .put("key_value_heads", c.keyValueHeads())
            .put("head_dim", c.headDim())
            .put("tied_head", c.tiedHead())
            .put("max_positions", c.maxPositions())
            .put("embedding_rows", c.vocabSize());
    policy.endTokens().forEach(node.putArray("end_ids")::add);
    if (tensors) {
      ObjectNode list = node.putObject("tensors");
      for (Map.Entry<String, HostTensor> e : policy.weights().tensors().entrySet()) {
        list.put(e.getKey(), e.getValue().dtype() + " " + Arrays.toString(e.getValue().shape()));
      }
    }
    return node;
  }
}
