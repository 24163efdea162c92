package io.amalgam.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.typesafe.config.ConfigFactory;
import io.amalgam.actors.controller.GroupKey;
import io.amalgam.actors.controller.LedgerEvent;
import io.amalgam.actors.controller.Outcome;
import io.amalgam.actors.controller.RunController;
import io.amalgam.actors.generator.Generator;
import io.amalgam.actors.generator.GroupTask;
import io.amalgam.actors.learner.Damage;
import io.amalgam.actors.learner.FinishedGroup;
import io.amalgam.actors.learner.Learner;
import io.amalgam.actors.learner.MemberResult;
import io.amalgam.actors.learner.Samples;
import io.amalgam.actors.verifier.Verifier;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryCodec;
import io.amalgam.verifiers.task.Problem;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.SerializationTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DataSerializerTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  "pekko.persistence.journal.plugin=\"pekko.persistence.journal.inmem\"")
              .withFallback(ConfigFactory.parseResources("amalgam-pekko.conf"))
              .withFallback(ConfigFactory.load())
              .resolve());

  private final SerializationTestKit serialization = KIT.serializationTestKit();
  private final TestProbe<Generator.Command> generator = KIT.createTestProbe();
  private final TestProbe<Learner.Command> learner = KIT.createTestProbe();
  private final TestProbe<RunController.Command> controller = KIT.createTestProbe();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static Problem problem(Optional<String> answer) {
    return new Problem(
        "gcd",
        7,
        "What?",
        answer,
        JsonNodeFactory.instance.objectNode().put("n", 3).put("text", "é"));
  }

  @Test
  void workGoesThereAndBack() {
    serialization.verifySerialization(
        new Generator.WorkGranted(
            "run/1",
            List.of(
                new GroupTask(new GroupKey(4, 1), 8, problem(Optional.of("2"))),
                new GroupTask(new GroupKey(5, 0), 8, problem(Optional.empty()))),
            learner.getRef(),
            controller.getRef()),
        true);
  }

  @Test
  void membersGoThereAndBackBitForBit() throws Exception {
    for (MemberResult member : List.of(Samples.scored(3, 1, 2, 0.25), Samples.masked(3, 0, 1))) {
      Learner.MemberVerified sent = new Learner.MemberVerified(member, generator.getRef());
      Learner.MemberVerified got = serialization.verifySerialization(sent, false);
      assertThat(got.generator()).isEqualTo(sent.generator());
      assertThat(got.result().judgement()).isEqualTo(member.judgement());
      assertThat(bytes(got.result().trajectory())).isEqualTo(bytes(member.trajectory()));
    }
    Verifier.Verify verify =
        new Verifier.Verify(
            problem(Optional.of("2")),
            Samples.trajectory(1, 0, 0, 9, 5),
            "text",
            learner.getRef(),
            generator.getRef());
    Verifier.Verify got = serialization.verifySerialization(verify, false);
    assertThat(got.problem()).isEqualTo(verify.problem());
    assertThat(bytes(got.trajectory())).isEqualTo(bytes(verify.trajectory()));
    FinishedGroup group =
        new FinishedGroup(
            new GroupKey(3, 1), List.of(Samples.scored(3, 1, 0, 1), Samples.masked(3, 1, 1)));
    assertThat(MemberCodec.toData(MemberCodec.group(MemberCodec.toData(group))))
        .isEqualTo(MemberCodec.toData(group));
  }

  @Test
  void aDamagedTrajectoryArrivesAsARefusalThatNamesItsField() throws Exception {
    MemberResult good = Samples.scored(3, 1, 2, 0.25);
    MemberResult bad =
        new MemberResult(
            good.task(),
            good.question(),
            Damage.weights(good.trajectory()),
            good.completion(),
            good.judgement(),
            good.verification());
    Serialization pekko = SerializationExtension.get(KIT.system());
    for (Object sent :
        List.of(
            new Learner.MemberVerified(bad, generator.getRef()),
            new Verifier.Verify(
                problem(Optional.of("2")),
                bad.trajectory(),
                "text",
                learner.getRef(),
                generator.getRef()))) {
      SerializerWithStringManifest data =
          (SerializerWithStringManifest) pekko.findSerializerFor(sent);
      Object got = data.fromBinary(data.toBinary(sent), data.manifest(sent));
      String reason =
          got instanceof Learner.MemberRefused refused
              ? refused.reason()
              : ((Verifier.Unreadable) got).reason();
      assertThat(reason).isEqualTo("invalid weights");
    }
  }

  @Test
  void ledgerEventsGoThereAndBack() {
    GroupKey key = new GroupKey(9, 2);
    serialization.verifySerialization(new LedgerEvent.Opened(key, 4), true);
    for (Outcome outcome : Outcome.values()) {
      serialization.verifySerialization(new LedgerEvent.Closed(key, outcome, 5, "why"), true);
    }
    serialization.verifySerialization(new LedgerEvent.RolledBack(77, 3), true);
  }

  @Test
  void controlMessagesGoThereAndBack() {
    serialization.verifySerialization(
        new RunController.WorkWanted(
            generator.getRef(),
            "generator-0",
            "run/0",
            3,
            4,
            List.of(new GroupKey(7, 1)),
            new RunController.GeneratorFigures(1.5, 100, 10, 100, 2)),
        true);
    serialization.verifySerialization(
        new Generator.Cancel("run/0", List.of(new GroupKey(1, 0))), true);
    serialization.verifySerialization(new Generator.MemberStored("run/0", 1, 0, 3), true);
    serialization.verifySerialization(
        new RunController.GroupUnusable(new GroupKey(1, 0), "why"), true);
  }

  @Test
  void javaSerializationIsRefused() {
    assertThatThrownBy(() -> serialization.verifySerialization(new java.util.Date(), true))
        .hasStackTraceContaining("Java serialization");
  }

  private static byte[] bytes(Trajectory trajectory) {
    return TrajectoryCodec.encode(trajectory);
  }
}
