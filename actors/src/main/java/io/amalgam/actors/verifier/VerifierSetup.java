package io.amalgam.actors.verifier;

import io.amalgam.verifiers.answer.AnswerExtractor;
import io.amalgam.verifiers.reward.RewardRule;
import io.amalgam.verifiers.task.Task;
import java.time.Duration;
import java.util.function.Function;

/**
 * What a verifier is made of.
 *
 * @param tasks the task of a name; throws for an unknown one
 * @param answers how the answer is found in a completion
 * @param reward what a score is worth
 * @param parallelism verifications at once, at least 1
 * @param timeout longest time of one verification
 * @param retries further tries after a timeout or a crash
 */
public record VerifierSetup(
    Function<String, Task> tasks,
    AnswerExtractor answers,
    RewardRule reward,
    int parallelism,
    Duration timeout,
    int retries) {}
