package io.amalgam.actors.cluster;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberExited;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Hears when the learner's node leaves the cluster of its own accord: then the run is over, also
 * for nodes that nobody tells so. A learner that was killed does not leave; it may come back.
 */
final class LearnerDeparture {
  private LearnerDeparture() {}

  static Behavior<MemberEvent> create(Runnable left) {
    return Behaviors.setup(
        context -> {
          Cluster.get(context.getSystem())
              .subscriptions()
              .tell(Subscribe.create(context.getSelf(), MemberEvent.class));
          return Behaviors.receive(MemberEvent.class)
              .onMessage(MemberExited.class, e -> check(e.member(), true, left))
              .onMessage(
                  MemberRemoved.class,
                  e -> check(e.member(), e.previousStatus().equals(MemberStatus.exiting()), left))
              .onAnyMessage(e -> Behaviors.same())
              .build();
        });
  }

  private static Behavior<MemberEvent> check(Member member, boolean ofItsOwn, Runnable left) {
    if (ofItsOwn && member.hasRole(Roles.LEARNER)) {
      left.run();
    }
    return Behaviors.same();
  }
}
