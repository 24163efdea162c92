package io.amalgam.actors.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.actors.generator.Generator;
import io.amalgam.actors.learner.Judgement;
import io.amalgam.actors.learner.Learner;
import io.amalgam.actors.learner.Samples;
import io.amalgam.verifiers.answer.AnswerExtractor;
import io.amalgam.verifiers.reward.RewardRule;
import io.amalgam.verifiers.sandbox.FailureRule;
import io.amalgam.verifiers.sandbox.FailureRules;
import io.amalgam.verifiers.sandbox.ThreadJudge;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final TestProbe<Learner.Command> learner = KIT.createTestProbe();
  private final TestProbe<Generator.Command> generator = KIT.createTestProbe();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static Task task(Supplier<Verdict> verdict) {
    return new Task() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public String category() {
        return "tests";
      }

      @Override
      public ObjectNode config() {
        return JsonNodeFactory.instance.objectNode();
      }

      @Override
      public Problem problem(int index) {
        return new Problem("test", index, "?", Optional.of("2"), config());
      }

      @Override
      public Verdict score(Problem problem, Optional<String> answer) {
        return verdict.get();
      }

      @Override
      public Optional<String> workedSolution(Problem problem) {
        return Optional.empty();
      }
    };
  }

  private Judgement judge(Supplier<Verdict> verdict, Duration timeout, int retries) {
    Task task = task(verdict);
    ActorRef<Verifier.Command> verifier =
        KIT.spawn(
            Verifier.create(
                new VerifierSetup(
                    name -> task,
                    AnswerExtractor.standard(),
                    RewardRule.standard(),
                    1,
                    new ThreadJudge(),
                    FailureRules.of(FailureRule.masking(retries, timeout)))));
    verifier.tell(
        new Verifier.Verify(
            task.problem(0),
            Samples.trajectory(0, 0, 0, 3, 0),
            "x</think><answer>2</answer>",
            learner.getRef(),
            generator.getRef()));
    Learner.MemberVerified result =
        learner.expectMessageClass(Learner.MemberVerified.class, Duration.ofMinutes(1));
    assertThat(result.generator()).isEqualTo(generator.getRef());
    return result.result().judgement();
  }

  @Test
  void aScoreBecomesAReward() {
    Judgement j = judge(() -> Verdict.Scored.of(1), Duration.ofSeconds(30), 0);
    assertThat(j)
        .isInstanceOfSatisfying(Judgement.Scored.class, s -> assertThat(s.reward()).isEqualTo(1.1));
  }

  @Test
  void aCrashIsTriedAgainAndNeverBecomesZero() {
    AtomicInteger calls = new AtomicInteger();
    Supplier<Verdict> crashing =
        () -> {
          calls.incrementAndGet();
          throw new IllegalStateException("broken");
        };
    Judgement j = judge(crashing, Duration.ofSeconds(30), 2);
    assertThat(j)
        .isInstanceOfSatisfying(
            Judgement.Masked.class, m -> assertThat(m.verdict()).isEqualTo("Crashed"));
    assertThat(calls).hasValue(3);
  }

  @Test
  void aFlakyScorerGetsItsSecondChance() {
    AtomicInteger calls = new AtomicInteger();
    Judgement j =
        judge(
            () ->
                calls.getAndIncrement() == 0 ? new Verdict.Crashed("once") : Verdict.Scored.of(0.5),
            Duration.ofSeconds(30),
            1);
    assertThat(j).isInstanceOf(Judgement.Scored.class);
  }

  @Test
  void aScorerThatHangsIsInterruptedAndMasked() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    Supplier<Verdict> hanging =
        () -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return Verdict.Scored.of(1);
        };
    Judgement j = judge(hanging, Duration.ofMillis(50), 0);
    assertThat(j)
        .isInstanceOfSatisfying(
            Judgement.Masked.class, m -> assertThat(m.verdict()).isEqualTo("TimedOut"));
    interrupted.await();
  }

  @Test
  void aMemberThatComesAgainWhileItIsJudgedIsJudgedOnce() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch judging = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Task task =
        task(
            () -> {
              calls.incrementAndGet();
              judging.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                return new Verdict.Crashed("interrupted");
              }
              return Verdict.Scored.of(1);
            });
    ActorRef<Verifier.Command> verifier =
        KIT.spawn(
            Verifier.create(
                new VerifierSetup(
                    name -> task,
                    AnswerExtractor.standard(),
                    RewardRule.standard(),
                    2,
                    new ThreadJudge(),
                    FailureRules.of(FailureRule.masking(0, Duration.ofMinutes(1))))));
    for (int member : new int[] {0, 0, 0}) {
      verifier.tell(verify(task, member));
    }
    judging.await();
    verifier.tell(new Verifier.Unreadable(learner.getRef(), "unreadable", "damaged"));
    learner.expectMessageClass(Learner.MemberRefused.class, Duration.ofMinutes(1));
    go.countDown();
    learner.expectMessageClass(Learner.MemberVerified.class, Duration.ofMinutes(1));
    verifier.tell(verify(task, 1));
    learner.expectMessageClass(Learner.MemberVerified.class, Duration.ofMinutes(1));
    assertThat(calls).hasValue(2);
  }

  private Verifier.Verify verify(Task task, int member) {
    return new Verifier.Verify(
        task.problem(0),
        Samples.trajectory(0, 0, member, 3, 0),
        "x</think><answer>2</answer>",
        learner.getRef(),
        generator.getRef());
  }

  @Test
  void anAnswerThatCannotBeJudgedIsMaskedWithItsReason() {
    Judgement j = judge(() -> new Verdict.Invalid("not a number"), Duration.ofSeconds(30), 3);
    assertThat(j).isEqualTo(new Judgement.Masked("Invalid", "not a number", false));
  }
}
