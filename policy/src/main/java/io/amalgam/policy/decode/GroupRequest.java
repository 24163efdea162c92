package io.amalgam.policy.decode;

/**
 * A prompt that several members of a group answer independently.
 *
 * @param run identifier of the run or evaluation, part of every trajectory's key
 * @param seed seed of the randomness; equal (seed, ordinal, member) give equal draws
 * @param ordinal the group's number, from 0
 * @param attempt how often the group was started before, from 0
 * @param promptIds ids of the prompt, at least one
 * @param firstMember number of the first member
 * @param members how many members to sample
 * @param mode how to decode
 * @param maxNewTokens most positions to generate per member
 */
public record GroupRequest(
    String run,
    long seed,
    long ordinal,
    int attempt,
    int[] promptIds,
    int firstMember,
    int members,
    DecodeMode mode,
    int maxNewTokens) {
  /** The same group with {@code count} of its members, from its {@code from}-th on. */
  public GroupRequest part(int from, int count) {
    return new GroupRequest(
        run, seed, ordinal, attempt, promptIds, firstMember + from, count, mode, maxNewTokens);
  }

  /** Checks the ranges. */
  public GroupRequest {
    if (promptIds.length == 0) {
      throw new IllegalArgumentException("the prompt of group " + ordinal + " is empty");
    }
    if (members < 1 || firstMember < 0 || maxNewTokens < 1) {
      throw new IllegalArgumentException(
          "group "
              + ordinal
              + " has "
              + members
              + " members from "
              + firstMember
              + " of at most "
              + maxNewTokens
              + " tokens");
    }
  }
}
