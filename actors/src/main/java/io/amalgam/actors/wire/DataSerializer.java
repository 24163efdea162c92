package io.amalgam.actors.wire;

import com.google.protobuf.ByteString;
import io.amalgam.actors.controller.GroupKey;
import io.amalgam.actors.controller.LedgerEvent;
import io.amalgam.actors.generator.Generator;
import io.amalgam.actors.generator.GroupTask;
import io.amalgam.actors.learner.Learner;
import io.amalgam.actors.verifier.Verifier;
import io.amalgam.policy.rollout.TrajectoryCodec;
import io.amalgam.policy.rollout.TrajectoryRejected;
import io.amalgam.proto.GroupWork;
import io.amalgam.proto.MemberResultData;
import io.amalgam.proto.VerifyData;
import io.amalgam.proto.WorkGrantedData;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Writes data messages and ledger events as Protobuf; actor references as their addresses. */
public final class DataSerializer extends SerializerWithStringManifest {
  /** Written into journals and frames: never changed. */
  private static final int IDENTIFIER = 7_035_001;

  private static final String WORK = "work";
  private static final String VERIFY = "verify";
  private static final String VERIFIED = "verified";
  private static final int ANY_VOCABULARY = Integer.MAX_VALUE;

  private final ExtendedActorSystem system;

  /** Called by Pekko. */
  public DataSerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object o) {
    if (o instanceof LedgerEvent e) {
      return LedgerCodec.manifest(e);
    }
    if (o instanceof Generator.WorkGranted) {
      return WORK;
    }
    if (o instanceof Verifier.Verify) {
      return VERIFY;
    }
    if (o instanceof Learner.MemberVerified) {
      return VERIFIED;
    }
    throw new IllegalArgumentException("no Protobuf form of " + o.getClass().getName());
  }

  @Override
  public byte[] toBinary(Object o) {
    if (o instanceof LedgerEvent e) {
      return LedgerCodec.encode(e);
    }
    if (o instanceof Generator.WorkGranted m) {
      return work(m);
    }
    if (o instanceof Verifier.Verify m) {
      return VerifyData.newBuilder()
          .setProblem(MemberCodec.toData(m.problem()))
          .setTrajectory(ByteString.copyFrom(TrajectoryCodec.encode(m.trajectory())))
          .setCompletion(m.completion())
          .setLearnerRef(address(m.learner()))
          .setGeneratorRef(address(m.generator()))
          .build()
          .toByteArray();
    }
    if (o instanceof Learner.MemberVerified m) {
      return MemberCodec.toData(m.result()).toBuilder()
          .setGeneratorRef(address(m.generator()))
          .build()
          .toByteArray();
    }
    throw new IllegalArgumentException("no Protobuf form of " + o.getClass().getName());
  }

  private byte[] work(Generator.WorkGranted m) {
    WorkGrantedData.Builder out =
        WorkGrantedData.newBuilder()
            .setRun(m.run())
            .setLearnerRef(address(m.learner()))
            .setControllerRef(address(m.controller()));
    for (GroupTask task : m.groups()) {
      out.addGroups(
          GroupWork.newBuilder()
              .setOrdinal(task.key().ordinal())
              .setAttempt(task.key().attempt())
              .setMembers(task.members())
              .setProblem(MemberCodec.toData(task.problem())));
    }
    return out.build().toByteArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return switch (manifest) {
        case WORK -> work(WorkGrantedData.parseFrom(bytes));
        case VERIFY -> verify(VerifyData.parseFrom(bytes));
        case VERIFIED -> verified(MemberResultData.parseFrom(bytes));
        default -> LedgerCodec.decode(manifest, bytes);
      };
    } catch (IOException | RuntimeException e) {
      NotSerializableException refused =
          new NotSerializableException("a message " + manifest + " cannot be read: " + e);
      refused.initCause(e);
      throw refused;
    }
  }

  private Generator.WorkGranted work(WorkGrantedData d) throws IOException {
    List<GroupTask> tasks = new ArrayList<>();
    for (GroupWork g : d.getGroupsList()) {
      tasks.add(
          new GroupTask(
              new GroupKey(g.getOrdinal(), g.getAttempt()),
              g.getMembers(),
              MemberCodec.problem(g.getProblem())));
    }
    return new Generator.WorkGranted(
        d.getRun(), tasks, resolve(d.getLearnerRef()), resolve(d.getControllerRef()));
  }

  /** A damaged trajectory must not vanish in a log: the learner hears of it. */
  private Verifier.Command verify(VerifyData d) {
    ActorRef<Learner.Command> learner = resolve(d.getLearnerRef());
    try {
      return new Verifier.Verify(
          MemberCodec.problem(d.getProblem()),
          TrajectoryCodec.decode(d.getTrajectory().toByteArray(), ANY_VOCABULARY),
          d.getCompletion(),
          learner,
          resolve(d.getGeneratorRef()));
    } catch (IOException | RuntimeException e) {
      return new Verifier.Unreadable(learner, reason(e), e.toString());
    }
  }

  private Learner.Command verified(MemberResultData d) {
    try {
      return new Learner.MemberVerified(MemberCodec.member(d), resolve(d.getGeneratorRef()));
    } catch (RuntimeException e) {
      return new Learner.MemberRefused(reason(e), e.toString());
    }
  }

  /** The field at fault where a trajectory was read but cannot be; else that it was damaged. */
  private static String reason(Exception e) {
    return e instanceof TrajectoryRejected rejected ? rejected.reason() : Learner.UNREADABLE;
  }

  private String address(ActorRef<?> ref) {
    return resolver().toSerializationFormat(ref);
  }

  private <T> ActorRef<T> resolve(String address) {
    return resolver().resolveActorRef(address);
  }

  private ActorRefResolver resolver() {
    return ActorRefResolver.get(Adapter.toTyped(system));
  }
}
