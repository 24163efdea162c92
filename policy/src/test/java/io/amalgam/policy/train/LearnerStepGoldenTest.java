package io.amalgam.policy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.policy.decode.TinyModel;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.Safetensors;
import io.amalgam.policy.rollout.ClosedBy;
import io.amalgam.policy.rollout.FinishReason;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import io.amalgam.policy.train.loss.LossCatalog;
import io.amalgam.policy.train.loss.PolicyLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A whole learner step of decoupled GRPO against the numbers of TRL on a real architecture. */
class LearnerStepGoldenTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("amalgam.repository", ".."))
          .resolve("../shared/golden/policy/end-to-end/grpo-decoupled")
          .normalize();

  @Test
  void twoStepsOnOneBatchOfStaleSamples() throws IOException {
    JsonNode golden;
    try (var in = getClass().getResourceAsStream("grpo-decoupled.json")) {
      golden = new ObjectMapper().readTree(in);
    }
    List<ReplaySample> samples = samples(golden);
    List<ReplaySample> twice = new ArrayList<>(samples);
    twice.addAll(samples);
    JsonNode first = golden.get("steps").get(0);
    JsonNode second = golden.get("steps").get(1);
    int tensors = 0;
    try (TrainableModel model = model()) {
      Replay replay = replay(model);
      checkScores(replay, samples, first.get("log_probs"), 1e-4);
      replay.accumulate(samples, 0);
      tensors += compare("grads_step1.safetensors", model.gradients(), 1e-4);
      model.scaleGradients(0);
      ReplayReport r = replay.train(samples, adam(golden), 0);
      assertThat(r.loss()).isCloseTo(first.get("loss").asDouble(), within(2e-5));
      assertThat(r.gradNorm()).isCloseTo(norm(first), within(1e-4 * norm(first)));
      assertThat(r.metrics().get("entropy"))
          .isCloseTo(first.at("/metrics/entropy").asDouble(), within(1e-4));
      checkScores(replay, samples, first.get("log_probs_after"), 5e-4);
      tensors += compare("params_step1.safetensors", model.masters(), 2e-5);
    }
    try (TrainableModel model = model()) {
      Replay replay = replay(model);
      ReplayReport r = replay.train(twice, adam(golden), 0, 2);
      double losses = first.get("loss").asDouble() + second.get("loss").asDouble();
      assertThat(r.loss()).isCloseTo(losses, within(4e-5));
      assertThat(r.gradNorm()).isCloseTo(norm(second), within(2e-4 * norm(second)));
      checkScores(replay, samples, second.get("log_probs_after"), 5e-4);
      tensors += compare("params_step2.safetensors", model.masters(), 2e-5);
    }
    System.out.printf("golden learner-steps: 2 cases, %d tensors compared%n", tensors);
  }

  private static double norm(JsonNode step) {
    return step.get("grad_norm_before_clip").asDouble();
  }

  private static TrainableModel model() {
    HuggingFaceDirectory directory =
        HuggingFaceDirectory.open(
            Path.of("src/test/resources/io/amalgam/policy/golden/qwen2-tied/model"));
    return TrainableModel.load(directory.config(), directory.weights(), TinyModel.compute(), false);
  }

  private static AdamWSettings adam(JsonNode golden) {
    JsonNode o = golden.get("optimizer");
    return new AdamWSettings(
        o.get("lr").asDouble(),
        o.get("betas").get(0).asDouble(),
        o.get("betas").get(1).asDouble(),
        o.get("eps").asDouble(),
        o.get("weight_decay").asDouble(),
        o.get("clip_norm").asDouble());
  }

  private static Replay replay(TrainableModel model) {
    PolicyLoss loss = LossCatalog.create("decoupled", Map.of("reduction", "sequence-mean"));
    return new Replay(model, loss, new ReplaySettings(40, false, true));
  }

  private static List<ReplaySample> samples(JsonNode golden) {
    List<ReplaySample> out = new ArrayList<>();
    int groupSize = golden.get("group_size").asInt();
    for (int i = 0; i < golden.get("completions").size(); i++) {
      int[] ids = ints(golden.get("completions").get(i));
      float[] logProbs = floats(golden.get("behaviour_log_probs").get(i));
      byte[] ones = new byte[ids.length];
      Arrays.fill(ones, (byte) 1);
      float[] weights = new float[ids.length];
      Arrays.fill(weights, 1);
      Trajectory t =
          new Trajectory(
              new TrajectoryKey("golden", i / groupSize, 0, i % groupSize),
              0,
              ints(golden.get("prompts").get(i / groupSize)),
              TinyModel.spec("discrete", 1),
              ids,
              weights,
              ones,
              ids,
              new byte[ids.length],
              new float[ids.length],
              new float[ids.length],
              new float[ids.length],
              logProbs,
              ones,
              new float[ids.length],
              new long[ids.length],
              ClosedBy.LENGTH,
              FinishReason.LENGTH);
      out.add(new ReplaySample(t, golden.get("advantages").get(i).asDouble()));
    }
    return out;
  }

  private static void checkScores(
      Replay replay, List<ReplaySample> samples, JsonNode expected, double tolerance) {
    List<double[]> scores = replay.score(samples.stream().map(ReplaySample::trajectory).toList());
    for (int i = 0; i < scores.size(); i++) {
      float[] row = floats(expected.get(i));
      assertThat(scores.get(i)).hasSize(row.length);
      for (int t = 0; t < row.length; t++) {
        assertThat(scores.get(i)[t]).isCloseTo(row[t], within(tolerance));
      }
    }
  }

  /** Compares with a reference file where it is present; how many tensors. */
  private static int compare(String file, ModelWeights actual, double tolerance) {
    if (!Files.exists(FOLDER.resolve(file))) {
      return 0;
    }
    Map<String, HostTensor> expected = Safetensors.read(FOLDER.resolve(file));
    for (Map.Entry<String, HostTensor> entry : expected.entrySet()) {
      float[] want = entry.getValue().toFloats();
      float[] got = actual.get(entry.getKey()).toFloats();
      for (int i = 0; i < want.length; i++) {
        assertThat((double) got[i]).as(entry.getKey()).isCloseTo(want[i], within(tolerance));
      }
    }
    return expected.size();
  }

  private static int[] ints(JsonNode row) {
    int[] out = new int[row.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = row.get(i).asInt();
    }
    return out;
  }

  private static float[] floats(JsonNode row) {
    float[] out = new float[row.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) row.get(i).asDouble();
    }
    return out;
  }
}
