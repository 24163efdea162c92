package io.amalgam.actors.evaluation;

import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.decode.DecodeMode;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.verifiers.answer.AnswerExtractor;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.TaskMix;
import io.amalgam.verifiers.task.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/**
 * Measures held-out accuracy: the mix's held-out problems, decoded in one mode, scored in place.
 *
 * <p>Problems and draws depend on mix and plan alone, so that two versions of a policy are compared
 * on the same problems with the same randomness. One thread.
 */
public final class Evaluation {
  private final LoadedPolicy policy;
  private final TaskMix mix;
  private final AnswerExtractor answers;
  private final EvaluationPlan plan;
  private final List<Problem> problems = new ArrayList<>();
  private final List<int[]> prompts = new ArrayList<>();
  private final int context;

  /** Draws the held-out problems; those whose prompt leaves no room to answer are left out. */
  public Evaluation(
      LoadedPolicy policy, TaskMix mix, AnswerExtractor answers, EvaluationPlan plan) {
    this.answers = answers;
    this.policy = policy;
    this.mix = mix;
    this.plan = plan;
    int longest = 0;
    for (String task : mix.names()) {
      for (Problem problem : mix.heldOut(task, plan.problems())) {
        int[] prompt = policy.prompt(problem.question());
        if (prompt.length < plan.maxContext()) {
          problems.add(problem);
          prompts.add(prompt);
          longest = Math.max(longest, prompt.length);
        }
      }
    }
    this.context = Math.min(plan.maxContext(), longest + plan.maxNewTokens());
  }

  /** Number of problems, all tasks together. */
  public int problems() {
    return problems.size();
  }

  /**
   * Reads out one version.
   *
   * <p>An interrupted thread ends it between two decode steps with a {@link CancellationException}.
   *
   * @param model holds the weights of {@code version}
   */
  public EvaluationResult run(GenerationModel model, DecodeMode mode, long version) {
    long start = System.nanoTime();
    int samples = mode == DecodeMode.GREEDY ? 1 : plan.samples();
    Scores scores = new Scores(problems.size());
    if (!problems.isEmpty()) {
      decode(model, mode, version, samples, scores);
    }
    SortedMap<String, Accuracy> tasks = new TreeMap<>();
    for (String task : mix.names()) {
      tasks.put(task, scores.accuracy(i -> problems.get(i).task().equals(task)));
    }
    return new EvaluationResult(
        mode.name().toLowerCase(Locale.ROOT),
        version,
        scores.accuracy(i -> true),
        tasks,
        scores.tokens,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private void decode(
      GenerationModel model, DecodeMode mode, long version, int samples, Scores scores) {
    int slots = Math.min(plan.slots(), problems.size() * samples);
    try (DecodeBatch batch =
        new DecodeBatch(
            model,
            policy
                .decodeSettings(plan.method(), slots, context, plan.phases(), false)
                .within(plan.memory().on(model.device()), plan.prefillChunk())
                .stoppingAt(policy.stops(plan.stops())),
            version)) {
      int next = 0;
      int total = problems.size() * samples;
      while (next < total || batch.running() > 0) {
        if (Thread.interrupted()) {
          throw new CancellationException("the evaluation was interrupted");
        }
        while (next < total) {
          GroupRequest rest = request(next / samples, next % samples, samples, mode);
          int members = Math.min(rest.members(), batch.room(rest));
          if (members == 0) {
            break;
          }
          batch.admit(rest.part(0, members));
          next += members;
        }
        for (Trajectory finished : batch.step()) {
          scores.add((int) finished.key().ordinal(), finished.length(), judge(finished));
        }
      }
    }
  }

  /** The samples of a problem from {@code first} on. */
  private GroupRequest request(int problem, int first, int samples, DecodeMode mode) {
    return new GroupRequest(
        "evaluation",
        plan.seed(),
        problem,
        0,
        prompts.get(problem),
        first,
        samples - first,
        mode,
        plan.maxNewTokens());
  }

  private Verdict judge(Trajectory trajectory) {
    Problem problem = problems.get((int) trajectory.key().ordinal());
    return mix.task(problem.task())
        .judge(problem, answers.extract(policy.completion(trajectory, plan.stops())));
  }

  /** Right and scored samples per problem. */
  private static final class Scores {
    private final int[] right;
    private final int[] scored;
    private final int[] failed;
    private long tokens;

    private Scores(int problems) {
      right = new int[problems];
      scored = new int[problems];
      failed = new int[problems];
    }

    private void add(int problem, int length, Verdict verdict) {
      tokens += length;
      if (verdict instanceof Verdict.Scored known) {
        scored[problem]++;
        right[problem] += known.score() == 1 ? 1 : 0;
      } else {
        failed[problem]++;
      }
    }

    private Accuracy accuracy(java.util.function.IntPredicate which) {
      double[] means = new double[right.length];
      int n = 0;
      int failures = 0;
      for (int i = 0; i < right.length; i++) {
        if (which.test(i)) {
          failures += failed[i];
          if (scored[i] > 0) {
            means[n++] = right[i] / (double) scored[i];
          }
        }
      }
      return Accuracy.of(Arrays.copyOf(means, n), failures);
    }
  }
}
