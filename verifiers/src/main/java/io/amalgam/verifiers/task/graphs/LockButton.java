package io.amalgam.verifiers.task.graphs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A button of a lock.
 *
 * @param name its letter
 * @param operation {@code add}, {@code subtract} or {@code multiply}
 * @param value what is added, taken away or multiplied by
 * @param light at which light it works: {@code red}, {@code green} or {@code any}
 */
record LockButton(char name, String operation, int value, String light) {
  static final String RED = "red";
  private static final String GREEN = "green";
  private static final String ANY = "any";

  /** A number this large does not come back to a target by any sequence that fits in memory. */
  static final long FAR = 1L << 48;

  private static final String ADD = "add";
  private static final String SUBTRACT = "subtract";
  private static final String MULTIPLY = "multiply";

  private static final List<String> LIGHTS = List.of(ANY, GREEN, RED);
  private static final double[] WEIGHTS = {4, 2, 1};

  /** Draws three buttons that differ in more than their letters. */
  static List<LockButton> drawThree(PythonRandom random, int difficulty) {
    List<Integer> amounts = difficulty >= 5 ? List.of(2, 3) : List.of(1, 2);
    List<Integer> factors = difficulty >= 7 ? List.of(2, 3) : List.of(2);
    List<LockButton> buttons = new ArrayList<>();
    while (buttons.size() < 3) {
      String operation = random.choice(List.of(ADD, SUBTRACT, MULTIPLY));
      int value = random.choice(operation.equals(MULTIPLY) ? factors : amounts);
      String light = random.choices(LIGHTS, WEIGHTS, 1).get(0);
      LockButton drawn = new LockButton((char) ('A' + buttons.size()), operation, value, light);
      if (buttons.stream().noneMatch(drawn::doesTheSame)) {
        buttons.add(drawn);
      }
    }
    return buttons;
  }

  static LockButton of(JsonNode json) {
    return new LockButton(
        json.get("name").textValue().charAt(0),
        json.get("type").textValue(),
        json.get("value").intValue(),
        json.get("active_state").textValue());
  }

  private boolean doesTheSame(LockButton other) {
    return operation.equals(other.operation) && value == other.value && light.equals(other.light);
  }

  boolean worksAt(boolean red) {
    return light.equals(ANY) || light.equals(red ? RED : GREEN);
  }

  long press(long number) {
    return switch (operation) {
      case ADD -> number + value;
      case SUBTRACT -> number - value;
      default -> number * value;
    };
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", String.valueOf(name))
        .put("type", operation)
        .put("value", value)
        .put("active_state", light);
  }

  /** The button as a question shows it. */
  String line() {
    String title = operation.substring(0, 1).toUpperCase(Locale.ROOT) + operation.substring(1);
    return name + ": " + title + " " + value + " (when " + light + ")";
  }
}
