package io.amalgam.policy.kernel;

import static io.amalgam.policy.kernel.GoldenModel.ints;
import static io.amalgam.policy.kernel.GoldenModel.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.ParameterLayout;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses, gradients and optimiser steps against the numbers of transformers and torch. */
class GoldenTrainingTest {
  private static int gradients;
  private static int optimiserSteps;
  private static int mixtureGradients;
  private static int weightGradients;

  static List<GoldenModel> trained() {
    return GoldenModel.all().stream().filter(g -> g.has("grads.safetensors")).toList();
  }

  @AfterAll
  static void report() {
    System.out.printf("golden gradients: %d cases (tensors)%n", gradients);
    System.out.printf("golden adamw: %d cases (steps)%n", optimiserSteps);
    System.out.printf(
        "golden mixture-gradients: %d cases (into the embedding), %d (into weights)%n",
        mixtureGradients, weightGradients);
  }

  /** The train batch with its padding removed, and each scored position's share of the loss. */
  record TrainCase(PackedBatch batch, float[] share, float[] expectedLogProbs) {
    static TrainCase of(Map<String, HostTensor> x, boolean recompute) {
      int[] ids = ints(x.get("train.input_ids"));
      int[] mask = ints(x.get("train.attention_mask"));
      int[] targets = ints(x.get("train.targets"));
      HostTensor lossMask = x.get("train.loss_mask");
      float[] loss = lossMask.toFloats();
      float[] logProbs = x.get("train.log_probs").toFloats();
      int[] real = IntStream.range(0, ids.length).filter(i -> mask[i] == 1).toArray();
      int[] lengths = new int[3];
      for (int i : real) {
        lengths[i / 16]++;
      }
      int[] scored = IntStream.range(0, real.length).filter(i -> loss[real[i]] != 0).toArray();
      float[] weights = new float[real.length];
      Arrays.fill(weights, 1);
      float[] share = new float[scored.length];
      Arrays.fill(share, -1f / scored.length);
      float[] expected = new float[scored.length];
      for (int i = 0; i < scored.length; i++) {
        expected[i] = logProbs[real[scored[i]]];
      }
      return new TrainCase(
          new PackedBatch(
              lengths,
              1,
              Arrays.stream(real).map(i -> ids[i]).toArray(),
              weights,
              scored,
              1,
              Arrays.stream(scored).map(i -> targets[real[i]]).toArray(),
              new float[scored.length],
              new float[scored.length],
              1,
              recompute),
          share,
          expected);
    }

