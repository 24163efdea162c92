package io.amalgam.actors.cluster;

import io.amalgam.actors.generator.ComputePermit;
import io.amalgam.actors.generator.GroupSampler;
import io.amalgam.actors.generator.PromptCodec;
import io.amalgam.actors.generator.SamplerSource;
import io.amalgam.actors.learner.FinishedGroup;
import io.amalgam.actors.learner.MemberResult;
import io.amalgam.actors.learner.PolicyTrainer;
import io.amalgam.policy.decode.DecodeStatistics;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.kernel.OptimiserState;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.random.DrawKey;
import io.amalgam.policy.rollout.ClosedBy;
import io.amalgam.policy.rollout.FinishReason;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import io.amalgam.verifiers.reward.RewardRule;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.TaskMix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A policy of one tensor, so that the actors can be tested without a model: every token is drawn
 * from one softmax over eight logits, the trainer is REINFORCE with momentum.
 */
final class ToyParts implements RunParts {
  static final int VOCABULARY = 8;
  private static final double RATE = 0.5;

  private final TaskMix mix;
  private final int slots;
  private final long stepNanos;
  private Predicate<TrajectoryKey> stuck = key -> false;
  private UnaryOperator<Trajectory> damage = UnaryOperator.identity();

  /**
   * A toy.
   *
   * @param stepNanos how long a decode step takes at least
   */
  ToyParts(long seed, int slots, long stepNanos) {
    this(seed, slots, stepNanos, Integer.MAX_VALUE);
  }

  /** A toy whose task gives out only so many problems. */
  ToyParts(long seed, int slots, long stepNanos, int problems) {
    this.mix = ToyTask.mix(seed, problems);
    this.slots = slots;
    this.stepNanos = stepNanos;
  }

  /** Members that match are sampled for ever. */
  ToyParts stuck(Predicate<TrajectoryKey> members) {
    stuck = members;
    return this;
  }

  /** Every finished trajectory is passed on as this makes it. */
  ToyParts damaging(UnaryOperator<Trajectory> how) {
    damage = how;
    return this;
  }

  @Override
  public TaskMix mix() {
    return mix;
  }

