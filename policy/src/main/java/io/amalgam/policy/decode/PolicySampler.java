package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhaseSettings;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.text.Conversation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A policy whose weights are on a device: answers, samples groups, and scores given answers, one
 * call after the other.
 *
 * <p>Made by {@link LoadedPolicy#sampler}, which it must not outlive. For sequences that come and
 * go while others run use a {@link DecodeBatch} with {@link #model()}. One owner thread at a time.
 */
public final class PolicySampler implements AutoCloseable {
  private final LoadedPolicy policy;
  private final GenerationModel model;
  private long version;

  PolicySampler(LoadedPolicy policy, GenerationModel model) {
    this.policy = policy;
    this.model = model;
  }

  /** The weights on the device. */
  public GenerationModel model() {
    return model;
  }

  /** The policy version that is recorded with what is sampled: 0 until weights are replaced. */
  public long version() {
    return version;
  }

  /**
   * The answer to a conversation.
   *
   * @param method {@code MethodSpec.discrete()}, {@code MethodSpec.greedy()}, or a mixture method
   *     for a model that thinks
   * @param maxNewTokens most tokens of the answer
   * @param seed equal seeds give equal answers
   * @throws IllegalArgumentException if the prompt and the answer do not fit the model's context
   */
  public String chat(
      List<Conversation.Message> messages, MethodSpec method, int maxNewTokens, long seed) {
    Trajectory answer = group(policy.chatPrompt(messages), method, 1, maxNewTokens, seed).get(0);
    return policy.completion(answer);
  }

  /**
   * Samples the members of a group; the prompt is computed once.
   *
   * @param prompt ids, for example of {@link LoadedPolicy#prompt}
   * @param maxNewTokens most positions of each
   * @param seed equal seeds give equal groups
   * @return the trajectories in the order of the members
   * @throws IllegalArgumentException if the prompt and what is to follow do not fit the model's
   *     context
   */
  public List<Trajectory> group(
      int[] prompt, MethodSpec method, int members, int maxNewTokens, long seed) {
    int context = prompt.length + maxNewTokens;
    if (context > policy.config().maxPositions()) {
      throw new IllegalArgumentException(
          prompt.length
              + " ids and "
              + maxNewTokens
              + " new ones exceed the model's context of "
              + policy.config().maxPositions());
    }
    DecodeSettings settings =
        policy.decodeSettings(method, members, context, PhaseSettings.usual(), false);
    GroupRequest request =
        new GroupRequest(
            "sample", seed, 0, 0, prompt, 0, members, DecodeMode.MIXTURE, maxNewTokens);
    try (DecodeBatch batch = new DecodeBatch(model, settings, version)) {
      batch.admit(request);
      List<Trajectory> all = new ArrayList<>(batch.stepToEnd());
      all.sort(Comparator.comparingInt(t -> t.key().member()));
      return all;
    }
  }

  /**
   * The log-probs of an answer's ids after a prompt, at temperature 1, nats.
   *
   * @param prompt at least one id
   * @return one per id of the answer
   */
  public double[] logProbs(int[] prompt, int[] answer) {
    int[] ids = new int[prompt.length + answer.length];
    System.arraycopy(prompt, 0, ids, 0, prompt.length);
    System.arraycopy(answer, 0, ids, prompt.length, answer.length);
    return model.logProbs(ids, prompt.length);
  }

  /**
   * The log-prob of an answer as a text, nats. The text is encoded by itself, as the policy would
   * write it after the prompt.
   */
  public double logProb(int[] prompt, String answer) {
    double sum = 0;
    for (double one : logProbs(prompt, policy.tokenizer().encode(answer))) {
      sum += one;
    }
    return sum;
  }

  /** Replaces the weights; what is sampled from now on carries the new version. */
  public void swapWeights(ModelWeights weights, long newVersion) {
    model.setWeights(weights);
    version = newVersion;
  }

  /** Frees the weights on the device; the policy stays open. */
  @Override
  public void close() {
    model.close();
  }
}
