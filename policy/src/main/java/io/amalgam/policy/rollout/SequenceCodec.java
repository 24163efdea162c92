package io.amalgam.policy.rollout;

import com.google.protobuf.InvalidProtocolBufferException;
import io.amalgam.policy.mixture.PhaseState;
import io.amalgam.proto.PhaseData;
import io.amalgam.proto.SequenceData;

/** The Protobuf form of unfinished sequences, exact to the bit; checked on the way in. */
public final class SequenceCodec {
  private SequenceCodec() {}

  /** The message of a sequence, as bytes. */
  public static byte[] encode(UnfinishedSequence sequence) {
    PhaseState p = sequence.phase();
    PhaseData.Builder phase =
        PhaseData.newBuilder()
            .setStage(p.stage())
            .setThinking(p.thinking())
            .setMixtureLength(p.mixtureLength())
            .setMatched(p.matched())
            .addAllForcedIds(TrajectoryCodec.boxed(p.forcedIds()))
            .setForced(p.forced())
            .addAllCounts(TrajectoryCodec.boxed(p.counts()))
            .setClosedBy(TrajectoryCodec.closedBy(p.closedBy()));
    return SequenceData.newBuilder()
        .setSoFar(TrajectoryCodec.toData(sequence.soFar()))
        .setLimit(sequence.limit())
        .setPhase(phase)
        .build()
        .toByteArray();
  }

  /**
   * The sequence of a message's bytes.
   *
   * @param vocabulary number of ids of the model
   * @throws TrajectoryRejected when the bytes are no unfinished sequence of such a model
   */
  public static UnfinishedSequence decode(byte[] bytes, int vocabulary) {
    SequenceData d;
    try {
      d = SequenceData.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new TrajectoryRejected("message", "is damaged: " + e.getMessage());
    }
    Trajectory soFar = TrajectoryCodec.unchecked(d.getSoFar());
    if (soFar.length() == 0) {
      TrajectoryChecks.prompt(soFar, vocabulary);
    } else {
      TrajectoryChecks.check(soFar, vocabulary);
    }
    PhaseData p = d.getPhase();
    int[] forcedIds = TrajectoryCodec.unboxed(p.getForcedIdsList());
    TrajectoryChecks.vocabulary("forced_ids", forcedIds, vocabulary);
    try {
      return new UnfinishedSequence(
          soFar,
          d.getLimit(),
          new PhaseState(
              p.getStage(),
              p.getThinking(),
              p.getMixtureLength(),
              p.getMatched(),
              forcedIds,
              p.getForced(),
              TrajectoryCodec.unboxed(p.getCountsList()),
              TrajectoryCodec.closedBy(p.getClosedBy())));
    } catch (TrajectoryRejected e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new TrajectoryRejected("phase or limit", "cannot be: " + e.getMessage());
    }
  }
}
