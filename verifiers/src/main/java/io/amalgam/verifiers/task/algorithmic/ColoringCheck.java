package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a colouring written as JSON with the original's dynamic semantics: a map from vertex to
 * colour is meant, but a list is read as position to colour for vertices that occur in it, {@code
 * 1.0} and {@code true} are the colour 1, and anything that a look-up cannot be made in is no
 * colouring.
 */
final class ColoringCheck {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private static final double VALID = 1.0;
  private static final double WRONG = 0.01;
  private static final double UNREADABLE = 0.0;

  private ColoringCheck() {}

  static double score(JsonNode puzzle, Optional<String> answer) {
    if (answer.isEmpty()) {
      return UNREADABLE;
    }
    try {
      JsonNode coloring = JSON.readTree(answer.get());
      return coloring.isMissingNode() ? UNREADABLE : check(puzzle, coloring);
    } catch (JsonProcessingException e) {
      return UNREADABLE;
    }
  }

  private static double check(JsonNode puzzle, JsonNode coloring) {
    JsonNode vertices = puzzle.get("vertices");
    if (vertices.isEmpty()) {
      return VALID;
    }
    if (!coloring.isContainerNode()) {
      return UNREADABLE;
    }
    Set<Double> listed = new HashSet<>();
    Set<String> listedTexts = new HashSet<>();
    if (coloring.isArray()) {
      coloring.forEach(element -> number(element).ifPresent(listed::add));
      for (JsonNode element : coloring) {
        if (element.isTextual()) {
          listedTexts.add(element.textValue());
        }
      }
    }
    Map<Integer, JsonNode> colors = new LinkedHashMap<>();
    for (JsonNode node : vertices) {
      int vertex = node.intValue();
      String name = Integer.toString(vertex);
      boolean assigned = coloring.isArray() ? listed.contains((double) vertex) : coloring.has(name);
      if (!assigned) {
        // In a list the name of a vertex may be found but is no position.
        return listedTexts.contains(name) ? UNREADABLE : WRONG;
      }
      JsonNode color = coloring.isArray() ? coloring.get(vertex) : coloring.get(name);
      if (color == null) {
        return UNREADABLE;
      }
      colors.put(vertex, color);
    }
    return checkColors(puzzle, colors);
  }

  private static double checkColors(JsonNode puzzle, Map<Integer, JsonNode> colors) {
    Map<Integer, Double> chosen = new HashMap<>();
    for (Map.Entry<Integer, JsonNode> color : colors.entrySet()) {
      if (color.getValue().isContainerNode()) {
        return UNREADABLE;
      }
      Optional<Double> option = option(puzzle.get("color_options"), color.getValue());
      if (option.isEmpty()) {
        return WRONG;
      }
      chosen.put(color.getKey(), option.get());
    }
    for (JsonNode edge : puzzle.get("edges")) {
      Double from = chosen.get(edge.get(0).intValue());
      if (from != null && from.equals(chosen.get(edge.get(1).intValue()))) {
        return WRONG;
      }
    }
    return VALID;
  }

  private static Optional<Double> option(JsonNode options, JsonNode color) {
    Optional<Double> value = number(color);
    for (JsonNode option : options) {
      if (value.isPresent() && value.get() == option.doubleValue()) {
        return value;
      }
    }
    return Optional.empty();
  }

  /**
   * The value under which Python compares a number or truth value; large whole numbers are never
   * vertices or colours.
   */
  private static Optional<Double> number(JsonNode node) {
    if (node.isBoolean()) {
      return Optional.of(node.booleanValue() ? 1.0 : 0.0);
    }
    return node.isNumber() ? Optional.of(node.doubleValue()) : Optional.empty();
  }
}
