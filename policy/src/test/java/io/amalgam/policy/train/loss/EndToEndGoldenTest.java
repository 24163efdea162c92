package io.amalgam.policy.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.policy.decode.TinyModel;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.FeatureBatch;
import io.amalgam.policy.kernel.FeatureGradient;
import io.amalgam.policy.kernel.ForwardPass;
import io.amalgam.policy.kernel.OptimiserStep;
import io.amalgam.policy.kernel.PackedBatch;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.Safetensors;
import io.amalgam.policy.text.Goldens;
import io.amalgam.policy.train.advantage.GroupRelative;
import io.amalgam.policy.train.advantage.RewardGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Two optimiser steps on one batch of completions of another policy, from rewards to parameters,
 * put together from the forward pass, the loss, the backward pass and AdamW: every number that TRL
 * gives on the way.
 */
class EndToEndGoldenTest {
  private static final double[] NONE = {};

  @Test
  void everyNumberOfBothSteps() throws IOException {
    List<Path> cases;
    try (Stream<Path> folders = Files.list(Goldens.shared("end-to-end"))) {
      cases = folders.sorted().toList();
    }
    int numbers = 0;
    for (Path folder : cases) {
      numbers += new Case(folder).check();
    }
    assertThat(cases).hasSizeGreaterThanOrEqualTo(2);
    System.out.printf(
        "golden end-to-end: %d cases, 2 steps each, %d numbers%n", cases.size(), numbers);
  }

  private static final class Case {
    private final Path folder;
    private final JsonNode golden;
    private final JsonNode settings;
    private final PackedBatch batch;
    private final int[] starts;
    private int numbers;

    Case(Path folder) throws IOException {
      this.folder = folder;
      golden = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
      settings = golden.get("settings");
      batch = pack();
      starts = new int[golden.get("completions").size() + 1];
      for (int i = 1; i < starts.length; i++) {
        starts[i] = starts[i - 1] + golden.get("completions").get(i - 1).size();
      }
    }

    /** Prompt and completion of each member; the completion's tokens are scored. */
    private PackedBatch pack() {
      List<Integer> ids = new ArrayList<>();
      List<Integer> scored = new ArrayList<>();
      List<Integer> targets = new ArrayList<>();
      JsonNode completions = golden.get("completions");
      int[] lengths = new int[completions.size()];
      for (int i = 0; i < lengths.length; i++) {
        int[] prompt =
            Goldens.ints(golden.get("prompts").get(i / golden.get("group_size").asInt()));
        int[] completion = Goldens.ints(completions.get(i));
        int first = ids.size() + prompt.length - 1;
        Arrays.stream(prompt).forEach(ids::add);
        Arrays.stream(completion).forEach(ids::add);
        IntStream.range(0, completion.length).forEach(t -> scored.add(first + t));
        Arrays.stream(completion).forEach(targets::add);
        lengths[i] = prompt.length + completion.length;
      }
      float[] ones = new float[ids.size()];
      Arrays.fill(ones, 1);
      return new PackedBatch(
          lengths,
          1,
          array(ids),
          ones,
          array(scored),
          1,
          array(targets),
          new float[scored.size()],
          new float[scored.size()],
          (float) settings.get("temperature").asDouble(),
          false);
    }

    int check() {
      near(advantages(), flat(golden.get("advantages")), 1e-6, "advantages");
      HuggingFaceDirectory d =
          HuggingFaceDirectory.open(
              Goldens.shared("models").resolve(golden.get("model").asText()).resolve("model"));
      PolicyLoss loss = loss();
      try (TrainableModel model =
          TrainableModel.load(d.config(), d.weights(), TinyModel.compute(), false)) {
        double[] proximal = logProbs(model);
        near(proximal, flat(golden.get("proximal_log_probs")), 1e-4, "proximal log-probs");
        for (int step = 1; step <= 2; step++) {
          JsonNode expected = golden.get("steps").get(step - 1);
          step(model, loss, proximal, expected, step);
          near(logProbs(model), flat(expected.get("log_probs_after")), 5e-4, "log-probs after");
          parameters(model.masters(), step);
        }
      }
      return numbers;
    }

    private void step(
        TrainableModel model, PolicyLoss loss, double[] proximal, JsonNode expected, int step) {
      try (ForwardPass pass = model.forward(batch)) {
        FeatureBatch f = pass.features();
        double[] current = wide(f.logProbs());
        double[] entropies = wide(f.entropy());
        near(current, flat(expected.get("log_probs")), 1e-4, "log-probs");
        near(entropies, flat(expected.get("entropies")), 1e-4, "entropies");
        LossBatch b = lossBatch(current, proximal, entropies);
        weights(b, loss);
        LossResult r = loss.evaluate(b, new BatchTotals(starts.length - 1, batch.scored(), 1));
        assertThat(r.loss()).isCloseTo(expected.get("loss").asDouble(), within(2e-5));
        near(r.gradient(), flat(expected.get("grad_per_token_logps")), 1e-4, "d loss/d log-probs");
        ratios(current, proximal, expected.get("ratio"));
        metrics(r, expected.get("metrics"));
        FeatureGradient g = new FeatureGradient(batch.scored(), 1);
        for (int p = 0; p < batch.scored(); p++) {
          g.logProbs()[p] = (float) r.gradient()[p];
          g.entropy()[p] = (float) r.entropyGradient()[p];
        }
        model.backward(pass, g);
      }
      compare(model.gradients(), "grads_step" + step + ".safetensors", 1e-4);
      OptimiserStep done = model.step(adam());
      double norm = expected.get("grad_norm_before_clip").asDouble();
      assertThat(done.gradNorm()).isCloseTo(norm, within(1e-4 * norm));
      numbers += 2;
    }

