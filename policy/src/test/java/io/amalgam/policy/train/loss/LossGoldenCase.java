package io.amalgam.policy.train.loss;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.policy.train.advantage.AdvantageEstimator;
import io.amalgam.policy.train.advantage.Advantages;
import io.amalgam.policy.train.advantage.GroupRelative;
import io.amalgam.policy.train.advantage.GroupRelative.Scale;
import io.amalgam.policy.train.advantage.LeaveOneOut;
import io.amalgam.policy.train.advantage.RewardGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One case of the reference file: builds our objects from its settings and inputs. */
final class LossGoldenCase {
  private final JsonNode root;
  private final JsonNode settings;
  private final JsonNode inputs;
  private final JsonNode expected;
  private final double[][] mask;

  LossGoldenCase(JsonNode root) {
    this.root = root;
    this.settings = root.get("settings");
    this.inputs = root.get("inputs");
    this.expected = root.get("expected");
    this.mask = GoldenLines.matrix(expected.get("completion_mask"));
    if (inputs.hasNonNull("tool_mask")) {
      double[][] tool = GoldenLines.matrix(inputs.get("tool_mask"));
      for (int i = 0; i < mask.length; i++) {
        for (int t = 0; t < mask[i].length; t++) {
          mask[i][t] *= t < tool[i].length ? tool[i][t] : 0;
        }
      }
    }
  }

  String name() {
    return root.get("name").asText();
  }

  String kind() {
    String trainer = settings.get("trainer").asText();
    return trainer.equals("grpo") ? settings.get("loss_type").asText() : trainer;
  }

  boolean scalesByBatch() {
    return settings.get("scale_rewards").asText().equals("batch");
  }

  JsonNode expected() {
    return expected;
  }

  PolicyLoss loss() {
    Map<String, String> p = new HashMap<>();
    String kind = kind();
    boolean ratioOfSequence = settings.get("importance_sampling_level").asText().equals("sequence");
    String epsilon = settings.get("epsilon").asText();
    String high =
        settings.get("epsilon_high").isNull() ? epsilon : settings.get("epsilon_high").asText();
    switch (kind) {
      case "cispo" -> p.put("epsilon-high", high);
      case "sapo" -> {
        p.put("tau-positive", settings.get("sapo_temperature_pos").asText());
        p.put("tau-negative", settings.get("sapo_temperature_neg").asText());
      }
      case "vespo" -> {
        p.put("k-positive", settings.get("vespo_k_pos").asText());
        p.put("k-negative", settings.get("vespo_k_neg").asText());
        p.put("lambda-positive", settings.get("vespo_lambda_pos").asText());
        p.put("lambda-negative", settings.get("vespo_lambda_neg").asText());
      }
      default -> {
        p.put("epsilon", epsilon);
        p.put("epsilon-high", high);
      }
    }
    if (settings.hasNonNull("delta") && !kind.equals("gmpo")) {
      p.put("delta", settings.get("delta").asText());
    }
    p.put("level", ratioOfSequence ? "sequence" : "term");
    p.put("constant-length", settings.get("max_completion_length").asText());
    if (settings.hasNonNull("vllm_correction")) {
      p.put("correction", settings.get("vllm_correction").asText());
      p.put("correction-min", orNone("vllm_clip_min"));
      p.put("correction-max", orNone("vllm_clip_max"));
    }
    p.put("off-policy-threshold", orNone("off_policy_mask_threshold"));
    p.put("entropy-quantile", settings.get("top_entropy_quantile").asText());
    p.put("entropy", settings.get("entropy_coef").asText());
    if (!kind.equals("rloo")) {
      p.put("kl", settings.get("beta").asText());
    }
    if (!kind.equals("gmpo")) {
      p.put("kl-estimator", settings.get("use_bias_correction_kl").asBoolean() ? "unbiased" : "k3");
    }
    return LossCatalog.create(kind, p);
  }

  private String orNone(String key) {
    return settings.hasNonNull(key) ? settings.get(key).asText() : "none";
  }

