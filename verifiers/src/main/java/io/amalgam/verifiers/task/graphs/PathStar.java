package io.amalgam.verifiers.task.graphs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NumericNode;
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

  /** What comes before the graph. */
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

  /** A node's label and its digits, which are written more than once. */
  private record Node(NumericNode label, String digits) {}

  private record Edge(Node from, Node to) {}

  @Override
  protected Problem generate(PythonRandom random, int index) {
    Node center = node(label(random));
    int length = random.randint(config.minLength, config.maxLength);
    List<List<Node>> arms = arms(random, center, length);
    List<Node> way = random.choice(arms);
    List<Edge> edges = edges(arms);
    random.shuffle(edges);

    ObjectNode metadata = metadata(index);
    metadata.set("center", center.label);
    metadata.set("goal", way.get(length).label);
    metadata.put("path_length", length);
    ArrayNode goalPath = metadata.putArray("goal_path");
    way.forEach(node -> goalPath.add(node.label));
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.put("degree", config.degree);
    difficulty.set("node_range", JsonValues.integer(config.nodeRange));
    difficulty.set("path_length", JsonValues.range(config.minLength, config.maxLength));
    if (config.reversed) {
      Collections.reverse(way);
    }
    return problem(index, question(edges, way), answer(way), metadata);
  }

  private List<List<Node>> arms(PythonRandom random, Node center, int length) {
    Set<NumericNode> used = new HashSet<>();
    used.add(center.label);
    List<List<Node>> arms = new ArrayList<>(config.degree);
    for (int i = 0; i < config.degree; i++) {
      List<Node> arm = new ArrayList<>(length + 1);
      arm.add(center);
      while (arm.size() <= length) {
        NumericNode label = label(random);
        if (used.add(label)) {
          arm.add(node(label));
        }
      }
      arms.add(arm);
    }
    return arms;
  }

  private NumericNode label(PythonRandom random) {
    BigInteger range = config.nodeRange;
    return range.bitLength() < Integer.SIZE
        ? IntNode.valueOf(random.randint(0, range.intValue() - 1))
        : JsonValues.integer(random.randint(BigInteger.ZERO, range.subtract(BigInteger.ONE)));
  }

  private static Node node(NumericNode label) {
    return new Node(label, label.asText());
  }

  private static String question(List<Edge> edges, List<Node> answer) {
    StringBuilder question = new StringBuilder(QUESTION.length() + 16 * edges.size() + 32);
    question.append(QUESTION);
    for (Edge edge : edges) {
      question.append('|').append(edge.from.digits).append(' ').append(edge.to.digits);
    }
    String first = answer.get(0).digits;
    String last = answer.get(answer.size() - 1).digits;
    return question.append('/').append(first).append(' ').append(last).append(" = \n").toString();
  }

  private static String answer(List<Node> way) {
    StringBuilder answer = new StringBuilder(8 * way.size());
    for (Node node : way) {
      answer.append(answer.isEmpty() ? "" : " ").append(node.digits);
    }
    return answer.toString();
  }

  /** First the edges at the centre, then those of one arm after the other. */
  private static List<Edge> edges(List<List<Node>> arms) {
    List<Edge> edges = new ArrayList<>();
    for (List<Node> arm : arms) {
      edges.add(new Edge(arm.get(0), arm.get(1)));
    }
    for (List<Node> arm : arms) {
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
