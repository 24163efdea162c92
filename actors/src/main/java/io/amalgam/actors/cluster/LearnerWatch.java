package io.amalgam.actors.cluster;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Notices on nodes without a learner that the learner's node has left the cluster. */
final class LearnerWatch {
  private LearnerWatch() {}

  /**
   * A watch.
   *
   * @param over called when the learner's node is gone
   */
  static Behavior<ClusterEvent.MemberRemoved> create(Runnable over) {
    return Behaviors.setup(
        context -> {
          Cluster.get(context.getSystem())
              .subscriptions()
              .tell(new Subscribe<>(context.getSelf(), ClusterEvent.MemberRemoved.class));
          return Behaviors.receiveMessage(
              removed -> {
                if (removed.member().hasRole(Roles.LEARNER)) {
                  over.run();
                }
                return Behaviors.same();
              });
        });
  }
}