  /** The advantages by our estimators; empty where the case gives them. */
  Optional<Advantages> advantages() {
    if (inputs.hasNonNull("advantages")) {
      return Optional.empty();
    }
    double[][] rewards = GoldenLines.matrix(inputs.get("rewards"));
    int size = settings.get("num_generations").asInt();
    double beta = settings.get("beta").asDouble();
    boolean rloo = kind().equals("rloo");
    List<RewardGroup> groups = new ArrayList<>();
    for (int g = 0; g < rewards.length / size; g++) {
      double[][] rows = new double[size][];
      double[] penalties = new double[rloo && beta != 0 ? size : 0];
      for (int i = 0; i < size; i++) {
        rows[i] = rewards[g * size + i];
        if (penalties.length > 0) {
          penalties[i] = beta * klOfRow(g * size + i);
        }
      }
      groups.add(new RewardGroup(rows, penalties));
    }
    return Optional.of(estimator(rloo).estimate(groups));
  }

  private AdvantageEstimator estimator(boolean rloo) {
    if (rloo) {
      double[] range =
          settings.hasNonNull("reward_clip_range")
              ? GoldenLines.array(settings.get("reward_clip_range"))
              : new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
      boolean normalise =
          settings.hasNonNull("normalize_advantages")
              && settings.get("normalize_advantages").asBoolean();
      return new LeaveOneOut(range[0], range[1], normalise);
    }
    return switch (settings.get("scale_rewards").asText()) {
      case "group" -> new GroupRelative(Scale.GROUP);
      case "batch" -> new GroupRelative(Scale.BATCH);
      default -> new GroupRelative(Scale.NONE);
    };
  }

  private double klOfRow(int i) {
    double[] old = GoldenLines.matrix(inputs.get("old_per_token_logps"))[i];
    double[] reference = GoldenLines.matrix(inputs.get("ref_per_token_logps"))[i];
    double sum = 0;
    for (int t = 0; t < old.length; t++) {
      sum += mask[i][t] * (old[t] - reference[t]);
    }
    return sum;
  }

  /** The micro-batches: consecutive rows. */
  List<LossBatch> batches() {
    int n = mask.length;
    int cuts = settings.get("steps_per_generation").asInt();
    List<LossBatch> out = new ArrayList<>();
    for (int s = 0; s < cuts; s++) {
      out.add(rows(s * n / cuts, (s + 1) * n / cuts));
    }
    return out;
  }

  private LossBatch rows(int from, int to) {
    int length = mask[0].length;
    int rows = to - from;
    int[] sequences = new int[rows + 1];
    int[] terms = new int[rows * length + 1];
    boolean[] in = new boolean[rows * length];
    for (int i = 0; i <= rows; i++) {
      sequences[i] = i * length;
    }
    for (int p = 0; p <= rows * length; p++) {
      terms[p] = p;
    }
    for (int p = 0; p < in.length; p++) {
      in[p] = mask[from + p / length][p % length] != 0;
    }
    double[] advantages = GoldenLines.array(expected.get("advantages"));
    return new LossBatch(
        sequences,
        terms,
        java.util.Arrays.copyOfRange(advantages, from, to),
        in,
        flat("per_token_logps", from, to),
        flat("old_per_token_logps", from, to),
        flat("sampling_per_token_logps", from, to),
        flat("ref_per_token_logps", from, to),
        flat("entropies", from, to),
        new double[0]);
  }

  private double[] flat(String key, int from, int to) {
    if (!inputs.hasNonNull(key)) {
      return new double[0];
    }
    double[][] m = GoldenLines.matrix(inputs.get(key));
    List<double[]> parts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      parts.add(m[i]);
    }
    return parts.stream().flatMapToDouble(java.util.stream.DoubleStream::of).toArray();
  }

  /** What one optimiser step learns from, as the reference trainers count it. */
  BatchTotals totals(LossBatch micro) {
    double accumulate = settings.get("gradient_accumulation_steps").asDouble();
    double cuts = settings.get("steps_per_generation").asDouble();
    double tokens = 0;
    for (double[] row : mask) {
      for (double m : row) {
        tokens += m;
      }
    }
    return switch (kind()) {
      case "rloo" -> new BatchTotals(micro.sequences(), tokens, 1);
      default ->
          new BatchTotals(
              micro.sequences() * accumulate,
              Math.max(1, tokens) * accumulate / cuts,
              (int) accumulate);
    };
  }

  /** The expected metrics of one micro-batch. */
  SortedMap<String, Double> metrics(int micro) {
    SortedMap<String, Double> out = new TreeMap<>();
    expected
        .get("metrics")
        .fields()
        .forEachRemaining(
            e ->
                out.put(
                    e.getKey(),
                    GoldenLines.number(
                        e.getValue().isArray() ? e.getValue().get(micro) : e.getValue())));
    return out;
  }
}
