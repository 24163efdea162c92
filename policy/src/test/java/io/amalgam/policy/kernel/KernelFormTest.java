package io.amalgam.policy.kernel;

import static io.amalgam.policy.kernel.GoldenModel.ints;
import static io.amalgam.policy.kernel.GoldenModel.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.mixture.Candidates;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms of the kernels that tiny models do not choose by themselves. */
class KernelFormTest {
  private static final KernelModule MODULE = KernelModule.on("cpu");

  static List<GoldenModel> models() {
    return GoldenModel.all();
  }

  static List<GoldenModel> trained() {
    return GoldenTrainingTest.trained();
  }

  @ParameterizedTest
  @MethodSource("models")
  void packedAndUnfusedFormsGiveTheSameLogits(GoldenModel golden) {
    Map<String, HostTensor> x = golden.tensors("forward.safetensors");
    for (KernelForm form : List.of(new KernelForm(Packing.FUSED, true), KernelForm.UNFUSED)) {
      try (GenerationModel model = load(golden, KernelModule.F32, form)) {
        float[] got = model.logits(ints(x.get("single1.input_ids")), new float[0], 1);
        assertThat(largestDifference(got, x.get("single1.logits").toFloats())).isLessThan(1e-4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void packedDecodingGivesTheSameCandidates(GoldenModel golden) {
    try (GenerationModel plain = load(golden, KernelModule.F32, KernelForm.PLAIN);
        GenerationModel packed =
            load(golden, KernelModule.F32, new KernelForm(Packing.FUSED, true))) {
      Candidates a = decode(plain);
      Candidates b = decode(packed);
      assertThat(largestDifference(a.topLogProbs(), b.topLogProbs())).isLessThan(1e-4);
      assertThat(a.drawIds()).isEqualTo(b.drawIds());
      packed.setWeights(golden.model().weights());
      assertThat(decode(packed).topLogProbs()).isEqualTo(b.topLogProbs());
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void packingAlikeChangesNoBitInBf16(GoldenModel golden) {
    ModelConfig config = golden.model().config();
    boolean equal = PackedProducts.equalPlain(MODULE, config);
    System.out.println(golden.name() + ": packed bf16 products equal plain ones: " + equal);
    try (GenerationModel plain = load(golden, KernelModule.BF16, KernelForm.UNFUSED);
        GenerationModel packed =
            load(golden, KernelModule.BF16, new KernelForm(Packing.ALIKE, false))) {
      float[] a = decode(plain).topLogProbs();
      float[] b = decode(packed).topLogProbs();
      assertThat(largestDifference(a, b)).isLessThan(equal ? 1e-6 : 0.3);
    }
  }

  /** Tiny random models have flat distributions: what int8 moves shows in their logits. */
  @ParameterizedTest
  @MethodSource("models")
  void theInt8SamplerStaysNearThePolicy(GoldenModel golden) {
    Map<String, HostTensor> x = golden.tensors("forward.safetensors");
    int[] ids = ints(x.get("single1.input_ids"));
    float[] want = x.get("single1.logits").toFloats();
    int vocabulary = golden.model().config().vocabSize();
    for (int dtype : new int[] {KernelModule.F32, KernelModule.BF16}) {
      KernelForm form = new KernelForm(Packing.INT8, dtype == KernelModule.F32);
      try (GenerationModel model = load(golden, dtype, form)) {
        float[] got = model.logits(ids, new float[0], 1);
        double sum = 0;
        int agree = 0;
        for (int t = 0; t < ids.length; t++) {
          agree += largest(got, t, vocabulary) == largest(want, t, vocabulary) ? 1 : 0;
        }
        for (int i = 0; i < got.length; i++) {
          sum += Math.abs(got[i] - want[i]);
        }
        System.out.printf(
            "%s, int8 beside %s: mean difference of logits %.3f, %d of %d greedy tokens equal%n",
            golden.name(),
            dtype == KernelModule.F32 ? "f32" : "bf16",
            sum / got.length,
            agree,
            ids.length);
        assertThat(sum / got.length).isBetween(1e-6, 0.1);
        assertThat(agree).isGreaterThan(ids.length / 2);
        Candidates before = decode(model);
        model.setWeights(golden.model().weights());
        assertThat(decode(model).topLogProbs()).isEqualTo(before.topLogProbs());
      }
    }
  }

  private static int largest(float[] logits, int row, int vocabulary) {
    int best = 0;
    for (int v = 1; v < vocabulary; v++) {
      if (logits[row * vocabulary + v] > logits[row * vocabulary + best]) {
        best = v;
      }
    }
    return best;
  }

  private static Candidates decode(GenerationModel model) {
    int rows = 9;
    try (KvCache cache = model.newCache(rows, 32)) {
      int[] all = IntStream.range(0, rows).toArray();
      model.prefill(
          cache,
          List.of(
              new PrefillSequence(
                  all, 2, new int[] {1, 2, 3, 4, 5, 6}, new float[] {1, 0, .5f, .5f, .3f, .7f})));
      int[] ids = new int[rows];
      float[] weights = new float[rows];
      int[] positions = new int[rows];
      double[] uniforms = new double[rows];
      Arrays.fill(ids, 7);
      Arrays.fill(weights, 1);
      Arrays.fill(positions, 3);
      Arrays.fill(uniforms, 0.3);
      return model
          .decode(
              cache,
              new StepInput(
                  rows,
                  1,
                  ids,
                  weights,
                  positions,
                  1,
                  new CandidateRequest(1, true, 8, 0),
                  uniforms))
          .row(rows - 1);
    }
  }

  @ParameterizedTest
  @MethodSource("trained")
  void unfusedAttentionGivesTheSameGradients(GoldenModel golden) {
    Map<String, HostTensor> expected = golden.tensors("grads.safetensors");
    HuggingFaceDirectory d = golden.model();
    try (TrainableModel model =
        TrainableModel.load(
            d.config(), d.weights(), MODULE, 1, KernelModule.F32, KernelForm.UNFUSED, false)) {
      GoldenTrainingTest.TrainCase.of(golden.tensors("forward.safetensors"), false)
          .accumulate(model);
      model
          .gradients()
          .tensors()
          .forEach(
              (name, t) ->
                  assertThat(largestDifference(t.toFloats(), expected.get(name).toFloats()))
                      .as(name)
                      .isLessThan(2e-5));
    }
  }

  @Test
  void bf16IsCloseForTheBf16Model() {
    GoldenModel.all().stream()
        .filter(g -> g.name().equals("qwen2-bf16"))
        .forEach(
            golden -> {
              Map<String, HostTensor> x = golden.tensors("forward.safetensors");
              int[] ids = Arrays.copyOf(ints(x.get("batch.input_ids")), 24);
              for (KernelForm form :
                  List.of(new KernelForm(Packing.FUSED, true), KernelForm.UNFUSED)) {
                try (GenerationModel model = load(golden, KernelModule.BF16, form)) {
                  float[] got = model.logits(ids, new float[0], 1);
                  float[] want =
                      Arrays.copyOf(x.get("batch.logits_bf16_compute").toFloats(), got.length);
                  double sum = 0;
                  for (int i = 0; i < got.length; i++) {
                    sum += Math.abs(got[i] - want[i]);
                  }
                  assertThat(sum / got.length).isLessThan(0.03);
                  assertThat(largestDifference(got, want)).isLessThan(0.35);
                }
              }
            });
  }

  @Test
  void bf16DecodesAndTrains() {
    GoldenModel golden = new GoldenModel("sample", GoldenModel.sample());
    try (GenerationModel f32 = load(golden, KernelModule.F32, KernelForm.PLAIN);
        GenerationModel bf16 = load(golden, KernelModule.BF16, KernelForm.UNFUSED)) {
      assertThat(largestDifference(decode(f32).topLogProbs(), decode(bf16).topLogProbs()))
          .isLessThan(0.2);
    }
    HuggingFaceDirectory d = golden.model();
    Map<String, HostTensor> expected = golden.tensors("grads.safetensors");
    try (TrainableModel model =
        TrainableModel.load(
            d.config(), d.weights(), new ComputeSettings(1, ComputeFormat.BF16, "cpu"), true)) {
      GoldenTrainingTest.TrainCase.of(golden.tensors("forward.safetensors"), false)
          .accumulate(model);
      double dot = 0;
      double a = 0;
      double b = 0;
      for (Map.Entry<String, HostTensor> e : model.gradients().tensors().entrySet()) {
        float[] got = e.getValue().toFloats();
        float[] want = expected.get(e.getKey()).toFloats();
        for (int i = 0; i < got.length; i++) {
          dot += got[i] * want[i];
          a += got[i] * got[i];
          b += want[i] * want[i];
        }
      }
      assertThat(dot / Math.sqrt(a * b)).isGreaterThan(0.995);
    }
  }

  @Test
  void automaticFormatIsF32ForSmallModelsAndMeasuredForLargeOnes() {
    ComputeSettings auto = new ComputeSettings(1, ComputeFormat.AUTO, "cpu");
    assertThat(FormatProbe.decide(auto, 1_000_000, 32)).isEqualTo(ComputeFormat.F32);
    assertThat(FormatProbe.decide(auto, 100_000_000, 32))
        .isIn(ComputeFormat.F32, ComputeFormat.BF16);
    FloorProbe.Floor floor = FloorProbe.measure(auto);
    assertThat(floor.readGigabytesPerSecond()).isPositive();
    assertThat(floor.gigaflops()).isPositive();
    assertThat(new FloorProbe.Floor(16, 128, 64).seconds(32e9, 1)).isEqualTo(2);
    assertThat(new FloorProbe.Floor(16, 128, 64).seconds(1, 512e9)).isEqualTo(4);
  }

  private static GenerationModel load(GoldenModel golden, int dtype, KernelForm form) {
    HuggingFaceDirectory d = golden.model();
    return GenerationModel.load(d.config(), d.weights(), MODULE, 1, dtype, form);
  }
}
