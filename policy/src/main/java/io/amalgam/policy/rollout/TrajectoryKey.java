package io.amalgam.policy.rollout;

/**
 * The identity of a trajectory: at-least-once delivery is made harmless by it.
 *
 * @param run identifier of the run
 * @param ordinal the group's number in the run, from 0
 * @param attempt how often the group was started before, from 0
 * @param member position in the group, from 0
 */
public record TrajectoryKey(String run, long ordinal, int attempt, int member) {}
