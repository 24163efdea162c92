package io.amalgam.verifiers.task;

import java.math.BigInteger;

/**
 * Everything a task is made of.
 *
 * @param family the kind of task
 * @param values its checked configuration
 * @param seed base seed, any integer; problem i draws from a fresh generator seeded with {@code
 *     seed + i}
 * @param size nominal number of problems, at least 1
 * @param data texts and word lists
 */
public record TaskSetup(
    TaskFamily family, FieldValues values, BigInteger seed, int size, TaskData data) {}
