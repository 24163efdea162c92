package io.amalgam.policy.kernel;

import static io.amalgam.policy.kernel.GoldenModel.ints;
import static io.amalgam.policy.kernel.GoldenModel.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.decode.DecodeMode;
import io.amalgam.policy.decode.DecodeSettings;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.mixture.Candidates;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.text.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logits, hidden states and greedy decoding against the numbers of transformers. */
class GoldenForwardTest {
  static final ComputeSettings F32 = new ComputeSettings(1, ComputeFormat.F32, "cpu");
  private static int logitRows;
  private static int hiddenStates;
  private static int greedyTokens;
  private static int spellings;
  private static int texts;

  static List<GoldenModel> models() {
    return GoldenModel.all();
  }

  @AfterAll
  static void report() {
    System.out.printf("golden models: %d cases%n", models().size());
    System.out.printf("golden logits: %d cases (rows)%n", logitRows);
    System.out.printf("golden hidden-states: %d cases (layers)%n", hiddenStates);
    System.out.printf("golden config-spellings: %d cases (bit-equal)%n", spellings);
    System.out.printf("golden greedy: %d cases (tokens)%n", greedyTokens);
    System.out.printf("golden text-to-text: %d cases%n", texts);
  }

  @ParameterizedTest
  @MethodSource("models")
  void logitsOfTokens(GoldenModel golden) {
    Map<String, HostTensor> x = golden.tensors("forward.safetensors");
    try (GenerationModel model = load(golden)) {
      int vocab = model.config().vocabSize();
      for (String one : List.of("single0", "single1")) {
        float[] got = model.logits(ints(x.get(one + ".input_ids")), new float[0], 1);
        assertThat(largestDifference(got, x.get(one + ".logits").toFloats())).isLessThan(1e-4);
        logitRows += got.length / vocab;
      }
      int[] ids = ints(x.get("batch.input_ids"));
      int[] mask = ints(x.get("batch.attention_mask"));
      float[] expected = x.get("batch.logits").toFloats();
      for (int b = 0; b < 4; b++) {
        int row = b * 24;
        int[] real = IntStream.range(row, row + 24).filter(i -> mask[i] == 1).toArray();
        int[] tokens = Arrays.stream(real).map(i -> ids[i]).toArray();
        float[] got = model.logits(tokens, new float[0], 1);
        float[] want =
            Arrays.copyOfRange(expected, real[0] * vocab, (real[real.length - 1] + 1) * vocab);
        assertThat(largestDifference(got, want)).isLessThan(1e-4);
        logitRows += tokens.length;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void logitsOfMixtures(GoldenModel golden) {
    Map<String, HostTensor> x = golden.tensors("forward.safetensors");
    int[] ids = ints(x.get("mix.ids"));
    float[] weights = x.get("mix.weights").toFloats();
    float[] expected = x.get("mix.logits").toFloats();
    try (GenerationModel model = load(golden)) {
      int per = 12 * model.config().vocabSize();
      for (int b = 0; b < 2; b++) {
        float[] got =
            model.logits(
                Arrays.copyOfRange(ids, b * 36, (b + 1) * 36),
                Arrays.copyOfRange(weights, b * 36, (b + 1) * 36),
                3);
        assertThat(largestDifference(got, Arrays.copyOfRange(expected, b * per, (b + 1) * per)))
            .isLessThan(1e-4);
        logitRows += 12;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void hiddenStates(GoldenModel golden) {
    Map<String, HostTensor> x = golden.tensors("forward.safetensors");
    try (GenerationModel model = load(golden)) {
      List<float[]> got = model.hiddenStates(ints(x.get("hidden.input_ids")), new float[0], 1);
      assertThat(got).hasSize(model.config().layers() + 1);
      for (int i = 0; i < got.size(); i++) {
        assertThat(largestDifference(got.get(i), x.get("hidden." + i).toFloats()))
            .as("hidden.%d", i)
            .isLessThan(1e-4);
        hiddenStates++;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void bothSpellingsOfTheConfigurationGiveEqualBits(GoldenModel golden) {
    HuggingFaceDirectory now = golden.model();
    HuggingFaceDirectory old =
        HuggingFaceDirectory.open(
            now.path(),
            HuggingFaceDirectory.readConfig(now.path().resolve("config.old-style.json")));
    int[] ids = ints(golden.tensors("forward.safetensors").get("single0.input_ids"));
    try (GenerationModel a = GenerationModel.load(now.config(), now.weights(), F32);
        GenerationModel b = GenerationModel.load(old.config(), old.weights(), F32)) {
      assertThat(a.logits(ids, new float[0], 1)).containsExactly(b.logits(ids, new float[0], 1));
      spellings++;
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void greedyDecodingThroughTheCache(GoldenModel golden) throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    for (String line : Files.readAllLines(golden.expected("greedy.jsonl"))) {
      cases.add(new ObjectMapper().readTree(line));
    }
    int rows = cases.size();
    try (GenerationModel model = load(golden);
        KvCache cache = model.newCache(rows, 80)) {
      List<PrefillSequence> prompts = new ArrayList<>();
      int[] next = new int[rows];
      int[] positions = new int[rows];
      for (int b = 0; b < rows; b++) {
        int[] prompt = array(cases.get(b).get("prompt"));
        prompts.add(
            PrefillSequence.ofTokens(new int[] {b}, Arrays.copyOf(prompt, prompt.length - 1)));
        next[b] = prompt[prompt.length - 1];
        positions[b] = prompt.length - 1;
      }
      model.prefill(cache, prompts);
      double[] uniforms = new double[rows];
      Arrays.fill(uniforms, 0.5);
      for (int step = 0; step < 48; step++) {
        int[] ids = new int[2 * rows];
        float[] weights = new float[2 * rows];
        for (int b = 0; b < rows; b++) {
          ids[2 * b] = next[b];
          weights[2 * b] = 1;
        }
        StepResult result =
            model.decode(
                cache,
                new StepInput(
                    rows,
                    2,
                    ids,
                    weights,
                    positions.clone(),
                    1,
                    new CandidateRequest(1, true, step % 2 == 0 ? 1 : 3, 0),
                    uniforms));
        for (int b = 0; b < rows; b++) {
          Candidates c = result.row(b);
          assertThat(c.topIds()[0])
              .as("prompt %d token %d", b, step)
              .isEqualTo(cases.get(b).get("continuation").get(step).asInt());
          assertThat((double) c.topLogProbs()[0])
              .isCloseTo(
                  cases.get(b).get("log_probs").get(step).asDouble(),
                  org.assertj.core.data.Offset.offset(1e-4));
          next[b] = c.topIds()[0];
          positions[b]++;
          greedyTokens++;
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void textsBecomeTexts(GoldenModel golden) throws IOException {
    if (!golden.has("text.jsonl")) {
      return;
    }
    try (LoadedPolicy policy = LoadedPolicy.open(golden.directory().resolve("model"));
        GenerationModel model = load(golden)) {
      for (JsonNode line : Goldens.lines(golden.expected("text.jsonl"))) {
        int[] prompt = policy.tokenizer().encode(line.get("text").textValue());
        assertThat(prompt).isEqualTo(Goldens.ints(line.get("ids")));
        int[] continuation = greedy(model, prompt, line.get("continuation").size());
        assertThat(continuation).isEqualTo(Goldens.ints(line.get("continuation")));
        assertThat(policy.tokenizer().decode(continuation))
            .isEqualTo(line.get("text_out").textValue());
        texts++;
      }
    }
  }

  /** Through the decoder of rollouts, end tokens ignored. */
  private static int[] greedy(GenerationModel model, int[] prompt, int tokens) {
    DecodeSettings settings =
        new DecodeSettings(
            1,
            prompt.length + tokens,
            new MethodSpec("discrete", 1, 1, new TreeMap<>()),
            PhasePolicy.discreteOnly(),
            new int[0],
            false);
    try (DecodeBatch batch = new DecodeBatch(model, settings, 0)) {
      batch.admit(new GroupRequest("text", 1, 0, 0, prompt, 0, 1, DecodeMode.GREEDY, tokens));
      List<Trajectory> finished = new ArrayList<>();
      while (finished.isEmpty()) {
        finished = batch.step();
      }
      return finished.get(0).representatives();
    }
  }

  private static int[] array(JsonNode node) {
    return IntStream.range(0, node.size()).map(i -> node.get(i).asInt()).toArray();
  }

  private static GenerationModel load(GoldenModel golden) {
    HuggingFaceDirectory d = golden.model();
    return GenerationModel.load(d.config(), d.weights(), F32);
  }
}
