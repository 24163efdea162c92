package io.amalgam.policy.rollout;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.proto.ClosedByData;
import io.amalgam.proto.FinishData;
import io.amalgam.proto.MethodData;
import io.amalgam.proto.TrajectoryData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The Protobuf form of trajectories, exact to the bit.
 *
 * <p>What comes in is checked before anything uses it; see {@link TrajectoryRejected}.
 */
public final class TrajectoryCodec {
  private TrajectoryCodec() {}

  /** The message of a trajectory, as bytes; equal trajectories give equal bytes. */
  public static byte[] encode(Trajectory trajectory) {
    TrajectoryData data = toData(trajectory);
    byte[] bytes = new byte[data.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      data.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array has the size that was asked for", e);
    }
    return bytes;
  }

  /**
   * The trajectory of a message's bytes.
   *
   * @param vocabulary number of ids of the model
   * @throws TrajectoryRejected when the bytes are no trajectory of such a model
   */
  public static Trajectory decode(byte[] bytes, int vocabulary) {
    try {
      return fromData(TrajectoryData.parseFrom(bytes), vocabulary);
    } catch (InvalidProtocolBufferException e) {
      throw new TrajectoryRejected("message", "is damaged: " + e.getMessage());
    }
  }

  /** The message of a trajectory. */
  public static TrajectoryData toData(Trajectory t) {
    TrajectoryData.Builder out =
        TrajectoryData.newBuilder()
            .setRun(t.key().run())
            .setOrdinal(t.key().ordinal())
            .setAttempt(t.key().attempt())
            .setMember(t.key().member())
            .setSeed(t.seed())
            .setMethod(
                MethodData.newBuilder()
                    .setMethod(t.method().method())
                    .setK(t.method().k())
                    .setTemperature(t.method().temperature())
                    .putAllParameters(t.method().parameters()))
            .addAllPromptIds(boxed(t.promptIds()))
            .addAllIds(boxed(t.ids()))
            .setWeights(floats(t.weights()))
            .setSlots(ByteString.copyFrom(t.slots()))
            .addAllRepresentatives(boxed(t.representatives()))
            .setFlags(ByteString.copyFrom(t.flags()))
            .setAuxiliary(sparse(t.auxiliary()))
            .setThresholds(sparse(t.thresholds()))
            .setSupports(sparse(t.supports()))
            .setLogProbs(floats(t.logProbs()))
            .setTerms(ByteString.copyFrom(t.terms()))
            .setEntropies(floats(t.entropies()))
            .setClosedBy(closedBy(t.closedBy()))
            .setFinish(
                switch (t.finish()) {
                  case STOP -> FinishData.FINISH_STOP;
                  case LENGTH -> FinishData.FINISH_LENGTH;
                  case STOP_STRING -> FinishData.FINISH_STOP_STRING;
                });
    for (int start = 0; start < t.length(); ) {
      int end = start + 1;
      while (end < t.length() && t.versions()[end] == t.versions()[start]) {
        end++;
      }
      out.addRunVersions(t.versions()[start]).addRunLengths(end - start);
      start = end;
    }
    return out.build();
  }

  /**
   * The trajectory of a message.
   *
   * @param vocabulary number of ids of the model
   * @throws TrajectoryRejected when the message is no trajectory of such a model
   */
  public static Trajectory fromData(TrajectoryData d, int vocabulary) {
    Trajectory t = unchecked(d);
    TrajectoryChecks.check(t, vocabulary);
    return t;
  }

