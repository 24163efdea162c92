package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  private record Edge(int from, int to) {
    @Override
    public String toString() {
      return "(" + from + ", " + to + ")";
    }
  }

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
    List<BitSet> taken = IntStream.range(0, vertices).mapToObj(v -> new BitSet()).toList();
    int[] start = new int[vertices + 1];
    edges.forEach(edge -> start[edge.from + 1]++);
    Arrays.parallelPrefix(start, Integer::sum);
    for (int vertex = 0; vertex < vertices; vertex++) {
      int color = taken.get(vertex).nextClearBit(1);
      if (color > config.colors) {
        return new int[0];
      }
      coloring[vertex] = color;
      for (Edge edge : edges.subList(start[vertex], start[vertex + 1])) {
        taken.get(edge.to).set(color);
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
    ArrayNode vertexList = puzzle.putArray("vertices");
    IntStream.range(0, vertices).forEach(vertexList::add);
    ArrayNode edgeList = puzzle.putArray("edges");
    edges.forEach(edge -> edgeList.addArray().add(edge.from).add(edge.to));
    puzzle.put("num_colors", config.colors);
    ArrayNode options = puzzle.putArray("color_options");
    IntStream.rangeClosed(1, config.colors).forEach(options::add);
    metadata.put("num_vertices", vertices);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("num_vertices", JsonValues.range(config.minVertices, config.maxVertices));
    difficulty.put("num_colors", config.colors);
    return new Problem(name(), index, question(vertices, edges), Optional.empty(), metadata);
  }

  private String question(int vertices, List<Edge> edges) {
    return """
        Please provide a coloring for this graph such that every vertex is not connected to a vertex of the same color. \
        The graph has these properties:

        Vertices: %s
        Edges: %s
        Possible colors: %s

        Return your solution as a JSON map of vertices to colors. (For example: {"0": 1, "1": 2, "2": 3}.)
        """
        .formatted(
            IntStream.range(0, vertices).boxed().collect(Collectors.toList()),
            edges,
            IntStream.rangeClosed(1, config.colors).boxed().collect(Collectors.toList()));
  }

  /** 1 for a valid colouring, 0.01 for another one, 0 for what is no colouring at all. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return Verdict.Scored.of(ColoringCheck.score(problem.metadata().get("puzzle"), answer));
  }
}
