package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code model forward}: logits of token ids or of mixtures of tokens. */
@Command(
    name = "forward",
    description = {
      "Logits of given ids or mixtures, JSON lines in and out.",
      "Reads {\"ids\": [t…]} or {\"mixture\": {\"ids\": [[k]…], \"weights\": [[k]…]}},"
          + " gives {\"logits\": [[vocab]…]}."
    })
final class ModelForwardVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelPath model = new ModelPath();
  @Mixin private AdapterOption adapter = new AdapterOption();
  @Mixin private InputOption input = new InputOption();
  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws IOException {
    ComputeSettings settings = compute.settings();
    HuggingFaceDirectory directory = adapter.open(model.require()).merged();
    try (BufferedReader in = input.open();
        Loaded loaded = new Loaded(directory, settings)) {
      JsonLines.answer(in, spec.commandLine().getOut(), line -> logits(loaded, line));
    }
    return ExitCode.DONE.code();
  }

  /** The model, loaded again where another length of sequence asks for other rotary positions. */
  private static final class Loaded implements AutoCloseable {
    private final HuggingFaceDirectory directory;
    private final ComputeSettings settings;
    private GenerationModel model;

    Loaded(HuggingFaceDirectory directory, ComputeSettings settings) {
      this.directory = directory;
      this.settings = settings;
      model = GenerationModel.load(directory.config(), directory.weights(), settings);
    }

    GenerationModel of(int length) {
      ModelConfig wanted = directory.config().forContext(length);
      if (!wanted.equals(model.config())) {
        model.close();
        model = GenerationModel.load(wanted, directory.weights(), settings);
      }
      return model;
    }

    @Override
    public void close() {
      model.close();
    }
  }

  private static ObjectNode logits(Loaded loaded, JsonNode line) {
    ModelConfig config = loaded.directory.config();
    int vocabulary = config.vocabSize();
    int k;
    int[] ids;
    float[] weights;
    if (line.path("ids").isArray()) {
      k = 1;
      ids = ids(line.get("ids"), vocabulary, "ids");
      weights = new float[ids.length];
      Arrays.fill(weights, 1);
    } else {
      JsonNode rows = line.path("mixture").path("ids");
      JsonNode shares = line.path("mixture").path("weights");
      k = rows.path(0).size();
      if (k == 0 || !rows.isArray() || !shares.isArray() || rows.size() != shares.size()) {
        throw new IllegalArgumentException(
            "expected {\"ids\": […]} or {\"mixture\": {\"ids\": [[…]…], \"weights\": [[…]…]}}");
      }
      ids = new int[rows.size() * k];
      weights = new float[ids.length];
      for (int t = 0; t < rows.size(); t++) {
        int[] row = ids(rows.get(t), vocabulary, "mixture.ids[" + t + "]");
        JsonNode share = shares.get(t);
        if (row.length != k || !share.isArray() || share.size() != k) {
          throw new IllegalArgumentException("mixture position " + t + " has not " + k + " slots");
        }
        for (int j = 0; j < k; j++) {
          ids[t * k + j] = row[j];
          weights[t * k + j] = share.get(j).floatValue();
          if (!share.get(j).isNumber() || !Float.isFinite(weights[t * k + j])) {
            throw new IllegalArgumentException(
                "mixture.weights[" + t + "] is not a list of finite numbers");
          }
        }
      }
    }
    int length = ids.length / k;
    if (length == 0 || length > config.maxPositions()) {
      throw new IllegalArgumentException(
          length + " positions, must be 1 to " + config.maxPositions());
    }
    return json(loaded.of(length).logits(ids, weights, k), vocabulary);
  }

  private static ObjectNode json(float[] logits, int vocabulary) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    ArrayNode rows = node.putArray("logits");
    for (int at = 0; at < logits.length; at += vocabulary) {
      ArrayNode row = rows.addArray();
      for (int v = 0; v < vocabulary; v++) {
        row.add(logits[at + v]);
      }
    }
    return node;
  }

  private static int[] ids(JsonNode list, int vocabulary, String name) {
    if (!list.isArray()) {
      throw new IllegalArgumentException(name + " is not a list");
    }
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      JsonNode id = list.get(i);
      if (!id.isIntegralNumber() || id.longValue() < 0 || id.longValue() >= vocabulary) {
        throw new IllegalArgumentException(
            name + "[" + i + "] = " + id + " is not a token id from 0 to " + (vocabulary - 1));
      }
      ids[i] = id.intValue();
    }
    return ids;
  }
}