  /** The trajectory of a message whose sizes agree, and nothing more. */
  static Trajectory unchecked(TrajectoryData d) {
    int length = d.getRepresentativesCount();
    int k = d.getMethod().getK();
    TrajectoryChecks.size("method.k", k >= 1 && k <= Byte.MAX_VALUE, k, "from 1 to 127");
    MethodSpec method =
        new MethodSpec(
            d.getMethod().getMethod(),
            k,
            d.getMethod().getTemperature(),
            new TreeMap<>(d.getMethod().getParametersMap()));
    int auxiliary = TrajectoryChecks.method(method).auxiliaryWidth();
    TrajectoryChecks.size("ids", d.getIdsCount() == (long) length * k, d.getIdsCount(), length * k);
    return new Trajectory(
        new TrajectoryKey(d.getRun(), d.getOrdinal(), d.getAttempt(), d.getMember()),
        d.getSeed(),
        unboxed(d.getPromptIdsList()),
        method,
        unboxed(d.getIdsList()),
        floats("weights", d.getWeights(), length * k),
        bytes("slots", d.getSlots(), length),
        unboxed(d.getRepresentativesList()),
        bytes("flags", d.getFlags(), length),
        sparse("auxiliary", d.getAuxiliary(), length * auxiliary),
        sparse("thresholds", d.getThresholds(), length),
        sparse("supports", d.getSupports(), length),
        floats("log_probs", d.getLogProbs(), length * k),
        bytes("terms", d.getTerms(), length),
        floats("entropies", d.getEntropies(), length),
        versions(d, length),
        closedBy(d.getClosedBy()),
        switch (d.getFinish()) {
          case FINISH_STOP -> FinishReason.STOP;
          case FINISH_LENGTH -> FinishReason.LENGTH;
          case FINISH_STOP_STRING -> FinishReason.STOP_STRING;
          default -> throw new TrajectoryRejected("finish", "is " + d.getFinish());
        });
  }

  static ClosedByData closedBy(ClosedBy value) {
    return switch (value) {
      case MODEL -> ClosedByData.CLOSED_BY_MODEL;
      case FORCED -> ClosedByData.CLOSED_BY_FORCED;
      case LENGTH -> ClosedByData.CLOSED_BY_LENGTH;
      case COLD_STOP -> ClosedByData.CLOSED_BY_COLD_STOP;
      case PROBABILITY -> ClosedByData.CLOSED_BY_PROBABILITY;
    };
  }

  static ClosedBy closedBy(ClosedByData value) {
    return switch (value) {
      case CLOSED_BY_MODEL -> ClosedBy.MODEL;
      case CLOSED_BY_FORCED -> ClosedBy.FORCED;
      case CLOSED_BY_LENGTH -> ClosedBy.LENGTH;
      case CLOSED_BY_COLD_STOP -> ClosedBy.COLD_STOP;
      case CLOSED_BY_PROBABILITY -> ClosedBy.PROBABILITY;
      default -> throw new TrajectoryRejected("closed_by", "is " + value);
    };
  }

  private static long[] versions(TrajectoryData d, int length) {
    TrajectoryChecks.size(
        "run_lengths",
        d.getRunLengthsCount() == d.getRunVersionsCount(),
        d.getRunLengthsCount(),
        d.getRunVersionsCount());
    long[] out = new long[length];
    int at = 0;
    for (int i = 0; i < d.getRunLengthsCount(); i++) {
      int run = d.getRunLengths(i);
      if (run < 1 || run > length - at) {
        throw new TrajectoryRejected("run_lengths", "do not sum to the " + length + " positions");
      }
      java.util.Arrays.fill(out, at, at + run, d.getRunVersions(i));
      at += run;
    }
    TrajectoryChecks.size("run_lengths", at == length, at, length);
    return out;
  }

  static Iterable<Integer> boxed(int[] values) {
    return () -> IntStream.of(values).iterator();
  }

  static int[] unboxed(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static ByteString floats(float[] values) {
    ByteBuffer b = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    return ByteString.copyFrom(b);
  }

  private static ByteString sparse(float[] values) {
    for (float v : values) {
      if (Float.floatToRawIntBits(v) != 0) {
        return floats(values);
      }
    }
    return ByteString.EMPTY;
  }

  private static float[] floats(String field, ByteString bytes, int count) {
    TrajectoryChecks.size(field, bytes.size() == count * 4L, bytes.size(), count * 4 + " bytes");
    float[] out = new float[count];
    bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out);
    return out;
  }

  private static float[] sparse(String field, ByteString bytes, int count) {
    return bytes.isEmpty() ? new float[count] : floats(field, bytes, count);
  }

  private static byte[] bytes(String field, ByteString bytes, int count) {
    TrajectoryChecks.size(field, bytes.size() == count, bytes.size(), count + " bytes");
    return bytes.toByteArray();
  }
}