    double accumulate(TrainableModel model) {
      try (ForwardPass pass = model.forward(batch)) {
        FeatureGradient g = new FeatureGradient(batch.scored(), 1);
        double loss = 0;
        for (int i = 0; i < share.length; i++) {
          g.logProbs()[i] = share[i];
          loss += share[i] * pass.features().logProbs()[i];
        }
        model.backward(pass, g);
        return loss;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("trained")
  void lossAndGradients(GoldenModel golden) {
    Map<String, HostTensor> x = golden.tensors("forward.safetensors");
    Map<String, HostTensor> expected = golden.tensors("grads.safetensors");
    for (boolean recompute : new boolean[] {false, true}) {
      TrainCase train = TrainCase.of(x, recompute);
      try (TrainableModel model = load(golden)) {
        try (ForwardPass pass = model.forward(train.batch())) {
          assertThat(largestDifference(pass.features().logProbs(), train.expectedLogProbs()))
              .isLessThan(1e-4);
        }
        double loss = train.accumulate(model);
        assertThat(loss).isCloseTo(x.get("train.loss").toFloats()[0], within(1e-5));
        ModelWeights got = model.gradients();
        assertThat(got.tensors().keySet()).isEqualTo(expected.keySet());
        for (Map.Entry<String, HostTensor> e : expected.entrySet()) {
          assertThat(largestDifference(got.get(e.getKey()).toFloats(), e.getValue().toFloats()))
              .as(e.getKey())
              .isLessThan(2e-5);
          gradients++;
        }
        // a second pass adds the same again
        train.accumulate(model);
        String name = "model.layers.0.mlp.up_proj.weight";
        float[] twice = model.gradients().get(name).toFloats();
        float[] once = got.get(name).toFloats();
        for (int i = 0; i < once.length; i++) {
          once[i] *= 2;
        }
        assertThat(largestDifference(twice, once)).isLessThan(1e-5);
      }
    }
  }

  static List<GoldenModel> mixed() {
    return GoldenModel.all().stream()
        .filter(g -> g.tensors("forward.safetensors").containsKey("mix.grad_weights"))
        .toList();
  }

  /**
   * The gradient into the weights of a mixture. Weights are constants for the kernel; but the
   * gradient into a fed vector is that into the embedding of a token which is fed with weight 1 at
   * one position alone, whose own embedding is 0 and so changes nothing, and its product with an
   * embedding is the gradient into that embedding's weight.
   */
  @ParameterizedTest
  @MethodSource("mixed")
  void gradientOfWeights(GoldenModel golden) {
    Map<String, HostTensor> x = golden.tensors("forward.safetensors");
    HuggingFaceDirectory d = golden.model();
    int hidden = d.config().hiddenSize();
    int[] ids = ints(x.get("mix.ids"));
    float[] weights = x.get("mix.weights").toFloats();
    int[] targets = ints(x.get("mix.targets"));
    float[] mask = x.get("mix.mask").toFloats();
    float[] embedding = d.weights().get(ParameterLayout.EMBEDDING).toFloats();
    BitSet used = new BitSet();
    Arrays.stream(ids).forEach(used::set);
    int[] probes = new int[mask.length];
    float[] probed = embedding.clone();
    int[] wideIds = new int[4 * mask.length];
    float[] wideWeights = new float[4 * mask.length];
    for (int t = 0; t < mask.length; t++) {
      probes[t] = used.nextClearBit(t == 0 ? 0 : probes[t - 1] + 1);
      Arrays.fill(probed, probes[t] * hidden, (probes[t] + 1) * hidden, 0);
      System.arraycopy(ids, 3 * t, wideIds, 4 * t, 3);
      System.arraycopy(weights, 3 * t, wideWeights, 4 * t, 3);
      wideIds[4 * t + 3] = probes[t];
      wideWeights[4 * t + 3] = 1;
    }
    assertThat(probes[mask.length - 1]).isLessThan(d.config().vocabSize());
    SortedMap<String, HostTensor> tensors = new TreeMap<>(d.weights().tensors());
    HostTensor table = tensors.get(ParameterLayout.EMBEDDING);
    tensors.putIfAbsent(ParameterLayout.HEAD, table);
    tensors.put(ParameterLayout.EMBEDDING, HostTensor.ofFloats(probed, table.shape()));
    int[] scored = IntStream.range(0, mask.length).filter(i -> mask[i] != 0).toArray();
    PackedBatch batch =
        new PackedBatch(
            new int[] {12, 12},
            4,
            wideIds,
            wideWeights,
            scored,
            1,
            Arrays.stream(scored).map(i -> targets[i]).toArray(),
            new float[scored.length],
            new float[scored.length],
            1,
            false);
    try (TrainableModel model =
            TrainableModel.load(
                untied(d.config()), new ModelWeights(tensors), GoldenForwardTest.F32, false);
        ForwardPass pass = model.forward(batch)) {
      FeatureGradient g = new FeatureGradient(scored.length, 1);
      Arrays.fill(g.logProbs(), -1f / scored.length);
      model.backward(pass, g);
      float[] into = model.gradients().get(ParameterLayout.EMBEDDING).toFloats();
      float[] got = new float[ids.length];
      for (int i = 0; i < ids.length; i++) {
        double product = 0;
        for (int c = 0; c < hidden; c++) {
          product += into[probes[i / 3] * hidden + c] * embedding[ids[i] * hidden + c];
        }
        got[i] = (float) product;
      }
      assertThat(largestDifference(got, x.get("mix.grad_weights").toFloats())).isLessThan(2e-5);
      weightGradients++;
    }
  }

  private static ModelConfig untied(ModelConfig c) {
    return new ModelConfig(
        c.family(),
        c.vocabSize(),
        c.hiddenSize(),
        c.intermediateSize(),
        c.layers(),
        c.heads(),
        c.keyValueHeads(),
        c.headDim(),
        c.biases(),
        c.normEpsilon(),
        c.rotary(),
        c.rotaryLayers(),
        c.windows(),
        false,
        c.maxPositions(),
        c.bosToken(),
        c.eosTokens(),
        c.padToken(),
        c.storedType());
  }

  @ParameterizedTest
  @MethodSource("mixed")
  void lossAndGradientOfMixtures(GoldenModel golden) {
    Map<String, HostTensor> x = golden.tensors("forward.safetensors");
    float[] mask = x.get("mix.mask").toFloats();
    int[] targets = ints(x.get("mix.targets"));
    int[] scored = IntStream.range(0, mask.length).filter(i -> mask[i] != 0).toArray();
    PackedBatch batch =
        new PackedBatch(
            new int[] {12, 12},
            3,
            ints(x.get("mix.ids")),
            x.get("mix.weights").toFloats(),
            scored,
            1,
            Arrays.stream(scored).map(i -> targets[i]).toArray(),
            new float[scored.length],
            new float[scored.length],
            1,
            false);
    try (TrainableModel model = load(golden);
        ForwardPass pass = model.forward(batch)) {
      FeatureGradient g = new FeatureGradient(scored.length, 1);
      double loss = 0;
      for (int i = 0; i < scored.length; i++) {
        g.logProbs()[i] = -1f / scored.length;
        loss -= pass.features().logProbs()[i] / scored.length;
      }
      assertThat(loss).isCloseTo(x.get("mix.loss").toFloats()[0], within(1e-5));
      model.backward(pass, g);
      assertThat(
              largestDifference(
                  model.gradients().get(ParameterLayout.EMBEDDING).toFloats(),
                  x.get("mix.grad_embed").toFloats()))
          .isLessThan(2e-5);
      mixtureGradients++;
    }
  }

  @ParameterizedTest
  @MethodSource("trained")
  void threeSteps(GoldenModel golden) throws IOException {
    JsonNode info = new ObjectMapper().readTree(golden.expected("info.json").toFile());
    JsonNode s = info.get("adamw");
    AdamWSettings settings =
        new AdamWSettings(
            s.get("lr").asDouble(),
            s.get("betas").get(0).asDouble(),
            s.get("betas").get(1).asDouble(),
            s.get("eps").asDouble(),
            s.get("weight_decay").asDouble(),
            s.get("clip_norm").asDouble());
    TrainCase train = TrainCase.of(golden.tensors("forward.safetensors"), false);
    try (TrainableModel model = load(golden)) {
      for (int step = 1; step <= 3; step++) {
        JsonNode expected = s.get("steps").get(step - 1);
        assertThat(train.accumulate(model))
            .isCloseTo(expected.get("loss").asDouble(), within(1e-4));
        OptimiserStep done = model.step(settings);
        assertThat(done.skipped()).isFalse();
        assertThat(done.gradNorm())
            .isCloseTo(expected.get("grad_norm_before_clip").asDouble(), within(1e-4));
        if (golden.has("adamw_step" + step + ".safetensors")) {
          checkParameters(model.masters(), golden.tensors("adamw_step" + step + ".safetensors"));
          optimiserSteps++;
        }
      }
    }
  }

  private static void checkParameters(ModelWeights got, Map<String, HostTensor> expected) {
    long all = 0;
    long far = 0;
    for (Map.Entry<String, HostTensor> e : expected.entrySet()) {
      float[] a = got.get(e.getKey()).toFloats();
      float[] b = e.getValue().toFloats();
      assertThat(largestDifference(a, b)).as(e.getKey()).isLessThan(1e-4);
      for (int i = 0; i < a.length; i++) {
        all++;
        far += Math.abs(a[i] - b[i]) > 1e-5 ? 1 : 0;
      }
    }
    assertThat((double) far / all).isLessThan(1e-3);
  }

  private static TrainableModel load(GoldenModel golden) {
    HuggingFaceDirectory d = golden.model();
    return TrainableModel.load(d.config(), d.weights(), GoldenForwardTest.F32, false);
  }
}
