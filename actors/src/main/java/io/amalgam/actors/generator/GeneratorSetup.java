package io.amalgam.actors.generator;

import io.amalgam.actors.weights.WeightSource;
import io.amalgam.policy.decode.DecodeMode;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.model.ModelWeights;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a generator is made of.
 *
 * @param name its name in logs and events, for example {@code generator-cpu}
 * @param source makes the sampler when the first weights arrive
 * @param prompts prompts and completions
 * @param permit the device's permit, shared with whoever computes on it in this JVM
 * @param localWeights where weights are fetched inside this JVM; empty: over a socket
 * @param completion makes the weights to decode with from what is published
 * @param seed seed of the run
 * @param slots sequences decoded together
 * @param groupSize members of a group
 * @param queuedGroups groups held ready behind the slots; the whole batch when training is
 *     synchronous
 * @param maxPrompt longest prompt that fits
 * @param maxNewTokens longest completion
 * @param confirmWithin after this a member that the learner has not confirmed is verified again
 * @param fetchTimeout longest time of one weight fetch
 * @param tick interval of the regular checks
 */
public record GeneratorSetup(
    String name,
    SamplerSource source,
    PromptCodec prompts,
    ComputePermit permit,
    Optional<WeightSource> localWeights,
    UnaryOperator<ModelWeights> completion,
    long seed,
    int slots,
    int groupSize,
    int queuedGroups,
    int maxPrompt,
    int maxNewTokens,
    Duration confirmWithin,
    Duration fetchTimeout,
    Duration tick) {

  /** What the device is asked to sample for a group. */
  GroupRequest request(String run, GroupTask task, int[] prompt) {
    return new GroupRequest(
        run,
        seed,
        task.key().ordinal(),
        task.key().attempt(),
        prompt,
        0,
        task.members(),
        DecodeMode.MIXTURE,
        maxNewTokens);
  }
}
