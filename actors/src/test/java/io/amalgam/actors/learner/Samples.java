package io.amalgam.actors.learner;

import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.rollout.ClosedBy;
import io.amalgam.policy.rollout.FinishReason;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.TreeMap;

/** Trajectories and members made up for tests. */
public final class Samples {
  /** The method of all of them. */
  public static final MethodSpec METHOD = new MethodSpec("discrete", 1, 1.0, new TreeMap<>());

  private Samples() {}

  /** A discrete trajectory of {@code length} tokens, all of one version. */
  public static Trajectory trajectory(
      long ordinal, int attempt, int member, int length, long version) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1f);
    byte[] once = new byte[length];
    Arrays.fill(once, (byte) 1);
    int[] ids = new int[length];
    Arrays.setAll(ids, i -> (int) (ordinal * 7 + member * 3 + i));
    long[] versions = new long[length];
    Arrays.fill(versions, version);
    float[] logProbs = new float[length];
    Arrays.fill(logProbs, -0.5f);
    return new Trajectory(
        new TrajectoryKey("run/0", ordinal, attempt, member),
        0,
        new int[] {1, 2, 3},
        METHOD,
        ids,
        ones,
        once,
        ids,
        new byte[length],
        new float[length],
        new float[length],
        new float[length],
        logProbs,
        once,
        new float[length],
        versions,
        ClosedBy.MODEL,
        FinishReason.STOP);
  }

  /** A member with a score. */
  public static MemberResult scored(long ordinal, int attempt, int member, double reward) {
    return member(ordinal, attempt, member, new Judgement.Scored(reward, reward, new TreeMap<>()));
  }

  /** A member whose verification failed. */
  public static MemberResult masked(long ordinal, int attempt, int member) {
    return member(ordinal, attempt, member, new Judgement.Masked("TimedOut", "after 5 s", false));
  }

  private static MemberResult member(long ordinal, int attempt, int member, Judgement judgement) {
    return new MemberResult(
        "gcd",
        "What is the greatest common divisor of 6 and 4?",
        trajectory(ordinal, attempt, member, 4, ordinal / 2),
        "two</think><answer>2</answer>",
        judgement,
        Duration.ofMillis(1));
  }
}