    private double[] advantages() {
      double[] rewards = flat(golden.get("rewards"));
      int size = golden.get("group_size").asInt();
      List<RewardGroup> groups = new ArrayList<>();
      for (int i = 0; i < rewards.length; i += size) {
        double[][] rows = new double[size][];
        for (int j = 0; j < size; j++) {
          rows[j] = new double[] {rewards[i + j]};
        }
        groups.add(new RewardGroup(rows, NONE));
      }
      return new GroupRelative(GroupRelative.Scale.GROUP)
          .estimate(groups).values().stream().flatMapToDouble(DoubleStream::of).toArray();
    }

    private PolicyLoss loss() {
      Map<String, String> p = new HashMap<>();
      String epsilon = settings.get("epsilon").asText();
      p.put("epsilon", epsilon);
      p.put("epsilon-high", text("epsilon_high", epsilon));
      p.put("level", "term");
      p.put("correction", settings.get("vllm_correction").asText());
      p.put("correction-min", text("vllm_clip_min", "none"));
      p.put("correction-max", text("vllm_clip_max", "none"));
      p.put("entropy-quantile", settings.get("top_entropy_quantile").asText());
      p.put("kl", settings.get("beta").asText());
      p.put("kl-estimator", "unbiased");
      return LossCatalog.create(settings.get("loss_type").asText(), p);
    }

    private String text(String key, String otherwise) {
      return settings.hasNonNull(key) ? settings.get(key).asText() : otherwise;
    }

    private AdamWSettings adam() {
      JsonNode o = golden.get("optimizer");
      return new AdamWSettings(
          o.get("lr").asDouble(),
          o.get("betas").get(0).asDouble(),
          o.get("betas").get(1).asDouble(),
          o.get("eps").asDouble(),
          o.get("weight_decay").asDouble(),
          o.get("clip_norm").asDouble());
    }

    private LossBatch lossBatch(double[] current, double[] proximal, double[] entropies) {
      boolean[] mask = new boolean[current.length];
      Arrays.fill(mask, true);
      return new LossBatch(
          starts,
          IntStream.rangeClosed(0, current.length).toArray(),
          flat(golden.get("advantages")),
          mask,
          current,
          proximal,
          flat(golden.get("behaviour_log_probs")),
          golden.hasNonNull("ref_log_probs") ? flat(golden.get("ref_log_probs")) : NONE,
          entropies,
          NONE);
    }

    private void weights(LossBatch b, PolicyLoss loss) {
      double[] rho = SamplerWeights.of(b, loss.settings());
      JsonNode expected = golden.get("importance_sampling_ratio");
      for (int i = 0; i + 1 < starts.length; i++) {
        JsonNode row = expected.get(i);
        for (int p = starts[i]; p < starts[i + 1]; p++) {
          double want = row.get(row.size() == 1 ? 0 : p - starts[i]).asDouble();
          assertThat(rho[p]).isCloseTo(want, within(1e-4 * Math.max(1, want)));
          numbers++;
        }
      }
    }

    private void ratios(double[] current, double[] proximal, JsonNode expected) {
      double[] ratios = new double[current.length];
      for (int p = 0; p < ratios.length; p++) {
        ratios[p] = Math.exp(current[p] - proximal[p]);
      }
      near(ratios, flat(expected), 1e-4, "ratios");
    }

    private void metrics(LossResult r, JsonNode expected) {
      expected
          .fields()
          .forEachRemaining(
              e -> {
                if (r.metrics().containsKey(e.getKey())) {
                  assertThat(r.metrics().get(e.getKey()))
                      .as(e.getKey())
                      .isCloseTo(e.getValue().asDouble(), within(1e-4));
                  numbers++;
                }
              });
    }

    private double[] logProbs(TrainableModel model) {
      try (ForwardPass pass = model.forward(batch)) {
        return wide(pass.features().logProbs());
      }
    }

    private void parameters(ModelWeights got, int step) {
      String file = "params_step" + step + ".safetensors";
      int far = compare(got, file, 2e-5);
      assertThat(far)
          .as("parameters off by more than 3e-6")
          .isLessThan((int) (got.parameters() / 1000) + 1);
    }

    /** How many values differ by more than 3e-6. */
    private int compare(ModelWeights got, String file, double tolerance) {
      int far = 0;
      for (Map.Entry<String, HostTensor> e : Safetensors.read(folder.resolve(file)).entrySet()) {
        double[] a = wide(got.get(e.getKey()).toFloats());
        double[] b = wide(e.getValue().toFloats());
        near(a, b, tolerance, file + " " + e.getKey());
        far += (int) IntStream.range(0, a.length).filter(i -> Math.abs(a[i] - b[i]) > 3e-6).count();
      }
      return far;
    }

    private void near(double[] got, double[] want, double tolerance, String what) {
      assertThat(got).as(what).hasSize(want.length);
      for (int i = 0; i < got.length; i++) {
        if (!(Math.abs(got[i] - want[i]) <= tolerance)) {
          assertThat(got[i]).as("%s %s %d", folder, what, i).isCloseTo(want[i], within(tolerance));
        }
      }
      numbers += got.length;
    }
  }

  private static int[] array(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  private static double[] wide(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static double[] flat(JsonNode node) {
    List<Double> out = new ArrayList<>();
    for (JsonNode row : node) {
      if (row.isArray()) {
        row.forEach(v -> out.add(v.asDouble()));
      } else {
        out.add(row.asDouble());
      }
    }
    return out.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
