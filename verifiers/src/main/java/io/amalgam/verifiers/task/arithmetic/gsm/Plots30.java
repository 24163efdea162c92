package io.amalgam.verifiers.task.arithmetic.gsm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The plots of stories 30 to 39. */
final class Plots30 {
  private static final double PERCENT = 100;
  private static final int WEEK = 7;
  private static final int MOST_ABSENT = 8;

  private Plots30() {}

  static Map<Integer, Plot> all() {
    return Map.of(
        30, Plots30::hobbies,
        31, Plots30::slicedFruit,
        33, Plots30::dailyRates,
        34, Plots30::treasureHunt,
        36, Plots30::exam,
        38, Plots30::knitting,
        39, Plots30::absentPupils);
  }

  private static void hobbies(Scene scene) {
    scene.choose("group", "groups");
    scene.choose("hobby2", "sports");
    scene.sample("hobbies", "hobby1", "hobby3", "hobby4");
    int all;
    int others;
    do {
      all = scene.draw("n", 20, 200);
      others = 3 * scene.draw("n_2", 2, all / 6);
      others += scene.draw("n_1", 2, all / 3);
    } while (others >= all);
  }

  private static void slicedFruit(Scene scene) {
    scene.choose("name", "names");
    scene.choose("fruit", "fruits");
    scene.sample("siblings", "sibling1", "sibling2");
    int total = scene.draw("total", 22, 33);
    int first = scene.set("n1", 3);
    int left = total - 3 * first;
    left -= 2 * scene.draw("n2", 5, Math.max(5, Math.min(13, left / 2)));
    scene.draw("n3", 3, Math.max(3, Math.min(14, left)));
  }

  /** Both together take a number that seven divides. */
  private static void dailyRates(Scene scene) {
    scene.sample("names", "name1", "name2");
    int multiplier = scene.choose("mult", "multi_times").intValue();
    List<Integer> fitting =
        IntStream.rangeClosed(30, 100)
            .filter(n -> n * (1 + multiplier) % WEEK == 0)
            .boxed()
            .toList();
    scene.choose("n", fitting);
  }

  private static void treasureHunt(Scene scene) {
    scene.choose("event", "events");
    scene.choose("item", "items");
    scene.choose("family", "families");
    int total = scene.step("total", 50, 201, 10);
    int found;
    do {
      found = 2 * scene.draw("n", 10, 51);
      found += scene.draw("m", 5, 21);
    } while (found >= total);
  }

  /** Numbers of questions come out whole, in floating point as the original computes them. */
  private static void exam(Scene scene) {
    double easy;
    double easyRight;
    double otherRight;
    do {
      int questions = scene.step("n", 10, 151, 10);
      double share = scene.step("p1", 5, 71, 5) / PERCENT;
      easy = questions * share;
      easyRight = easy * (scene.step("r1", 5, 101, 5) / PERCENT);
      otherRight = questions * (1 - share) * 0.5;
    } while (!Numbers.isWhole(easy) || !Numbers.isWhole(easyRight) || !Numbers.isWhole(otherRight));
    scene.choose("name", "names");
    scene.sample("subjects", "s1", "s2", "s3");
  }

  private static void knitting(Scene scene) {
    scene.choose("name", "names");
    JsonNode children = scene.choice("children_types");
    scene.set("child_type", children.get(0));
    scene.set("count", children.get(1));
    scene.sample("clothing_items", "item1", "item2", "item3");
    scene.sample("accessories", "item4", "item5");
    for (String number : List.of("n1", "n2", "n3", "n4", "n5")) {
      scene.draw(number, 3, 19);
    }
  }

  private static void absentPupils(Scene scene) {
    scene.choose("school_name", "school_names");
    scene.choose("grade", "grades");
    scene.choose("day", "days");
    int total = scene.draw("total", 40, 150);
    int girls = scene.draw("num_girls", 20, total - 20);
    scene.draw("absent_girls", 2, mostAbsent(girls));
    scene.draw("absent_boys", 2, mostAbsent(total - girls));
  }

  private static int mostAbsent(int pupils) {
    return Math.max(3, Math.min(pupils / 4, MOST_ABSENT));
  }
}
