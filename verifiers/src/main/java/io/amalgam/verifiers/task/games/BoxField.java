package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonRepr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Squares in rows and columns with coloured boxes and targets on them. */
final class BoxField {
  static final String BOX = "box_";
  static final String TARGET = "target_";

  /** What lies on a square, by the coordinates of its centre, {@code 0.5_1.5}. */
  private final Map<String, List<String>> squares = new LinkedHashMap<>();

  private BoxField() {}

  /** Draws a field with a number of boxes and as many targets per colour. */
  static BoxField draw(
      PythonRandom random,
      int rows,
      int columns,
      List<String> colours,
      int minBoxes,
      int maxBoxes) {
    BoxField field = new BoxField();
    for (int i = 0; i < rows * columns; i++) {
      field.squares.put(name(i / columns, i % columns), new ArrayList<>());
    }
    List<List<String>> inOrder = new ArrayList<>(field.squares.values());
    for (String colour : colours) {
      int boxes = random.randint(minBoxes, maxBoxes);
      for (int i = 0; i < boxes; i++) {
        int box = random.randint(0, rows * columns - 1);
        int target = random.randint(0, rows * columns - 1);
        inOrder.get(box).add(BOX + colour);
        inOrder.get(target).add(TARGET + colour);
      }
    }
    return field;
  }

  /** The field of a recorded problem. */
  static BoxField of(JsonNode recorded) {
    BoxField field = new BoxField();
    recorded
        .fields()
        .forEachRemaining(
            square -> {
              List<String> items = new ArrayList<>();
              square.getValue().forEach(item -> items.add(item.textValue()));
              field.squares.put(square.getKey(), items);
            });
    return field;
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    squares.forEach(
        (name, items) -> {
          ArrayNode list = JsonNodeFactory.instance.arrayNode(items.size());
          items.forEach(list::add);
          json.set(name, list);
        });
    return json;
  }

  boolean hasSquare(String name) {
    return squares.containsKey(name);
  }

  boolean holds(String square, String item) {
    return squares.getOrDefault(square, List.of()).contains(item);
  }

  /** Takes a box and its target off a square. */
  void match(String square, String box, String target) {
    squares.getOrDefault(square, List.of()).remove(box);
    squares.getOrDefault(square, List.of()).remove(target);
  }

  /** Moves an item from one square to the end of another; both exist. */
  void move(String from, String to, String item) {
    squares.getOrDefault(from, List.of()).remove(item);
    squares.getOrDefault(to, List.of()).add(item);
  }

  int boxes() {
    return (int)
        squares.values().stream().flatMap(List::stream).filter(i -> i.startsWith(BOX)).count();
  }

  private static String name(int row, int column) {
    return row + ".5_" + column + ".5";
  }

  private static String center(int row, int column) {
    return "[" + row + ".5, " + column + ".5]";
  }

  /** What the agent of every square of a drawn field sees and can do, one line each. */
  String describe(int columns) {
    StringBuilder text = new StringBuilder();
    List<String> centers = new ArrayList<>(squares.size());
    for (int i = 0; i < squares.size(); i++) {
      centers.add(center(i / columns, i % columns));
    }
    int square = 0;
    for (List<String> items : squares.values()) {
      List<String> neighbours = items.isEmpty() ? List.of() : neighbours(centers, columns, square);
      text.append("Agent")
          .append(centers.get(square))
          .append(": I am in square")
          .append(centers.get(square))
          .append(", I can observe ")
          .append(PythonRepr.ofStrings(items))
          .append(", I can do ")
          .append(PythonRepr.ofStrings(actions(items, neighbours)))
          .append('\n');
      square++;
    }
    return text.toString();
  }

  /** The centres of the squares next to one, of all centres row by row. */
  private static List<String> neighbours(List<String> centers, int columns, int square) {
    List<String> neighbours = new ArrayList<>(4);
    if (square >= columns) {
      neighbours.add(centers.get(square - columns));
    }
    if (square + columns < centers.size()) {
      neighbours.add(centers.get(square + columns));
    }
    if (square % columns > 0) {
      neighbours.add(centers.get(square - 1));
    }
    if (square % columns < columns - 1) {
      neighbours.add(centers.get(square + 1));
    }
    return neighbours;
  }

  private static List<String> actions(List<String> items, List<String> neighbours) {
    List<String> actions = new ArrayList<>();
    for (String item : items) {
      if (item.startsWith(BOX)) {
        for (String center : neighbours) {
          actions.add("move(" + item + ", square" + center + ")");
        }
        String target = TARGET + item.substring(BOX.length());
        if (items.contains(target)) {
          actions.add("move(" + item + ", " + target + ")");
        }
      }
    }
    return actions;
  }
}
