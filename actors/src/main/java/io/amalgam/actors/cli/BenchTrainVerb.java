package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.StateFormat;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.kernel.TrainableSettings;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import io.amalgam.policy.train.Supervised;
import io.amalgam.policy.train.SupervisedExample;
import io.amalgam.policy.train.SupervisedReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench train}: speed and memory of training steps, with nothing else in the process. */
@Command(
    name = "train",
    description = "Measure tokens per second and peak memory of training steps on random texts.")
final class BenchTrainVerb implements Callable<Integer> {
  private static final double GIGA = 1e9;

  @Spec private CommandSpec spec;
  @Mixin private ModelPath model = new ModelPath();
  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Option(
      names = "--lora-rank",
      description = "Rank of an adapter of every linear layer; 0, the default, trains all weights.")
  private int loraRank;

  @Option(names = "--tokens", description = "Tokens per step. Default: ${DEFAULT-VALUE}.")
  private int tokens = 2048;

  @Option(names = "--length", description = "Tokens per text. Default: ${DEFAULT-VALUE}.")
  private int length = 256;

  @Option(names = "--steps", description = "Optimiser steps. Default: ${DEFAULT-VALUE}.")
  private int steps = 2;

  @Option(
      names = "--gradients",
      description = "Format of the gradients: f32 or bf16. Default: ${DEFAULT-VALUE}.")
  private String gradients = "f32";

  @Option(
      names = "--moments",
      description = "Format of AdamW's moments: f32 or bf16. Default: ${DEFAULT-VALUE}.")
  private String moments = "f32";

  @Option(
      names = "--recompute",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Compute each layer again in the backward pass. Default: ${DEFAULT-VALUE}.")
  private boolean recompute;

  @Option(names = "--json", description = "One JSON object per step.")
  private boolean json;

  @Override
  public Integer call() {
    Path directory = model.require();
    if (loraRank < 0 || length < 2 || tokens < length || steps < 1) {
      throw UserError.usage(
          "--lora-rank "
              + loraRank
              + " --tokens "
              + tokens
              + " --length "
              + length
              + " --steps "
              + steps
              + " cannot be measured",
          "give a rank of at least 0, texts of at least 2 tokens, one text and 1 step at least");
    }
    StateFormat gradientFormat = format("--gradients", gradients);
    StateFormat momentFormat = format("--moments", moments);
    PrintWriter out = spec.commandLine().getOut();
    try (TrainableModel trained = load(directory, gradientFormat, momentFormat)) {
      // a mapped file stays in memory until its handles are collected
      System.gc();
      if (!json) {
        out.printf(
            Locale.ROOT,
            "%s, %.1f M parameters, %s, products in %s, gradients in %s, moments in %s%n",
            directory,
            trained.config().parameters() / 1e6,
            loraRank > 0 ? "LoRA of rank " + loraRank : "all weights",
            trained.format().name().toLowerCase(Locale.ROOT),
            gradients,
            moments);
        out.printf("loaded: %s resident, peak %s%n", gigabytes(ResidentMemory.now()), peak());
        out.println("step   loss     tokens/s   seconds   peak resident");
        out.flush();
      }
      measure(trained, out);
    }
    return ExitCode.DONE.code();
  }

  private TrainableModel load(Path path, StateFormat gradientFormat, StateFormat momentFormat) {
    HuggingFaceDirectory directory = HuggingFaceDirectory.open(path);
    TrainableSettings settings =
        loraRank == 0
            ? TrainableSettings.full(true)
            : TrainableSettings.lora(
                true,
                LoraAdapter.initial(
                    directory.config(), LoraSpec.ofAllLinears(loraRank, 2.0 * loraRank), 1));
    return TrainableModel.load(
        directory.config(),
        directory.weights(),
        compute.settings(),
        settings.withFormats(gradientFormat, momentFormat));
  }

  private void measure(TrainableModel trained, PrintWriter out) {
    Supervised supervised = new Supervised(trained, tokens, recompute);
    AdamWSettings optimiser = new AdamWSettings(loraRank > 0 ? 1e-4 : 1e-6, 0.9, 0.99, 1e-8, 0, 1);
    List<SupervisedExample> texts = texts(trained.config().vocabSize());
    for (int step = 1; step <= steps; step++) {
      long start = System.nanoTime();
      SupervisedReport report = supervised.train(texts, optimiser);
      double seconds = (System.nanoTime() - start) / GIGA;
      if (json) {
        ObjectNode line =
            JsonNodeFactory.instance
                .objectNode()
                .put("model", model.require().toString())
                .put("lora_rank", loraRank)
                .put("step", step)
                .put("loss", report.loss())
                .put("tokens", report.tokens())
                .put("tokens_per_s", report.tokens() / seconds)
                .put("seconds", seconds);
        ResidentMemory.peak().ifPresent(p -> line.put("peak_resident_bytes", p));
        out.println(line);
      } else {
        out.printf(
            Locale.ROOT,
            "%4d   %6.3f   %8.0f   %7.1f   %s%n",
            step,
            report.loss(),
            report.tokens() / seconds,
            seconds,
            peak());
      }
      out.flush();
    }
  }

  /** Texts whose inputs together are the tokens of a step; each scores all but its first token. */
  private List<SupervisedExample> texts(int vocabulary) {
    Random random = new Random(1);
    List<SupervisedExample> out = new ArrayList<>();
    for (int left = tokens; left > 0; left -= length) {
      int[] ids = random.ints(Math.min(left, length) + 1L, 0, vocabulary).toArray();
      out.add(new SupervisedExample(new int[] {ids[0]}, Arrays.copyOfRange(ids, 1, ids.length)));
    }
    return out;
  }

  private static StateFormat format(String option, String value) {
    return switch (value) {
      case "f32" -> StateFormat.F32;
      case "bf16" -> StateFormat.BF16;
      default -> throw UserError.usage(option + " " + value + " is unknown", "give f32 or bf16");
    };
  }

  private static String peak() {
    return gigabytes(ResidentMemory.peak());
  }

  private static String gigabytes(OptionalLong bytes) {
    return bytes.isPresent()
        ? String.format(Locale.ROOT, "%.2f GB", bytes.getAsLong() / GIGA)
        : "unknown";
  }
}
