package io.amalgam.actors.controller;

/**
 * The identity of one attempt at a group within a run.
 *
 * @param ordinal the group's number, from 0
 * @param attempt how often the group was started before, from 0
 */
public record GroupKey(long ordinal, int attempt) implements Comparable<GroupKey> {
  @Override
  public int compareTo(GroupKey other) {
    int byOrdinal = Long.compare(ordinal, other.ordinal);
    return byOrdinal != 0 ? byOrdinal : Integer.compare(attempt, other.attempt);
  }

  @Override
  public String toString() {
    return ordinal + "/" + attempt;
  }
}
