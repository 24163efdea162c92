package io.amalgam.actors.wire;

import io.amalgam.actors.controller.GroupKey;
import io.amalgam.actors.controller.LedgerEvent;
import io.amalgam.actors.controller.Outcome;
import io.amalgam.proto.GroupClosed;
import io.amalgam.proto.GroupOpened;
import io.amalgam.proto.GroupOutcome;
import io.amalgam.proto.LedgerRolledBack;
import java.io.IOException;

/** The Protobuf form of ledger events, as the journal keeps them. */
public final class LedgerCodec {
  /** Manifest of {@link LedgerEvent.Opened}. */
  public static final String OPENED = "ledger-opened";

  /** Manifest of {@link LedgerEvent.Closed}. */
  public static final String CLOSED = "ledger-closed";

  /** Manifest of {@link LedgerEvent.RolledBack}. */
  public static final String ROLLED_BACK = "ledger-rolled-back";

  private LedgerCodec() {}

  /** The manifest of an event. */
  public static String manifest(LedgerEvent event) {
    if (event instanceof LedgerEvent.Opened) {
      return OPENED;
    }
    return event instanceof LedgerEvent.Closed ? CLOSED : ROLLED_BACK;
  }

  /** The bytes of an event. */
  public static byte[] encode(LedgerEvent event) {
    if (event instanceof LedgerEvent.Opened e) {
      return GroupOpened.newBuilder()
          .setOrdinal(e.key().ordinal())
          .setAttempt(e.key().attempt())
          .setVersion(e.version())
          .build()
          .toByteArray();
    }
    if (event instanceof LedgerEvent.Closed e) {
      return GroupClosed.newBuilder()
          .setOrdinal(e.key().ordinal())
          .setAttempt(e.key().attempt())
          .setOutcome(
              switch (e.outcome()) {
                case TRAINED -> GroupOutcome.GROUP_OUTCOME_TRAINED;
                case ZERO_VARIANCE -> GroupOutcome.GROUP_OUTCOME_ZERO_VARIANCE;
                case STALE -> GroupOutcome.GROUP_OUTCOME_STALE;
                case FAILED -> GroupOutcome.GROUP_OUTCOME_FAILED;
                case REQUEUED -> GroupOutcome.GROUP_OUTCOME_REQUEUED;
              })
          .setVersion(e.version())
          .setReason(e.reason())
          .build()
          .toByteArray();
    }
    LedgerEvent.RolledBack e = (LedgerEvent.RolledBack) event;
    return LedgerRolledBack.newBuilder()
        .setToSequence(e.toSequence())
        .setVersion(e.version())
        .build()
        .toByteArray();
  }

  /**
   * The event of a manifest and bytes.
   *
   * @throws IOException when they are damaged or from a newer version
   */
  public static LedgerEvent decode(String manifest, byte[] bytes) throws IOException {
    switch (manifest) {
      case OPENED -> {
        GroupOpened e = GroupOpened.parseFrom(bytes);
        return new LedgerEvent.Opened(new GroupKey(e.getOrdinal(), e.getAttempt()), e.getVersion());
      }
      case CLOSED -> {
        GroupClosed e = GroupClosed.parseFrom(bytes);
        return new LedgerEvent.Closed(
            new GroupKey(e.getOrdinal(), e.getAttempt()),
            outcome(e.getOutcome()),
            e.getVersion(),
            e.getReason());
      }
      case ROLLED_BACK -> {
        LedgerRolledBack e = LedgerRolledBack.parseFrom(bytes);
        return new LedgerEvent.RolledBack(e.getToSequence(), e.getVersion());
      }
      default -> throw new IOException("unknown ledger event " + manifest);
    }
  }

  private static Outcome outcome(GroupOutcome outcome) throws IOException {
    return switch (outcome) {
      case GROUP_OUTCOME_TRAINED -> Outcome.TRAINED;
      case GROUP_OUTCOME_ZERO_VARIANCE -> Outcome.ZERO_VARIANCE;
      case GROUP_OUTCOME_STALE -> Outcome.STALE;
      case GROUP_OUTCOME_FAILED -> Outcome.FAILED;
      case GROUP_OUTCOME_REQUEUED -> Outcome.REQUEUED;
      default -> throw new IOException("unknown outcome " + outcome);
    };
  }
}
