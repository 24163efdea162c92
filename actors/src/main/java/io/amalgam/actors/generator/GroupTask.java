package io.amalgam.actors.generator;

import io.amalgam.actors.controller.GroupKey;
import io.amalgam.verifiers.task.Problem;

/**
 * A group to sample.
 *
 * @param members how many members answer the problem
 */
public record GroupTask(GroupKey key, int members, Problem problem) {}
