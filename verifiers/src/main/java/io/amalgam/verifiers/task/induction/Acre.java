package io.amalgam.verifiers.task.induction;

import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.induction.BlicketLaboratory.Evidence;
import io.amalgam.verifiers.task.induction.BlicketScenario.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether a detector's light will be on, off or undetermined, from six experiments with objects of
 * which some ("blickets") make it light (ACRE, Zhang et al., 2021).
 *
 * <p>All problems come from one generator, so a problem depends on the nominal size too. A scenario
 * gives four problems; those beyond the nominal size can be had until the scenarios are used up.
 */
public final class Acre extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("acre", "induction")
          .integer("train", 1)
          .data(AcreObjects.FILE)
          .sized()
          .madeBy(Acre::new);

  private static final int PER_SCENARIO = 4;

  private static final double SHARE_IDENTICAL = 0.6;
  private static final double SHARE_COMPOSITIONAL = 0.2;

  /** The second part of the problems draws from this many objects only. */
  private static final int COMPOSITIONAL_OBJECTS = AcreObjects.COUNT / 2;

  private static final int WITHHELD_IDENTICAL = 1;
  private static final int WITHHELD_COMPOSITIONAL = 2;
  private static final int WITHHELD_SYSTEMATIC_TRAINING = 3;
  private static final int WITHHELD_SYSTEMATIC_TEST = 1;

  private static final String INTRODUCTION =
      """
      You are a researcher studying causal relationships using Blicket experiments. In these experiments, certain objects (called 'blickets') have the hidden property of activating a detector, causing its light to turn on.

      Each example shows the results of placing different combinations of objects on the detector. Each object is described by color, material and shape. Your task is to determine whether a new combination of objects will cause the detector to activate.

      After observing the previous examples, respond with:
      - "on" if you can determine the detector light will turn on
      - "off" if you can determine the detector light will stay off
      - "undetermined" if there is insufficient evidence to reach a conclusion

      Do not use quotation marks in your answer.

      Previous experimental results:
      """;

  private final Config config;

  /** Filled at the first problem; scoring alone needs none. */
  private List<BlicketScenario> scenarios = List.of();

  private Acre(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(boolean training) {
    static Config of(FieldValues values) {
      return new Config(values.count("train", 0, 1) == 1);
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    List<BlicketScenario> all = scenarios();
    if (index / PER_SCENARIO >= all.size()) {
      throw cannotGenerate(
          index, "size " + size() + " gives " + all.size() * (long) PER_SCENARIO + " problems");
    }
    BlicketScenario scenario = all.get(index / PER_SCENARIO);
    Experiment asked = scenario.asked().get(index % PER_SCENARIO);
    AcreObjects objects = data().parsed(AcreObjects.class, AcreObjects::read);
    String shown =
        scenario.shown().stream()
            .map(each -> objects.describe(each.objects()) + " → " + each.light().word())
            .collect(Collectors.joining("\n"));
    return problem(
        index,
        INTRODUCTION
            + shown
            + "\n\nNew test case:\n"
            + objects.describe(asked.objects())
            + "\n\nWhat is the detector light status?",
        asked.light().word(),
        metadata(index));
  }

  private synchronized List<BlicketScenario> scenarios() {
    if (scenarios.isEmpty()) {
      scenarios = drawScenarios();
    }
    return scenarios;
  }

  private List<BlicketScenario> drawScenarios() {
    PythonRandom random = new PythonRandom(seed());
    int identical = (int) (SHARE_IDENTICAL * size());
    int compositional = (int) (SHARE_COMPOSITIONAL * size());
    int systematic = size() - identical - compositional;
    List<BlicketScenario> drawn = new ArrayList<>();
    drawn.addAll(bothKinds(random, identical / 2, AcreObjects.COUNT, WITHHELD_IDENTICAL));
    drawn.addAll(
        bothKinds(random, compositional / 2, COMPOSITIONAL_OBJECTS, WITHHELD_COMPOSITIONAL));
    List<BlicketScenario> oneKind = new ArrayList<>();
    if (config.training) {
      add(
          oneKind,
          random,
          Evidence.ONE_LIT,
          systematic,
          AcreObjects.COUNT,
          WITHHELD_SYSTEMATIC_TRAINING);
    } else {
      add(
          oneKind,
          random,
          Evidence.TWO_LIT,
          systematic,
          AcreObjects.COUNT,
          WITHHELD_SYSTEMATIC_TEST);
    }
    random.shuffle(oneKind);
    drawn.addAll(oneKind);
    random.shuffle(drawn);
    return List.copyOf(drawn);
  }

  private static List<BlicketScenario> bothKinds(
      PythonRandom random, int countOfEach, int objects, int withheld) {
    List<BlicketScenario> drawn = new ArrayList<>();
    for (Evidence evidence : Evidence.values()) {
      add(drawn, random, evidence, countOfEach, objects, withheld);
    }
    random.shuffle(drawn);
    return drawn;
  }

  private static void add(
      List<BlicketScenario> drawn,
      PythonRandom random,
      Evidence evidence,
      int count,
      int objects,
      int withheld) {
    for (int i = 0; i < count; i++) {
      drawn.add(BlicketLaboratory.scenario(random, evidence, objects, withheld));
    }
  }
}
