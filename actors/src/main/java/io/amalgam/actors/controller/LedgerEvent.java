package io.amalgam.actors.controller;

/** A fact of the ledger. Its place in the history is a sequence number from 1. */
public sealed interface LedgerEvent {
  /**
   * An attempt at a group began.
   *
   * @param version the learner's version at that moment
   */
  record Opened(GroupKey key, long version) implements LedgerEvent {}

  /**
   * An attempt got its one outcome.
   *
   * @param version for trained and zero-variance groups the version that the step made, else the
   *     learner's version
   * @param reason one line; empty for trained groups
   */
  record Closed(GroupKey key, Outcome outcome, long version, String reason)
      implements LedgerEvent {}

  /**
   * A resume went back to a checkpoint: what happened after {@code toSequence} is void.
   *
   * @param version the checkpoint's version
   */
  record RolledBack(long toSequence, long version) implements LedgerEvent {}
}
