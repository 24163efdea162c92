package io.amalgam.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.amalgam.actors.generator.Generator;
import io.amalgam.actors.learner.Judgement;
import io.amalgam.actors.learner.Learner;
import io.amalgam.actors.learner.MemberResult;
import io.amalgam.actors.learner.Samples;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryCodec;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** A trajectory much larger than an ordinary frame crosses between two actor systems. */
class LargeMessageTest {
  private static final int FOUR_MIB = 4 << 20;

  private static Config config(String host) {
    return ConfigFactory.parseString(
            "pekko.actor.provider=remote, pekko.remote.artery.canonical { hostname=\""
                + host
                + "\", port=0 }")
        .withFallback(
            ConfigFactory.parseString(
                "pekko.persistence.journal.plugin=\"pekko.persistence.journal.inmem\""))
        .withFallback(ConfigFactory.parseResources("amalgam-pekko.conf"))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  @Test
  void aTrajectoryOfFourMebibytesArrives() throws Exception {
    CompletableFuture<Learner.MemberVerified> arrived = new CompletableFuture<>();
    Behavior<Learner.Command> receiver =
        Behaviors.receiveMessage(
            m -> {
              arrived.complete((Learner.MemberVerified) m);
              return Behaviors.same();
            });
    CompletableFuture<ActorRef<Learner.Command>> spawned = new CompletableFuture<>();
    ActorSystem<Void> there =
        ActorSystem.create(
            Behaviors.setup(
                context -> {
                  spawned.complete(context.spawn(receiver, "learner"));
                  return Behaviors.empty();
                }),
            "amalgam",
            config("127.0.0.1"));
    ActorSystem<Generator.Command> here =
        ActorSystem.create(Behaviors.empty(), "amalgam", config("127.0.0.2"));
    try {
      String address =
          ActorRefResolver.get(there).toSerializationFormat(spawned.get(1, TimeUnit.MINUTES));
      ActorRef<Learner.Command> remote = ActorRefResolver.get(here).resolveActorRef(address);
      Trajectory trajectory = Samples.trajectory(1, 0, 0, 240_000, 3);
      byte[] bytes = TrajectoryCodec.encode(trajectory);
      assertThat(bytes.length).isGreaterThan(FOUR_MIB).isLessThan(2 * FOUR_MIB);
      remote.tell(
          new Learner.MemberVerified(
              new MemberResult(
                  "gcd",
                  "?",
                  trajectory,
                  "text",
                  new Judgement.Scored(1, 1, new TreeMap<>()),
                  Duration.ZERO),
              here));
      Learner.MemberVerified got = arrived.get(1, TimeUnit.MINUTES);
      assertThat(TrajectoryCodec.encode(got.result().trajectory())).isEqualTo(bytes);
    } finally {
      here.terminate();
      there.terminate();
      here.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
      there.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
  }
}
