package io.amalgam.verifiers.task.arc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import io.amalgam.verifiers.task.arc.GridTasks.GridTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Grid tasks of a collection such as ARC-AGI-1, turned, mirrored and recoloured: the rule is to be
 * found from examples.
 */
public final class ArcAgi extends ProceduralTask {
  private static final String ROTATIONS = "rotations";
  private static final String MIRRORS = "mirrors";
  private static final String ROTATIONS_WEIGHTS = "rotations_weights";
  private static final String MIRRORS_WEIGHTS = "mirrors_weights";

  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("arc_agi", "arc")
          .flag("use_train", true)
          .flag("use_eval", true)
          .json(GridFormat.FIELD, GridFormat.defaults())
          .texts(ROTATIONS, "90", "180", "270")
          .texts(MIRRORS, "horizontal", "vertical", "diagonal", "counterdiagonal")
          .flag("use_color_permutation", true)
          .flag("shuffle_example_order", true)
          .numbers(ROTATIONS_WEIGHTS, 0.25, 0.25, 0.25, 0.25)
          .numbers(MIRRORS_WEIGHTS, 0.2, 0.2, 0.2, 0.2, 0.2)
          .data(GridTasks.FILE)
          .madeBy(ArcAgi::new);

  private static final int COLOURS = 10;

  private static final Map<String, UnaryOperator<Grid>> TURNS =
      Map.of("90", grid -> grid.turned(1), "180", grid -> grid.turned(2), "270", g -> g.turned(3));

  private static final Map<String, UnaryOperator<Grid>> REFLECTIONS =
      Map.of(
          "horizontal",
          Grid::upsideDown,
          "vertical",
          Grid::leftToRight,
          "diagonal",
          Grid::transposed,
          "counterdiagonal",
          Grid::counterTransposed);

  private final Config config;
  private final List<GridTask> tasks;

  private ArcAgi(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    GridTasks all = GridTasks.of(data());
    Map<String, GridTask> byId = new LinkedHashMap<>();
    if (config.train) {
      all.train().forEach(task -> byId.put(task.id(), task));
    }
    if (config.eval) {
      all.eval().forEach(task -> byId.put(task.id(), task));
    }
    tasks = List.copyOf(byId.values());
  }

  /** Some changes of a grid, of which none or one is drawn; empty if nothing is to be drawn. */
  private record Choice(List<UnaryOperator<Grid>> changes, double[] weights) {
    static Choice of(
        FieldValues values,
        String field,
        String weightsField,
        Map<String, UnaryOperator<Grid>> known) {
      List<String> names = values.anyTexts(field);
      values.require(
          known.keySet().containsAll(names),
          field,
          "a list of elements of " + known.keySet().stream().sorted().toList());
      List<UnaryOperator<Grid>> changes = new ArrayList<>();
      if (names.isEmpty()) {
        return new Choice(changes, new double[0]);
      }
      changes.add(UnaryOperator.identity());
      names.forEach(name -> changes.add(known.get(name)));
      List<Double> weights = values.numbers(weightsField);
      values.require(
          weights.size() == changes.size(),
          weightsField,
          "a list of " + changes.size() + " numbers: for no change and for each of " + field);
      double[] weighed = weights.stream().mapToDouble(Double::doubleValue).toArray();
      double total = Arrays.stream(weighed).sum();
      values.require(
          total > 0 && Double.isFinite(total), weightsField, "numbers with a positive sum");
      return new Choice(changes, weighed);
    }

    UnaryOperator<Grid> draw(PythonRandom random) {
      return changes.isEmpty()
          ? UnaryOperator.identity()
          : random.choices(changes, weights, 1).get(0);
    }
  }

  private record Config(
      boolean train,
      boolean eval,
      GridFormat format,
      Choice rotations,
      Choice mirrors,
      boolean permuteColours,
      boolean shuffleExamples,
      ObjectNode difficulty) {
    static Config of(FieldValues values) {
      ObjectNode difficulty = JsonNodeFactory.instance.objectNode();
      difficulty.set(ROTATIONS_WEIGHTS, weights(values, ROTATIONS_WEIGHTS));
      difficulty.set(MIRRORS_WEIGHTS, weights(values, MIRRORS_WEIGHTS));
      return new Config(
          values.flag("use_train"),
          values.flag("use_eval"),
          GridFormat.of(values),
          Choice.of(values, ROTATIONS, ROTATIONS_WEIGHTS, TURNS),
          Choice.of(values, MIRRORS, MIRRORS_WEIGHTS, REFLECTIONS),
          values.flag("use_color_permutation"),
          values.flag("shuffle_example_order"),
          difficulty);
    }

    private static JsonNode weights(FieldValues values, String field) {
      return values.json(field).deepCopy();
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    GridTask task = random.choice(tasks);
    UnaryOperator<Grid> change = change(random);
    List<GridPair> examples = new ArrayList<>();
    task.examples().forEach(pair -> examples.add(pair.both(change)));
    if (config.shuffleExamples) {
      random.shuffle(examples);
    }
    GridPair test = task.test().both(change);
    ObjectNode metadata = metadata(index);
    metadata.set("input", test.input().toJson());
    metadata.set("output", test.output().toJson());
    metadata.put("task_id", task.id());
    metadata.set("difficulty", config.difficulty.deepCopy());
    return problem(
        index,
        config.format.question(examples, test.input()),
        config.format.write(test.output()),
        metadata);
  }

  private UnaryOperator<Grid> change(PythonRandom random) {
    UnaryOperator<Grid> turn = config.rotations.draw(random);
    UnaryOperator<Grid> reflection = config.mirrors.draw(random);
    if (!config.permuteColours) {
      return grid -> reflection.apply(turn.apply(grid));
    }
    int[] colours = IntStream.range(0, COLOURS).toArray();
    random.shuffle(colours);
    return grid -> reflection.apply(turn.apply(grid)).recoloured(colour -> colours[colour]);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return config.format.score(problem, answer);
  }
}
