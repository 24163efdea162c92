package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One question of a task, with what is needed to score an answer to it.
 *
 * @param task name of the task that made it
 * @param index position in the task's sequence
 * @param question the text shown to the policy
 * @param answer the reference answer; empty for tasks that accept any valid solution
 * @param metadata facts about the problem that the scorer may read; to be treated as read-only
 */
public record Problem(
    String task, long index, String question, Optional<String> answer, ObjectNode metadata) {}
