package io.amalgam.verifiers.task.arithmetic.gsm;

import java.util.Map;

/** The plots of stories 70 to 78. */
final class Plots70 {
  private static final double HALF = 0.5;

  private Plots70() {}

  static Map<Integer, Plot> all() {
    return Map.of(
        70, Plots70::droppedMarbles,
        71, Plots70::pastries,
        72, Plots70::bricks,
        73, Plots70::gingerbread,
        75, Plots70::paintedThings,
        78, Plots70::averageAge);
  }

  /** More is found than is fake; if too few were dropped for that, all grow. */
  private static void droppedMarbles(Scene scene) {
    scene.choose("name", "names");
    String objects = scene.choose("objects", "objects").textValue();
    scene.choose("obstacle", "obstacles");
    scene.chooseOther("fake_object", "fake_objects", objects);
    double fraction = scene.choose("frac", "fractions").doubleValue();
    int step = fraction == HALF ? 2 : 4;
    int dropped = (int) (scene.step("n", atLeast(10, step), 101, step) * fraction);
    int fake = scene.draw("fake_num", 2, Math.min(10, dropped));
    if (fake + 1 < dropped) {
      scene.draw("k", fake + 1, Math.min(dropped, 20));
    } else {
      scene.set("k", fake + 1);
      scene.set("n", atLeast((int) ((fake + 2) / fraction), step));
    }
  }

  /** The least multiple of a step that is no less than a number. */
  private static int atLeast(int number, int step) {
    return (number + step - 1) / step * step;
  }

  private static void pastries(Scene scene) {
    scene.choose("name", "names");
    scene.choose("shop", "shops");
    scene.choose("item", "items");
    scene.choose("item1", "item1_options");
    scene.choose("item2", "item2_options");
    scene.choose("item3", "item3_options");
    scene.draw("n1", 1, 10);
    scene.draw("n2", 4, 10);
    scene.draw("n3", 2, 10);
    scene.draw("p1", 11, 21);
    scene.draw("p2", 73, 90);
    scene.draw("p3", 112, 120);
  }

  private static void bricks(Scene scene) {
    scene.choose("structure", "structures");
    scene.choose("obj", "objects");
    scene.sample("colors", "color1", "color2", "color3");
    int first = scene.draw("n1", 2, 10);
    int multiplier = scene.set("mult", 2);
    int least = first * (1 + multiplier) + 1;
    scene.draw("total", least, least + 20);
  }

  private static void gingerbread(Scene scene) {
    scene.choose("name", "names");
    scene.choose("fruit", "fruits");
    scene.choose("food", "foods");
    scene.sample("weekdays", "d1", "d2");
    scene.choose("currency", "currencies");
    scene.draw("n1", 21, 30);
    scene.draw("n2", 11, 15);
    scene.draw("m2", 21, 30);
    scene.draw("m1", 11, 20);
    scene.draw("cn", 7, 13);
    scene.draw("cm", 20, 33);
  }

  private static void paintedThings(Scene scene) {
    scene.sample("names", "name1", "name2");
    scene.sample("colors", "color1", "color2");
    scene.draw("n1", 2, 20);
    scene.draw("n2", 2, 20);
    scene.set("frac1", HALF);
    scene.set("mult1", 3.0);
  }

  /** The ages differ by an even number. */
  private static void averageAge(Scene scene) {
    scene.sample("names", "name1", "name2");
    int difference = scene.draw(5, 30);
    scene.set("age_diff", difference + difference % 2);
    scene.draw("age1", 15, 75);
  }
}
