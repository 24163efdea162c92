package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Fidelity;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A colouring of a random graph in which no edge joins two vertices of one colour; any valid one
 * counts.
 */
public final class GraphColor extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("graph_color", "algorithmic")
          .integer("num_colors", 3)
          .integer("min_num_vertices", 10)
          .integer("max_num_vertices", 10)
          .number("edge_probability", 0.1)
          .fidelity(
              Fidelity.COMPLETE,
              "question, metadata and scores equal the original's; there is no reference answer")
          .madeBy(GraphColor::new);

  private static final int MAX_VERTICES = 2000;

  /**
   * Random numbers for one problem; the original draws for ever when greedy colouring never
   * succeeds.
   */
  private static final long MAX_DRAWS = 20_000_000;

  private static final String INTRODUCTION =
      """
      Please provide a coloring for this graph such that every vertex is not connected to a vertex of the same color. \
      The graph has these properties:

      """;

  private static final String REQUEST =
      """


      Return your solution as a JSON map of vertices to colors. (For example: {"0": 1, "1": 2, "2": 3}.)
      """;

  private final Config config;

  private GraphColor(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int colors, int minVertices, int maxVertices, double edgeProbability) {
    static Config of(FieldValues values) {
      int minVertices = values.count("min_num_vertices", 1, MAX_VERTICES);
      values.requireAtLeast("max_num_vertices", "min_num_vertices");
      double probability = values.number("edge_probability");
      values.require(probability < 1, "edge_probability", "less than 1");
      return new Config(
          values.count("num_colors", 1, MAX_VERTICES),
          minVertices,
          values.count("max_num_vertices", 1, MAX_VERTICES),
          probability);
    }
  }

  private record Edge(int from, int to) {}

  @Override
  protected Problem generate(PythonRandom random, int index) {
    for (long draws = 0; draws < MAX_DRAWS; ) {
      int vertices = random.randint(config.minVertices, config.maxVertices);
      List<Edge> edges = drawEdges(random, vertices);
      int[] coloring = greedyColoring(vertices, edges);
      if (coloring.length == vertices) {
        return colored(index, vertices, edges, coloring);
      }
      draws += 1 + (long) vertices * (vertices - 1) / 2;
    }
    throw cannotGenerate(
        index, "no drawn graph can be coloured greedily; allow more colours or fewer edges");
  }

  private List<Edge> drawEdges(PythonRandom random, int vertices) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < vertices; i++) {
      for (int j = i + 1; j < vertices; j++) {
        if (random.random() < config.edgeProbability) {
          edges.add(new Edge(i, j));
        }
      }
    }
    return edges;
  }

  /** The lowest free colour for each vertex in turn; shorter than the graph if one has none. */
  private int[] greedyColoring(int vertices, List<Edge> edges) {
    int[] coloring = new int[vertices];
    // The colours taken for all vertices lie one after the other, each with one more that stays
    // free.
    int stride = config.colors + 2;
    BitSet taken = new BitSet(vertices * stride);
    int next = 0;
    for (int vertex = 0; vertex < vertices; vertex++) {
      int color = taken.nextClearBit(vertex * stride + 1) - vertex * stride;
      if (color > config.colors) {
        return new int[0];
      }
      coloring[vertex] = color;
      for (; next < edges.size() && edges.get(next).from == vertex; next++) {
        taken.set(edges.get(next).to * stride + color);
      }
    }
    return coloring;
  }

  private Problem colored(int index, int vertices, List<Edge> edges, int[] coloring) {
    ObjectNode metadata = metadata(index);
    ObjectNode possible = metadata.putObject("possible_answer");
    for (int vertex = 0; vertex < vertices; vertex++) {
      possible.put(Integer.toString(vertex), coloring[vertex]);
    }
    ObjectNode puzzle = metadata.putObject("puzzle");
    puzzle.set("vertices", numbers(0, vertices - 1));
    ArrayNode edgeList = puzzle.putArray("edges");
    for (Edge edge : edges) {
      edgeList.add(JsonNodeFactory.instance.arrayNode(2).add(edge.from).add(edge.to));
    }
    puzzle.put("num_colors", config.colors);
    puzzle.set("color_options", numbers(1, config.colors));
    metadata.put("num_vertices", vertices);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("num_vertices", JsonValues.range(config.minVertices, config.maxVertices));
    difficulty.put("num_colors", config.colors);
    return new Problem(name(), index, question(vertices, edges), Optional.empty(), metadata);
  }

  /** The whole numbers of a range, both ends included. */
  private static ArrayNode numbers(int low, int high) {
    ArrayNode numbers = JsonNodeFactory.instance.arrayNode(high - low + 1);
    for (int i = low; i <= high; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  private String question(int vertices, List<Edge> edges) {
    StringBuilder question =
        new StringBuilder(
            INTRODUCTION.length() + REQUEST.length() + 4 * vertices + 8 * edges.size());
    question.append(INTRODUCTION);
    appendRange(question.append("Vertices: "), 0, vertices - 1);
    question.append("\nEdges: [");
    String separator = "(";
    for (Edge edge : edges) {
      question.append(separator).append(edge.from).append(", ").append(edge.to).append(')');
      separator = ", (";
    }
    question.append("]");
    appendRange(question.append("\nPossible colors: "), 1, config.colors);
    return question.append(REQUEST).toString();
  }

  /** Writes a list of whole numbers, both ends included. */
  private static void appendRange(StringBuilder text, int low, int high) {
    text.append('[');
    for (int i = low; i <= high; i++) {
      text.append(i == low ? "" : ", ").append(i);
    }
    text.append(']');
  }

  /** 1 for a valid colouring, 0.01 for another one, 0 for what is no colouring at all. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return Verdict.Scored.of(ColoringCheck.score(problem.metadata().get("puzzle"), answer));
  }
}
