package io.amalgam.verifiers.task.graphs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The way from the centre of a star of paths to the end of one of them.
 *
 * <p>The way is unique; apart from white space the answer must be equal. Source of the graphs:
 * Bachmann and Nagarajan, "The Pitfalls of Next-Token Prediction", arXiv 2403.06963.
 */
public final class PathStar extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("path_star", "graphs")
          .integer("degree", 3)
          .integer("node_range", 100_000)
          .integer("min_path_length", 3)
          .integer("max_path_length", 5)
          .flag("reversed", false)
          .madeBy(PathStar::new);

  private static final int MOST_NODES = 5_000_000;

  private static final String QUESTION =
      """

      Find a path from the start node to the goal node in the following path-star graph.
      Respond with only the sequence of node labels in the path, including the start and goal nodes.
      Separate node labels with a single space.

      The graph is represented as a list of edges, where each edge is defined by two node labels.
      The edges are separated by a vertical bar '|'. Then, the start and goal nodes are specified after a slash '/'.

      Example:
      |1 2|1 3|2 4|3 5/1 5 = 1 3 5

      Solve the following task:
      {task}
      """;

  private final Config config;

  private PathStar(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int degree, BigInteger nodeRange, int minLength, int maxLength, boolean reversed) {
    static Config of(FieldValues values) {
      int degree = values.count("degree", 2, MOST_NODES);
      int minLength = values.count("min_path_length", 2, MOST_NODES);
      values.requireAtLeast("max_path_length", "min_path_length");
      int maxLength = values.count("max_path_length", 2, MOST_NODES / degree);
      BigInteger nodes = values.integer("node_range");
      int most = degree * maxLength + 1;
      values.require(
          nodes.compareTo(BigInteger.valueOf(most)) > 0,
          "node_range",
          "greater than degree * max_path_length + 1 (" + most + ")");
      return new Config(degree, nodes, minLength, maxLength, values.flag("reversed"));
    }
  }

  private record Edge(BigInteger from, BigInteger to) {}

  @Override
  protected Problem generate(PythonRandom random, int index) {
    BigInteger center = label(random);
    int length = random.randint(config.minLength, config.maxLength);
    Set<BigInteger> used = new HashSet<>();
    used.add(center);
    List<List<BigInteger>> arms = new ArrayList<>();
    for (int i = 0; i < config.degree; i++) {
      List<BigInteger> arm = new ArrayList<>();
      arm.add(center);
      while (arm.size() <= length) {
        BigInteger node = label(random);
        if (used.add(node)) {
          arm.add(node);
        }
      }
      arms.add(arm);
    }
    List<BigInteger> way = random.choice(arms);
    BigInteger goal = way.get(length);
    List<Edge> edges = edges(arms);
    random.shuffle(edges);

    ObjectNode metadata = metadata(index);
    metadata.set("center", JsonValues.integer(center));
    metadata.set("goal", JsonValues.integer(goal));
    metadata.put("path_length", length);
    metadata.set("goal_path", JsonValues.integers(way));
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.put("degree", config.degree);
    difficulty.set("node_range", JsonValues.integer(config.nodeRange));
    difficulty.set("path_length", JsonValues.range(config.minLength, config.maxLength));
    List<BigInteger> answer = new ArrayList<>(way);
    if (config.reversed) {
      Collections.reverse(answer);
    }
    StringBuilder task = new StringBuilder();
    for (Edge edge : edges) {
      task.append('|').append(edge.from).append(' ').append(edge.to);
    }
    task.append('/').append(answer.get(0)).append(' ').append(answer.get(length)).append(" = ");
    return problem(
        index,
        QUESTION.replace("{task}", task),
        answer.stream().map(BigInteger::toString).collect(Collectors.joining(" ")),
        metadata);
  }

  private BigInteger label(PythonRandom random) {
    return random.randint(BigInteger.ZERO, config.nodeRange.subtract(BigInteger.ONE));
  }

  /** First the edges at the centre, then those of one arm after the other. */
  private static List<Edge> edges(List<List<BigInteger>> arms) {
    List<Edge> edges = new ArrayList<>();
    for (List<BigInteger> arm : arms) {
      edges.add(new Edge(arm.get(0), arm.get(1)));
    }
    for (List<BigInteger> arm : arms) {
      for (int i = 2; i < arm.size(); i++) {
        edges.add(new Edge(arm.get(i - 1), arm.get(i)));
      }
    }
    return edges;
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    String given = singleSpaced(answer.orElse(""));
    return Verdict.Scored.of(
        !given.isEmpty() && given.equals(singleSpaced(problem.answer().orElse(""))) ? 1.0 : 0.0);
  }

  /** The words of a text with one blank between them. */
  private static String singleSpaced(String text) {
    StringBuilder result = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (PythonText.isSpace(c)) {
        gap = true;
      } else {
        result.append(gap && !result.isEmpty() ? " " : "").append(c);
        gap = false;
      }
    }
    return result.toString();
  }
}
