package io.amalgam.verifiers.task.arithmetic.gsm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** The plots of stories 50 to 59. */
final class Plots50 {
  private static final List<Integer> DICE = List.of(4, 6, 8, 10, 12, 20);
  private static final double PERCENT = 100;
  private static final int TWO_IN_A_ROW = 25;
  private static final int LONGEST_WAY = 100;

  private Plots50() {}

  static Map<Integer, Plot> all() {
    return Map.of(
        50, Plots50::puzzlePieces,
        51, Plots50::outing,
        52, Plots50::writingLetters,
        53, Plots50::rollingDice,
        54, Plots50::wayHome,
        55, Plots50::insects,
        56, Plots50::flavors,
        57, Plots50::sportsGroups,
        58, Plots50::drinking,
        59, Plots50::intervals);
  }

  private static void puzzlePieces(Scene scene) {
    scene.choose("name", "names");
    scene.step("pieces1", 100, 500, 2);
    scene.step("pieces2", 300, 1000, 2);
  }

  private static void outing(Scene scene) {
    scene.choose("name", "names");
    scene.choose("parent", "parents");
    scene.choose("activity1", "activities1");
    scene.choose("activity2", "activities2");
    scene.choose("activity3", "activities3");
    scene.choose("cur", "currencies");
    int times = scene.choose("times", "times_options").intValue();
    int each = scene.draw("tokens", 3, 11);
    each += scene.draw("cost1", 3, 11);
    each += scene.draw("cost2", 5, 21) * times;
    scene.set("budget", each * scene.draw(2, 10));
  }

  /** The fraction of the alphabet is a whole number of letters. */
  private static void writingLetters(Scene scene) {
    scene.choose("name", "names");
    JsonNode alphabet = scene.choice("alphabets");
    scene.choose("n1", "multi_times");
    double fraction = scene.choose("frac", "fraction_alnum").doubleValue();
    while (!Numbers.isWhole(alphabet.get(1).intValue() * fraction)) {
      alphabet = scene.choice("alphabets");
    }
    scene.set("alphabet_name", alphabet.get(0));
    scene.set("alphabet_count", alphabet.get(1));
  }

  /** The target divides the sides above it, and these are a whole percentage above 25. */
  private static void rollingDice(Scene scene) {
    scene.choose("name", "names");
    scene.choose("property", "properties");
    int sides = scene.choose("sides", DICE);
    double chance;
    int target;
    do {
      target = scene.draw("target", 1, sides - 1);
      chance = (sides - target) / (double) sides * PERCENT;
    } while ((sides - target) % target != 0 || !Numbers.isWhole(chance) || chance <= TWO_IN_A_ROW);
  }

  /** None of the times is a multiple of five. */
  private static void wayHome(Scene scene) {
    scene.sample("names", "name1", "name2");
    scene.sample("locations", "location1", "location2", "location3");
    int library = oddTime(scene, "library_time", 10, 30);
    int station = oddTime(scene, "station_time", 10, 70);
    oddTime(scene, "total_time", library + station + 5, 140);
  }

  private static int oddTime(Scene scene, String name, int low, int high) {
    int time = scene.draw(name, low, high);
    while (time % 5 == 0) {
      time = scene.draw(name, low, high);
    }
    return time;
  }

  private static void insects(Scene scene) {
    scene.choose("name", "names");
    scene.choose("place", "places");
    scene.choose("fruit", "fruits");
    scene.choose("location", "locations");
    scene.sample("insects", "insect1", "insect2");
    int count = scene.draw(20, 200);
    scene.set("n", count + count % 2);
    scene.set("frac", "half");
  }

  private static void flavors(Scene scene) {
    scene.choose("family", "families");
    scene.choose("item", "items");
    scene.sample("flavors", "flavor1", "flavor2", "flavor3");
    int total = scene.step("total", 5000, 10_000, 25);
    int first;
    int second;
    do {
      first = scene.draw("n1", 1000, 3000);
      second = scene.draw("n2", 1000, 3000);
    } while (first + second >= total);
  }

  private static void sportsGroups(Scene scene) {
    scene.sample("sports", "sport1", "sport2", "sport3");
    scene.set("multiplier", 2);
    scene.draw("n1", 4, 21);
    scene.draw("n2", 10, 31);
    scene.draw("n3", 10, 31);
  }

  private static void drinking(Scene scene) {
    scene.choose("name", "names");
    scene.choose("container", "containers");
    scene.choose("liquid", "liquids");
    scene.choose("unit", "units");
    scene.draw("volume", 6, 16);
    scene.draw("num_containers", 2, 6);
    scene.draw("calories", 2, 10);
  }

  private static void intervals(Scene scene) {
    int distance = scene.draw("distance_per_interval", 2, LONGEST_WAY / 2);
    int count = scene.draw(2, Math.min(20, LONGEST_WAY / distance));
    scene.set("total_distance", distance * count);
    scene.draw("time_per_interval", 2, 500);
  }
}
