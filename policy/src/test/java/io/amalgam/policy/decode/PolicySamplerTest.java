package io.amalgam.policy.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.model.ParameterLayout;
import io.amalgam.policy.model.PublishedValues;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.text.Conversation.Message;
import io.amalgam.policy.train.ReplaySample;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/policy.md shows, on the embedded model. */
class PolicySamplerTest {
  private static final String QUESTION = "What is 12 + 3?";

  private static LoadedPolicy policy;
  private static PolicySampler sampler;

  @TempDir Path dir;

  @BeforeAll
  static void open() {
    Path repository = Path.of(System.getProperty("amalgam.repository", ".."));
    policy = LoadedPolicy.open(repository.resolve("models/seedling"));
    sampler = policy.sampler(TinyModel.compute());
  }

  @AfterAll
  static void close() {
    sampler.close();
    policy.close();
  }

  @Test
  void givenAnswersHaveTheLogProbsOfTheLogits() {
    int[] prompt = policy.prompt(QUESTION);
    int[] answer = policy.tokenizer().encode("12+3=15</think><answer>15</answer>");
    int[] all = Arrays.copyOf(prompt, prompt.length + answer.length);
    System.arraycopy(answer, 0, all, prompt.length, answer.length);
    float[] logits = sampler.model().logits(all, new float[0], 1);
    int vocabulary = policy.config().vocabSize();
    double[] got = sampler.logProbs(prompt, answer);
    assertThat(got).hasSize(answer.length);
    for (int i = 0; i < answer.length; i++) {
      int row = (prompt.length - 1 + i) * vocabulary;
      double sum = 0;
      for (int v = 0; v < vocabulary; v++) {
        sum += Math.exp(logits[row + v]);
      }
      assertThat(got[i]).isCloseTo(logits[row + answer[i]] - Math.log(sum), within(1e-4));
    }
    assertThat(sampler.logProb(prompt, "12+3=15</think><answer>15</answer>"))
        .isCloseTo(Arrays.stream(got).sum(), within(1e-9));
  }

  @Test
  void sampledTokensHaveTheLogProbsThatWereRecorded() {
    int[] prompt = policy.prompt(QUESTION);
    Trajectory sampled = sampler.group(prompt, MethodSpec.discrete(), 1, 24, 3).get(0);
    double[] scored = sampler.logProbs(prompt, sampled.representatives());
    assertThat(Arrays.stream(scored).sum()).isCloseTo(sampled.logProb(), within(1e-3));
  }

  @Test
  void groupsAreInOrderAndTheSameForTheSameSeed() {
    int[] prompt = policy.prompt(QUESTION);
    MethodSpec method = MethodSpec.of("multiplex", 3);
    List<Trajectory> group = sampler.group(prompt, method, 4, 40, 5);
    assertThat(group).extracting(t -> t.key().member()).containsExactly(0, 1, 2, 3);
    assertThat(group.stream().map(t -> Arrays.toString(t.ids())).distinct().count())
        .isGreaterThan(1);
    List<Trajectory> again = sampler.group(prompt, method, 4, 40, 5);
    for (int member = 0; member < 4; member++) {
      assertThat(again.get(member).ids()).containsExactly(group.get(member).ids());
    }
    Trajectory alone = policy.sample(QUESTION, method, 40, 5, TinyModel.compute());
    assertThat(alone.ids()).containsExactly(sampler.group(prompt, method, 1, 40, 5).get(0).ids());
    for (Trajectory t : group) {
      for (int at = 0; at < t.length(); at++) {
        double sum = t.fed(at).values().stream().mapToDouble(Float::doubleValue).sum();
        assertThat(sum).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void answersEndBeforeTheEndToken() {
    List<Message> messages = List.of(Message.system("Be brief."), Message.user(QUESTION));
    String answer = sampler.chat(messages, MethodSpec.greedy(), 64, 1);
    assertThat(answer).doesNotContain("<|im_end|>").isNotEmpty();
    assertThat(sampler.chat(messages, MethodSpec.greedy(), 64, 2)).isEqualTo(answer);
    assertThat(policy.tokenizer().decode(policy.chatPrompt(messages)))
        .contains("Be brief.")
        .endsWith("<|im_start|>assistant\n");
  }

  @Test
  void newWeightsCarryTheirVersion() {
    try (PolicySampler own = policy.sampler(TinyModel.compute())) {
      own.swapWeights(PublishedValues.of(policy.weights()), 7);
      Trajectory sampled = own.group(new int[] {1}, MethodSpec.discrete(), 1, 2, 1).get(0);
      assertThat(sampled.versions()).containsOnly(7);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    int context = policy.config().maxPositions();
    assertThatThrownBy(
            () -> sampler.group(new int[] {1, 2}, MethodSpec.discrete(), 1, context - 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exceed the model's context of " + context);
    assertThatThrownBy(() -> sampler.logProbs(new int[0], new int[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sampler.logProbs(new int[] {1}, new int[] {1_000_000}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside the vocabulary");
    assertThatThrownBy(() -> ReplaySample.of(List.of(), new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void savedPolicyIsThePolicy() {
    Path target = dir.resolve("saved");
    policy.save(target, policy.weights());
    try (LoadedPolicy again = LoadedPolicy.open(target)) {
      assertThat(again.endIds()).isEqualTo(policy.endIds());
      assertThat(again.prompt(QUESTION)).containsExactly(policy.prompt(QUESTION));
      assertThat(again.weights().get(ParameterLayout.EMBEDDING).toFloats())
          .containsExactly(policy.weights().get(ParameterLayout.EMBEDDING).toFloats());
    }
  }

  @Test
  void specsAreMadeFromWhatDiffers() {
    assertThat(MethodSpec.of("multiplex", 2).at(0.5).with("top-k", "20"))
        .isEqualTo(new MethodSpec("multiplex", 2, 0.5, new TreeMap<>(Map.of("top-k", "20"))));
    assertThat(MethodSpec.discrete().k()).isEqualTo(1);
  }
}
