package io.amalgam.actors.verifier;

import io.amalgam.actors.generator.Generator;
import io.amalgam.actors.learner.Judgement;
import io.amalgam.actors.learner.Learner;
import io.amalgam.actors.learner.MemberResult;
import io.amalgam.actors.wire.ControlMessage;
import io.amalgam.actors.wire.DataMessage;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import io.amalgam.verifiers.reward.Reward;
import io.amalgam.verifiers.sandbox.FailureRule;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.TaskName;
import io.amalgam.verifiers.task.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/**
 * Turns finished members into verdicts and rewards, several at once, each within its time.
 *
 * <p>A verification that times out or crashes is tried again; what becomes of a member that still
 * has no score says the failure rule of its task. It never becomes a score of zero unless that rule
 * says so.
 */
public final class Verifier extends AbstractBehavior<Verifier.Command> {
  /** Under this key generators find verifiers. */
  public static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "verifier");

  /** What a verifier understands. */
  public sealed interface Command {}

  /**
   * A finished member.
   *
   * @param completion the text after the prompt, without the end token
   * @param learner who gets the result
   * @param generator who wants to know that the learner has it
   */
  public record Verify(
      Problem problem,
      Trajectory trajectory,
      String completion,
      ActorRef<Learner.Command> learner,
      ActorRef<Generator.Command> generator)
      implements Command, DataMessage {}

  /**
   * A member that was damaged on its way.
   *
   * @param learner who should hear of it
   * @param reason one of a few fixed words
   * @param detail for the log
   */
  public record Unreadable(ActorRef<Learner.Command> learner, String reason, String detail)
      implements Command, ControlMessage {}

  private record Judged(Verify work, int attempt, Verdict verdict, long beganNanos)
      implements Command {}

  private record Attempt(Verify work, int number) {}

  private final VerifierSetup setup;
  private final Deque<Attempt> queue = new ArrayDeque<>();
  private final Set<TrajectoryKey> inWork = new HashSet<>();
  private int running;

  /** A verifier that registers itself with the receptionist. */
  public static Behavior<Command> create(VerifierSetup setup) {
    return Behaviors.setup(context -> new Verifier(context, setup));
  }

  private Verifier(ActorContext<Command> context, VerifierSetup setup) {
    super(context);
    this.setup = setup;
    context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Verify.class, this::onVerify)
        .onMessage(Unreadable.class, this::onUnreadable)
        .onMessage(Judged.class, this::onJudged)
        .onSignal(PostStop.class, s -> onStop())
        .build();
  }

  private Behavior<Command> onVerify(Verify m) {
    if (inWork.add(m.trajectory().key())) {
      queue.addLast(new Attempt(m, 0));
      begin();
    }
    return this;
  }

  private Behavior<Command> onUnreadable(Unreadable m) {
    m.learner().tell(new Learner.MemberRefused(m.reason(), m.detail()));
    return this;
  }

  private void begin() {
    while (running < setup.parallelism() && !queue.isEmpty()) {
      Attempt next = queue.removeFirst();
      running++;
      long began = System.nanoTime();
      getContext()
          .pipeToSelf(
              judge(next.work()),
              (verdict, error) ->
                  new Judged(
                      next.work(),
                      next.number(),
                      error == null ? verdict : new Verdict.Crashed(error.toString()),
                      began));
    }
  }

  private CompletionStage<Verdict> judge(Verify work) {
    Task task = setup.tasks().apply(work.problem().task());
    return setup
        .judge()
        .judge(
            task,
            work.problem(),
            setup.answers().extract(work.completion()),
            setup.failures().of(TaskName.base(task.name())).limit());
  }

  private Behavior<Command> onJudged(Judged m) {
    running--;
    FailureRule.Decision decision =
        setup
            .failures()
            .of(TaskName.base(m.work().problem().task()))
            .decide(m.verdict(), m.attempt());
    if (decision == FailureRule.Decision.RETRY) {
      queue.addLast(new Attempt(m.work(), m.attempt() + 1));
    } else {
      Verify work = m.work();
      inWork.remove(work.trajectory().key());
      MemberResult result =
          new MemberResult(
              TaskName.base(work.problem().task()),
              work.problem().question(),
              work.trajectory(),
              work.completion(),
              judgement(m.verdict(), decision, work),
              Duration.ofNanos(System.nanoTime() - m.beganNanos()));
      work.learner().tell(new Learner.MemberVerified(result, work.generator()));
    }
    begin();
    return this;
  }

  private Judgement judgement(Verdict verdict, FailureRule.Decision decision, Verify work) {
    if (decision == FailureRule.Decision.ZERO) {
      getContext()
          .getLog()
          .warn("counted as wrong, as configured: {} of {}", verdict, work.trajectory().key());
    }
    if (verdict instanceof Verdict.Scored || decision == FailureRule.Decision.ZERO) {
      Verdict.Scored scored =
          verdict instanceof Verdict.Scored known ? known : Verdict.Scored.of(0);
      try {
        Reward reward =
            setup.reward().reward(scored, work.completion(), work.trajectory().length());
        SortedMap<String, Double> components = new TreeMap<>(scored.components());
        components.putAll(reward.components());
        if (decision == FailureRule.Decision.ZERO) {
          components.put(Judgement.FAILED, 1.0);
        }
        return new Judgement.Scored(scored.score(), reward.total(), components);
      } catch (RuntimeException e) {
        return new Judgement.Masked("Crashed", "the reward rule failed: " + e, false);
      }
    }
    boolean resample = decision == FailureRule.Decision.RESAMPLE;
    if (verdict instanceof Verdict.Invalid invalid) {
      return new Judgement.Masked("Invalid", invalid.reason(), resample);
    }
    if (verdict instanceof Verdict.TimedOut late) {
      return new Judgement.Masked("TimedOut", "after " + late.limit(), resample);
    }
    return new Judgement.Masked("Crashed", ((Verdict.Crashed) verdict).reason(), resample);
  }

  private Behavior<Command> onStop() {
    setup.judge().close();
    return this;
  }
}
