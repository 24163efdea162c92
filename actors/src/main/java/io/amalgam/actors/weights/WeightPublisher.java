package io.amalgam.actors.weights;

import io.amalgam.actors.generator.Generator;
import io.amalgam.actors.wire.ControlMessage;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/** Tells generators which policy version can be fetched, and where. */
public final class WeightPublisher extends AbstractBehavior<WeightPublisher.Command> {
  /** Under this key generators find it. */
  public static final ServiceKey<Command> KEY =
      ServiceKey.create(Command.class, "weight-publisher");

  /** What a publisher understands. */
  public sealed interface Command {}

  /** A generator wants to hear of every version; it hears of the newest one at once. */
  public record Subscribe(ActorRef<Generator.Command> generator)
      implements Command, ControlMessage {}

  /** A version is in the store. */
  public record Published(Announcement announcement) implements Command, ControlMessage {}

  private final Set<ActorRef<Generator.Command>> generators = new HashSet<>();
  private final Optional<WeightServer> server;
  private Announcement newest;

  /**
   * A publisher.
   *
   * @param first what can be fetched now
   * @param server closed with the actor; empty inside one JVM
   */
  public static Behavior<Command> create(Announcement first, Optional<WeightServer> server) {
    return Behaviors.setup(context -> new WeightPublisher(context, first, server));
  }

  private WeightPublisher(
      ActorContext<Command> context, Announcement first, Optional<WeightServer> server) {
    super(context);
    this.newest = first;
    this.server = server;
    context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Subscribe.class, this::onSubscribe)
        .onMessage(Published.class, this::onPublished)
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, s -> onStop())
        .build();
  }

  private Behavior<Command> onSubscribe(Subscribe m) {
    if (generators.add(m.generator())) {
      getContext().watch(m.generator());
    }
    m.generator().tell(new Generator.VersionAnnounced(newest));
    return this;
  }

  private Behavior<Command> onPublished(Published m) {
    newest = m.announcement();
    generators.forEach(g -> g.tell(new Generator.VersionAnnounced(newest)));
    return this;
  }

  private Behavior<Command> onTerminated(Terminated s) {
    generators.removeIf(g -> g.path().equals(s.getRef().path()));
    return this;
  }

  private Behavior<Command> onStop() {
    server.ifPresent(WeightServer::close);
    return this;
  }
}