  @Override
  public PromptCodec prompts() {
    return new PromptCodec() {
      @Override
      public int[] prompt(Problem problem) {
        return new int[] {1, 2, 3};
      }

      @Override
      public String completion(Trajectory t) {
        return IntStream.of(t.representatives())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("", "</think><answer>", "</answer>"));
      }
    };
  }

  @Override
  public int maxPrompt() {
    return 100;
  }

  @Override
  public SamplerSource samplers(String device) {
    return (weights, version) -> new ToySampler(slots, stepNanos, stuck, damage, weights, version);
  }

  @Override
  public PolicyTrainer trainer(ComputePermit permit) {
    return new ToyTrainer(permit);
  }

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public RewardRule reward() {
    return RewardRule.standard();
  }

  @Override
  public void close() {}

  static double[] softmax(float[] logits) {
    double[] p = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i]);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  private static final class ToySampler implements GroupSampler {
    private static final MethodSpec METHOD =
        MethodCatalog.create(new MethodSpec("discrete", 1, 1.0, new TreeMap<>())).spec();

    private final int slots;
    private final long stepNanos;
    private final Predicate<TrajectoryKey> stuck;
    private final UnaryOperator<Trajectory> damage;
    private final List<Row> rows = new ArrayList<>();
    private double[] p;
    private long version;
    private long tokens;

    private record Row(
        TrajectoryKey key,
        int[] prompt,
        DrawKey draws,
        int length,
        List<Integer> ids,
        List<Long> versions,
        List<Float> logProbs) {}

    ToySampler(
        int slots,
        long stepNanos,
        Predicate<TrajectoryKey> stuck,
        UnaryOperator<Trajectory> damage,
        ModelWeights weights,
        long version) {
      this.damage = damage;
      this.stuck = stuck;
      this.slots = slots;
      this.stepNanos = stepNanos;
      swapWeights(weights, version);
    }

    @Override
    public int freeSlots() {
      return slots - rows.size();
    }

    @Override
    public int running() {
      return rows.size();
    }

    @Override
    public void admit(GroupRequest g) {
      for (int m = g.firstMember(); m < g.firstMember() + g.members(); m++) {
        rows.add(
            new Row(
                new TrajectoryKey(g.run(), g.ordinal(), g.attempt(), m),
                g.promptIds(),
                new DrawKey(g.seed(), g.ordinal(), m, 0),
                3 + (int) ((g.ordinal() * 5 + m * 3) % 7),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>()));
      }
    }

    @Override
    public List<Trajectory> step() {
      if (stepNanos > 0) {
        LockSupport.parkNanos(stepNanos);
      }
      List<Trajectory> finished = new ArrayList<>();
      for (Row row : List.copyOf(rows)) {
        double u = row.draws().at(row.ids().size()).uniform(0);
        int id = 0;
        for (double mass = p[0]; mass < u && id < VOCABULARY - 1; mass += p[id]) {
          id++;
        }
        row.ids().add(id);
        row.versions().add(version);
        row.logProbs().add((float) Math.log(p[id]));
        tokens++;
        if (row.ids().size() >= row.length() && stuck.test(row.key())) {
          row.ids().clear();
          row.versions().clear();
          row.logProbs().clear();
        } else if (row.ids().size() == row.length()) {
          finished.add(damage.apply(trajectory(row)));
          rows.remove(row);
        }
      }
      return finished;
    }

    private static Trajectory trajectory(Row row) {
      int n = row.length();
      int[] ids = row.ids().stream().mapToInt(Integer::intValue).toArray();
      float[] ones = new float[n];
      Arrays.fill(ones, 1);
      byte[] once = new byte[n];
      Arrays.fill(once, (byte) 1);
      float[] logProbs = new float[n];
      for (int i = 0; i < n; i++) {
        logProbs[i] = row.logProbs().get(i);
      }
      return new Trajectory(
          row.key(),
          0,
          row.prompt(),
          METHOD,
          ids,
          ones,
          once,
          ids,
          new byte[n],
          new float[n],
          new float[n],
          new float[n],
          logProbs,
          once,
          new float[n],
          row.versions().stream().mapToLong(Long::longValue).toArray(),
          ClosedBy.MODEL,
          FinishReason.STOP);
    }

    @Override
    public void swapWeights(ModelWeights weights, long newVersion) {
      p = softmax(weights.get("logits").toFloats());
      version = newVersion;
    }

    @Override
    public int cancel(Predicate<TrajectoryKey> which) {
      int before = rows.size();
      rows.removeIf(r -> which.test(r.key()));
      return before - rows.size();
    }

    @Override
    public DecodeStatistics statistics() {
      return new DecodeStatistics(0, tokens, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {}
  }

  private static final class ToyTrainer implements PolicyTrainer {
    private final ComputePermit permit;
    private float[] masters = new float[VOCABULARY];
    private float[] momentum = new float[VOCABULARY];
    private long steps;

    ToyTrainer(ComputePermit permit) {
      this.permit = permit;
    }

    @Override
    public TrainFigures train(List<FinishedGroup> batch, long version, BooleanSupplier stop) {
      double[] gradient = new double[VOCABULARY];
      double[] p = softmax(bf16(masters));
      double worst = 0;
      long terms = 0;
      for (FinishedGroup group : batch) {
        if (stop.getAsBoolean()) {
          throw new StepBrokenOff();
        }
        try (ComputePermit.Claim claim = permit.claim("learner")) {
          double[] advantages = advantages(group);
          int member = 0;
          for (MemberResult m : group.scored()) {
            double advantage = advantages[member++];
            Trajectory t = m.trajectory();
            for (int i = 0; i < t.length(); i++) {
              if (t.versions()[i] == version) {
                worst = Math.max(worst, Math.abs(t.logProbs()[i] - Math.log(p[t.ids()[i]])));
                terms++;
              }
              for (int j = 0; j < VOCABULARY; j++) {
                gradient[j] += advantage * ((t.ids()[i] == j ? 1 : 0) - p[j]);
              }
            }
          }
        }
      }
      for (int j = 0; j < VOCABULARY; j++) {
        momentum[j] = (float) (0.5 * momentum[j] + gradient[j] / batch.size());
        masters[j] += (float) (RATE * momentum[j]);
      }
      steps++;
      return new TrainFigures(
          0,
          1,
          RATE,
          false,
          0,
          1,
          0,
          OptionalDouble.empty(),
          new TreeMap<>(),
          terms,
          new Parity(terms, worst, worst, "f32", 1e-4));
    }

    @Override
    public List<double[]> advantages(List<FinishedGroup> batch) {
      return batch.stream().map(ToyTrainer::advantages).toList();
    }

    private static double[] advantages(FinishedGroup group) {
      double[] rewards =
          group.scored().stream().mapToDouble(m -> m.scored().orElseThrow().reward()).toArray();
      double mean = Arrays.stream(rewards).average().orElse(0);
      return Arrays.stream(rewards).map(r -> r - mean).toArray();
    }

    private static float[] bf16(float[] values) {
      float[] out = new float[values.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = Float.intBitsToFloat(HostTensor.toBf16Bits(values[i]) << 16);
      }
      return out;
    }

    @Override
    public ModelWeights published() {
      ByteBuffer bytes = ByteBuffer.allocateDirect(2 * VOCABULARY).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < VOCABULARY; i++) {
        bytes.putShort(2 * i, HostTensor.toBf16Bits(masters[i]));
      }
      return new ModelWeights(
          new TreeMap<>(
              Map.of("logits", new HostTensor(DType.BF16, new long[] {VOCABULARY}, bytes))));
    }

    @Override
    public ModelWeights masters() {
      return weights(masters);
    }

    @Override
    public ModelWeights firstMoments() {
      return weights(momentum);
    }

    @Override
    public ModelWeights secondMoments() {
      return weights(momentum);
    }

    @Override
    public long steps() {
      return steps;
    }

    private static ModelWeights weights(float[] values) {
      return new ModelWeights(
          new TreeMap<>(Map.of("logits", HostTensor.ofFloats(values, VOCABULARY))));
    }

    @Override
    public void restore(ModelWeights restored, OptimiserState state) {
      masters = restored.get("logits").toFloats();
      momentum = state.first().get("logits").toFloats();
      steps = state.steps();
    }

    @Override
    public int vocabulary() {
      return VOCABULARY;
    }

    @Override
    public void close() {}
  }
}
