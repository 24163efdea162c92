package io.amalgam.verifiers.curriculum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Scores by task, grouped by the difficulty of the problems; the original's aggregation. Not safe
 * for use by several threads.
 */
public final class ScoreBoard {
  /** Fields of metadata that tell problems apart but not their difficulty. */
  private static final List<String> SOURCE = List.of("source_dataset", "source_index");

  private record Mark(double score, ObjectNode metadata) {}

  private final Map<String, List<Mark>> marks = new LinkedHashMap<>();

  /** Adds a score of a task's problem. */
  public void add(String task, double score, ObjectNode metadata) {
    marks.computeIfAbsent(task, t -> new ArrayList<>()).add(new Mark(score, metadata));
  }

  /** Forgets the scores of a task. */
  public void clear(String task) {
    marks.remove(task);
  }

  /** The number of scores of a task. */
  public int count(String task) {
    return marks.getOrDefault(task, List.of()).size();
  }

  /**
   * The scores of every task by group, in the order in which groups first occurred.
   *
   * @param last only so many of a task's latest scores
   */
  public Map<String, GroupedScores> aggregate(OptionalInt last) {
    Map<String, GroupedScores> all = new LinkedHashMap<>();
    marks.forEach((task, scores) -> all.put(task, grouped(task, scores, last)));
    return Collections.unmodifiableMap(all);
  }

  private static GroupedScores grouped(String task, List<Mark> scores, OptionalInt last) {
    int from = last.isPresent() ? Math.max(0, scores.size() - last.getAsInt()) : 0;
    Map<List<Map.Entry<String, JsonNode>>, List<Double>> groups = new LinkedHashMap<>();
    for (Mark mark : scores.subList(from, scores.size())) {
      groups.computeIfAbsent(key(task, mark.metadata()), k -> new ArrayList<>()).add(mark.score());
    }
    return new GroupedScores(
        groups.entrySet().stream()
            .map(e -> new GroupedScores.Group(e.getKey(), e.getValue()))
            .collect(Collectors.toList()));
  }

  /** The source, then the difficulty by name, or all other metadata where there is none. */
  private static List<Map.Entry<String, JsonNode>> key(String task, ObjectNode metadata) {
    SortedMap<String, JsonNode> facts = new TreeMap<>();
    JsonNode facet = Optional.ofNullable(metadata.get("difficulty")).orElse(metadata);
    for (Map.Entry<String, JsonNode> fact : facet.properties()) {
      if (!SOURCE.contains(fact.getKey())) {
        facts.put(fact.getKey(), fact.getValue());
      }
    }
    JsonNode source = metadata.path("source_dataset");
    List<Map.Entry<String, JsonNode>> key = new ArrayList<>();
    key.add(Map.entry("source", source.isMissingNode() ? TextNode.valueOf(task) : source));
    facts.forEach((name, value) -> key.add(Map.entry(name, value)));
    return List.copyOf(key);
  }
}
