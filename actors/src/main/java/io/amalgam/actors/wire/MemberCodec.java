package io.amalgam.actors.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.amalgam.actors.learner.FinishedGroup;
import io.amalgam.actors.learner.Judgement;
import io.amalgam.actors.learner.MemberResult;
import io.amalgam.policy.rollout.TrajectoryCodec;
import io.amalgam.proto.FinishedGroupData;
import io.amalgam.proto.MaskedData;
import io.amalgam.proto.MemberResultData;
import io.amalgam.proto.NamedNumber;
import io.amalgam.proto.ProblemData;
import io.amalgam.proto.ScoredData;
import io.amalgam.verifiers.task.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The Protobuf form of problems, members and groups. */
public final class MemberCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The verifier's node has no model; the learner checks ids against its vocabulary. */
  private static final int ANY_VOCABULARY = Integer.MAX_VALUE;

  private MemberCodec() {}

  /** A problem as a message. */
  public static ProblemData toData(Problem p) {
    ProblemData.Builder out =
        ProblemData.newBuilder()
            .setTask(p.task())
            .setIndex(p.index())
            .setQuestion(p.question())
            .setMetadataJson(p.metadata().toString());
    p.answer().ifPresent(out::setAnswer);
    return out.build();
  }

  /**
   * The problem of a message.
   *
   * @throws IOException when its metadata are no JSON object
   */
  public static Problem problem(ProblemData d) throws IOException {
    try {
      return new Problem(
          d.getTask(),
          d.getIndex(),
          d.getQuestion(),
          d.hasAnswer() ? Optional.of(d.getAnswer()) : Optional.empty(),
          JSON.readValue(d.getMetadataJson(), ObjectNode.class));
    } catch (JsonProcessingException e) {
      throw new IOException("metadata of a " + d.getTask() + " problem are damaged", e);
    }
  }

  /** A verified member as a message without an address. */
  public static MemberResultData toData(MemberResult m) {
    MemberResultData.Builder out =
        MemberResultData.newBuilder()
            .setTask(m.task())
            .setQuestion(m.question())
            .setTrajectory(ByteString.copyFrom(TrajectoryCodec.encode(m.trajectory())))
            .setCompletion(m.completion())
            .setVerifyS(m.verification().toNanos() * 1e-9);
    if (m.judgement() instanceof Judgement.Scored s) {
      ScoredData.Builder scored = ScoredData.newBuilder().setScore(s.score()).setReward(s.reward());
      s.components()
          .forEach(
              (name, value) ->
                  scored.addComponents(NamedNumber.newBuilder().setName(name).setValue(value)));
      out.setScored(scored);
    } else if (m.judgement() instanceof Judgement.Masked x) {
      out.setMasked(
          MaskedData.newBuilder()
              .setVerdict(x.verdict())
              .setReason(x.reason())
              .setResample(x.resample()));
    }
    return out.build();
  }

  /** The verified member of a message. */
  public static MemberResult member(MemberResultData d) {
    return new MemberResult(
        d.getTask(),
        d.getQuestion(),
        TrajectoryCodec.decode(d.getTrajectory().toByteArray(), ANY_VOCABULARY),
        d.getCompletion(),
        judgement(d),
        Duration.ofNanos((long) (d.getVerifyS() * 1e9)));
  }

  private static Judgement judgement(MemberResultData d) {
    if (!d.hasScored()) {
      return new Judgement.Masked(
          d.getMasked().getVerdict(), d.getMasked().getReason(), d.getMasked().getResample());
    }
    SortedMap<String, Double> components = new TreeMap<>();
    for (NamedNumber n : d.getScored().getComponentsList()) {
      components.put(n.getName(), n.getValue());
    }
    return new Judgement.Scored(d.getScored().getScore(), d.getScored().getReward(), components);
  }

  /** A finished group as bytes for a checkpoint. */
  public static FinishedGroupData toData(FinishedGroup group) {
    FinishedGroupData.Builder out = FinishedGroupData.newBuilder();
    group.members().forEach(m -> out.addMembers(toData(m).toByteString()));
    return out.build();
  }

  /**
   * The finished group of a checkpoint.
   *
   * @throws IOException when it is damaged
   */
  public static FinishedGroup group(FinishedGroupData d) throws IOException {
    List<MemberResult> members = new ArrayList<>();
    for (ByteString m : d.getMembersList()) {
      members.add(member(MemberResultData.parseFrom(m)));
    }
    if (members.isEmpty()) {
      throw new IOException("a finished group without members");
    }
    return new FinishedGroup(members.get(0).group(), members);
  }
}
