package io.amalgam.actors.bench;

import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.model.HuggingFaceDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The speed table: generation, mixtures, training and loading of a model, each row beside its
 * anchors and measured in turns with them.
 */
public final class SpeedTable {
  private static final int MIXTURE_ROWS = 32;
  private static final int MIXTURE_SLOTS = 4;
  private static final int PYTHON_SLOTS = 2;
  private static final int SMALL_ROWS = 256;
  private static final int TRAIN_TOKENS = 2048;
  private static final int SMALL_TRAIN_TOKENS = 4096;
  private static final List<String> PYTHON_METHODS = List.of("different-tokens", "dirichlet");
  private static final GroupStep.Shape STEP = new GroupStep.Shape(4, 8, 128);
  private static final Duration CHILD_DEADLINE = Duration.ofMinutes(30);

  private final Setup setup;
  private final Workload work;
  private final Map<String, Opening> rows = new LinkedHashMap<>();

  /**
   * What the table measures.
   *
   * @param model the model of all rows but the seedling's
   * @param seedling the small model
   * @param compute threads, device and number format
   * @param batches rows of the rollouts and decode steps
   * @param rounds pairs of turns
   * @param anchors other people's programs
   * @param mainClass the command line, which measures in processes of its own what needs one
   * @param childArguments its options for model, threads and format
   */
  public record Setup(
      HuggingFaceDirectory model,
      HuggingFaceDirectory seedling,
      ComputeSettings compute,
      List<Integer> batches,
      int rounds,
      AnchorScripts anchors,
      String mainClass,
      List<String> childArguments) {
    /** Copies the lists. */
    public Setup {
      batches = List.copyOf(batches);
      childArguments = List.copyOf(childArguments);
    }
  }

  /** Opens what a row measures. */
  private interface Opening {
    Speed open() throws InterruptedException;
  }

  /** Plans all rows; nothing is opened yet. */
  public SpeedTable(Setup setup) {
    this.setup = setup;
    work = new Workload(setup.model(), setup.compute());
    for (int batch : setup.batches()) {
      rows.put("rollout-" + batch, () -> rollout(batch));
    }
    for (int batch : setup.batches()) {
      rows.put("int8-" + batch, () -> int8(batch));
    }
    for (MethodSpec method : MethodBenchmark.specs(MIXTURE_SLOTS)) {
      rows.put("mixture-" + method.method(), () -> new MixtureSpeed(work, method, MIXTURE_ROWS));
    }
    for (String method : PYTHON_METHODS) {
      rows.put("loop-" + method, () -> pythonLoop(method));
    }
    rows.put("step", this::groupStep);
    for (int batch : setup.batches()) {
      rows.put("decode-" + batch, () -> new DecodeSpeed(work, batch, decodeTarget(batch)));
    }
    rows.put("train", () -> new TrainSpeed(work, TRAIN_TOKENS, false, Target.atMost(1.45)));
    rows.put("train-recompute", () -> new TrainSpeed(work, TRAIN_TOKENS, true, Target.atMost(1.8)));
    Workload small = new Workload(setup.seedling(), setup.compute());
    rows.put(
        "seedling-decode",
        () -> new DecodeSpeed(small, SMALL_ROWS, Optional.of(Target.atMost(3.0))));
    rows.put(
        "seedling-train",
        () -> new TrainSpeed(small, SMALL_TRAIN_TOKENS, false, Target.atMost(2.0)));
    rows.put("load", this::load);
  }

  /** The names of all rows, in the order of the table. */
  public List<String> names() {
    return List.copyOf(rows.keySet());
  }

  /**
   * The rows that a selection asks for.
   *
   * @param only names, or first parts of names such as {@code mixture}; empty for all
   * @throws IllegalArgumentException if one of them names no row
   */
  public List<String> chosen(List<String> only) {
    List<String> out = new ArrayList<>();
    for (String name : names()) {
      if (only.isEmpty() || only.stream().anyMatch(o -> names(o, name))) {
        out.add(name);
      }
    }
    for (String o : only) {
      if (out.stream().noneMatch(name -> names(o, name))) {
        throw new IllegalArgumentException("there is no row " + o);
      }
    }
    return out;
  }

  private static boolean names(String wanted, String name) {
    return name.equals(wanted) || name.startsWith(wanted + "-");
  }

  /** Measures rows one after the other and hands each line over when it is known. */
  public void measure(List<String> names, Consumer<SpeedRow> done) throws InterruptedException {
    for (String name : names) {
      try (Speed speed = rows.get(name).open()) {
        Turns.measure(name, speed, setup.rounds()).forEach(done);
      }
    }
  }

  private Speed rollout(int batch) throws InterruptedException {
    Optional<Target> target = batch >= 32 ? Optional.of(Target.atLeast(4)) : Optional.empty();
    return new RolloutSpeed(
        work,
        Workload.discrete(),
        batch,
        List.of(
            speed(setup.anchors().openVino(path(), batch), Optional.of(Target.atLeast(1.15))),
            speed(setup.anchors().discrete(path(), batch), target)));
  }

  private Speed int8(int batch) throws InterruptedException {
    Anchor anchor = setup.anchors().openVino(path(), batch);
    return new RolloutSpeed(
        work.int8(),
        Workload.discrete(),
        batch,
        List.of(speed(anchor, Optional.of(Target.atLeast(1.6)))));
  }

  private Speed pythonLoop(String method) {
    MethodSpec spec = new MethodSpec(method, PYTHON_SLOTS, 1, new TreeMap<>());
    Anchor anchor = setup.anchors().mixture(path(), spec, MIXTURE_ROWS);
    return new RolloutSpeed(
        work, spec, MIXTURE_ROWS, List.of(speed(anchor, Optional.of(Target.atLeast(5)))));
  }

  private Speed groupStep() {
    return new GroupStepSpeed(child("step"), STEP, setup.anchors().groupStep(path(), STEP));
  }

  private Speed load() {
    return new LoadSpeed(child("load"), setup.anchors().firstToken(path()));
  }

  private Child child(String turn) {
    List<String> arguments = new ArrayList<>(List.of("bench", "turn", turn));
    arguments.addAll(setup.childArguments());
    return new JvmCommand(setup.mainClass()).with(CHILD_DEADLINE, arguments);
  }

  private static Comparison speed(Anchor anchor, Optional<Target> target) {
    return new Comparison(anchor, Quantity.TOKENS_PER_SECOND, target);
  }

  /** Smaller batches have no target: they wait for memory, not for products. */
  private static Optional<Target> decodeTarget(int batch) {
    return switch (batch) {
      case 32 -> Optional.of(Target.atMost(2.3));
      case 64 -> Optional.of(Target.atMost(2.0));
      default -> Optional.empty();
    };
  }

  private Path path() {
    return setup.model().path();
  }

  /** The shape of the step row, for the process that measures it. */
  public static GroupStep.Shape stepShape() {
    return STEP;
  }
}
