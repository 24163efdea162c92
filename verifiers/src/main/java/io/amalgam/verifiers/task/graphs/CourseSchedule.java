package io.amalgam.verifiers.task.graphs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonSet;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Whether all courses can be taken, given pairs of a course and one that must come before it. */
public final class CourseSchedule extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("course_schedule", "graphs")
          .integer("min_num_courses", 5)
          .integer("max_num_courses", 10)
          .integer("min_num_prerequisites", 1)
          .integer("max_num_prerequisites", 2)
          .integer("min_cycle_length", 3)
          .integer("max_cycle_length", 5)
          .number("p_solvable", 0.5)
          .madeBy(CourseSchedule::new);

  private static final int MOST = 1_000_000;
  private static final int SHORTEST_CYCLE = 3;

  private static final String BEFORE_LIST =
      """
      .

      You are given the following list of prerequisites, where prerequisites[i] = (a_i, b_i) indicates that you must first take course b_i if you want to take course a_i:
      [""";

  private static final String AFTER_LIST =
      """
      ]

      Return True if you can finish all courses considering the prerequisites, or False otherwise.
      """;

  private final Config config;

  private CourseSchedule(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Range(int low, int high) {
    static Range of(FieldValues values, String name, int least) {
      int low = values.count("min_" + name, least, MOST);
      values.requireAtLeast("max_" + name, "min_" + name);
      return new Range(low, values.count("max_" + name, least, MOST));
    }

    int draw(PythonRandom random) {
      return random.randint(low, high);
    }

    ArrayNode toJson() {
      return JsonValues.range(low, high);
    }
  }

  private record Config(
      Range courses, Range prerequisites, Range cycleLength, double solvableProbability) {
    static Config of(FieldValues values) {
      Range courses = Range.of(values, "num_courses", SHORTEST_CYCLE);
      Range cycleLength = Range.of(values, "cycle_length", SHORTEST_CYCLE);
      Range prerequisites = Range.of(values, "num_prerequisites", 1);
      return new Config(courses, prerequisites, cycleLength, values.fraction("p_solvable", 0, 1));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int count = config.courses.draw(random);
    List<Integer> courses = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    random.shuffle(courses);
    boolean solvable = random.random() < config.solvableProbability;
    List<List<Integer>> pairs = prerequisites(random, courses, solvable);
    // Without the added cycle every prerequisite stands earlier in the list of courses.
    String answer = solvable ? "True" : "False";

    ObjectNode metadata = metadata(index);
    ArrayNode order = metadata.putArray("courses");
    courses.forEach(order::add);
    ArrayNode list = metadata.putArray("prerequisites");
    pairs.forEach(pair -> list.addArray().add(pair.get(0)).add(pair.get(1)));
    metadata.put("solution", solvable);
    metadata.put("solvable", solvable);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("num_courses", config.courses.toJson());
    difficulty.set("num_prerequisites", config.prerequisites.toJson());
    difficulty.set("cycle_length", config.cycleLength.toJson());
    return problem(index, question(count, pairs), answer, metadata);
  }

  private List<List<Integer>> prerequisites(
      PythonRandom random, List<Integer> courses, boolean solvable) {
    List<List<Integer>> pairs = new ArrayList<>();
    for (int i = courses.size() - 1; i > 0; i--) {
      List<Integer> earlier = courses.subList(0, i);
      int count = Math.min(i, config.prerequisites.draw(random));
      for (Integer prerequisite : random.sample(earlier, count)) {
        pairs.add(List.of(courses.get(i), prerequisite));
      }
    }
    if (!solvable) {
      int length = Math.min(courses.size(), config.cycleLength.draw(random));
      List<Integer> cycle = random.sample(courses, length);
      for (int i = 0; i < length; i++) {
        pairs.add(List.of(cycle.get(i), cycle.get((i + 1) % length)));
      }
    }
    List<List<Integer>> distinct = new ArrayList<>(PythonSet.of(pairs).toList());
    random.shuffle(distinct);
    return distinct;
  }

  private static String question(int count, List<List<Integer>> pairs) {
    StringBuilder list = new StringBuilder(8 * pairs.size());
    for (List<Integer> pair : pairs) {
      list.append(list.isEmpty() ? "(" : ", (").append(pair.get(0));
      list.append(", ").append(pair.get(1)).append(')');
    }
    return "There are a total of "
        + count
        + " courses you have to take, labeled from 0 to "
        + (count - 1)
        + BEFORE_LIST
        + list
        + AFTER_LIST;
  }
}
