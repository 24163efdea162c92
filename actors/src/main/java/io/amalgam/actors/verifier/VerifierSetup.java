package io.amalgam.actors.verifier;

import io.amalgam.verifiers.answer.AnswerExtractor;
import io.amalgam.verifiers.reward.RewardRule;
import io.amalgam.verifiers.sandbox.FailureRules;
import io.amalgam.verifiers.sandbox.Judge;
import io.amalgam.verifiers.task.Task;
import java.util.function.Function;

/**
 * What a verifier is made of.
 *
 * @param tasks the task of a name; throws for an unknown one
 * @param answers how the answer is found in a completion
 * @param reward what a score is worth
 * @param parallelism verifications at once, at least 1
 * @param judge who judges; closed with the verifier
 * @param failures limits, and what becomes of answers that could not be judged
 */
public record VerifierSetup(
    Function<String, Task> tasks,
    AnswerExtractor answers,
    RewardRule reward,
    int parallelism,
    Judge judge,
    FailureRules failures) {}
