package io.amalgam.verifiers.task.arithmetic.gsm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One problem in the making: the values drawn so far, by name. */
final class Scene {
  private final Story story;
  private final PythonRandom random;
  private final Map<String, JsonNode> values = new HashMap<>();

  private Scene(Story story, PythonRandom random) {
    this.story = story;
    this.random = random;
  }

  /** Draws the details of a story and finds what follows from them. */
  static Scene of(Story story, Plot plot, PythonRandom random) {
    Scene scene = new Scene(story, random);
    plot.draw(scene);
    story.values().forEach((name, formula) -> scene.values.put(name, formula.value(scene::value)));
    return scene;
  }

  /** A value that is known. */
  JsonNode value(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("story " + story.id() + " has no value " + name);
    }
    return value;
  }

  /** Chooses an element of a list without naming it. */
  JsonNode choice(String list) {
    return random.choice(story.list(list));
  }

  /** Chooses an element of a list. */
  JsonNode choose(String name, String list) {
    JsonNode chosen = choice(list);
    values.put(name, chosen);
    return chosen;
  }

  /** Chooses an element of a list that differs from a text. */
  void chooseOther(String name, String list, String excluded) {
    values.put(
        name,
        random.choice(
            story.list(list).stream().filter(e -> !e.textValue().equals(excluded)).toList()));
  }

  /** Chooses a whole number from those at hand. */
  int choose(String name, List<Integer> options) {
    return set(name, random.choice(options));
  }

  /** Chooses different elements of a list. */
  void sample(String list, String... names) {
    List<JsonNode> chosen = random.sample(story.list(list), names.length);
    for (int i = 0; i < names.length; i++) {
      values.put(names[i], chosen.get(i));
    }
  }

  /** Draws a whole number, both bounds included. */
  int draw(String name, int low, int high) {
    return set(name, random.randint(low, high));
  }

  /** Draws a whole number without naming it, both bounds included. */
  int draw(int low, int high) {
    return random.randint(low, high);
  }

  /** Draws one of the numbers {@code start, start + step, …} below {@code stop}. */
  int step(String name, int start, int stop, int step) {
    return set(name, start + step * random.randint(0, Math.floorDiv(stop - 1 - start, step)));
  }

  /** Draws a float between two bounds. */
  double uniform(double low, double high) {
    return random.uniform(low, high);
  }

  /** Sets a whole number. */
  int set(String name, int value) {
    values.put(name, Formula.whole(value));
    return value;
  }

  /** Sets a float. */
  double set(String name, double value) {
    values.put(name, DoubleNode.valueOf(value));
    return value;
  }

  /** Sets a text. */
  void set(String name, String value) {
    values.put(name, TextNode.valueOf(value));
  }

  /** Sets any value. */
  void set(String name, JsonNode value) {
    values.put(name, value);
  }
}
