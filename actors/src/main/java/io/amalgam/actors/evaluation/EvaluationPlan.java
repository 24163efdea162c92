package io.amalgam.actors.evaluation;

import io.amalgam.policy.decode.CacheMemory;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhaseSettings;
import java.util.List;

/**
 * How a policy is read out.
 *
 * @param problems most held-out problems per task
 * @param samples completions per problem in the sampled modes; greedy takes one
 * @param method mixture method of mode {@code mixture}, and the temperature of all modes
 * @param phases when mixing ends
 * @param maxNewTokens longest completion
 * @param slots sequences decoded together
 * @param maxContext longest sequence, prompt included
 * @param seed seed of the sampling; the same for every version, so that two versions meet the same
 *     draws
 * @param memory most key-value memory
 * @param prefillChunk most prompt positions computed between two steps; 0: all
 * @param stops texts that end a completion
 */
public record EvaluationPlan(
    int problems,
    int samples,
    MethodSpec method,
    PhaseSettings phases,
    int maxNewTokens,
    int slots,
    int maxContext,
    long seed,
    CacheMemory memory,
    int prefillChunk,
    List<String> stops) {
  /** The usual memory, prompts computed at once, no stop strings. */
  public EvaluationPlan(
      int problems,
      int samples,
      MethodSpec method,
      PhaseSettings phases,
      int maxNewTokens,
      int slots,
      int maxContext,
      long seed) {
    this(
        problems,
        samples,
        method,
        phases,
        maxNewTokens,
        slots,
        maxContext,
        seed,
        CacheMemory.USUAL,
        0,
        List.of());
  }
}
