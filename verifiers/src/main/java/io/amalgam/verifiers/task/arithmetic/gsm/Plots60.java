package io.amalgam.verifiers.task.arithmetic.gsm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The plots of stories 60 to 69. */
final class Plots60 {
  private static final List<String> WORKDAYS =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday");
  private static final int MINUTES = 60;
  private static final int DOZEN = 12;
  private static final int MOST_PAGES = 325;

  private Plots60() {}

  static Map<Integer, Plot> all() {
    return Map.of(
        60, Plots60::beachWalk,
        62, Plots60::sharedFood,
        64, Plots60::dozensOfEggs,
        66, Plots60::episodes,
        67, Plots60::threeDaysOfFruit,
        68, Plots60::spreadingDisease,
        69, Plots60::pagesWritten);
  }

  /** The walk on the beach takes a whole number of minutes per unit. */
  private static void beachWalk(Scene scene) {
    scene.choose("name", "names");
    scene.choose("unit", "units");
    scene.set("speed_mult", 2);
    int beach = scene.draw("beach_dist", 10, 15);
    List<Integer> fitting =
        IntStream.rangeClosed(40, 65).filter(time -> time % beach == 0).boxed().toList();
    int time = scene.choose("beach_time", fitting);
    scene.set("beach_rate", Numbers.fraction(beach, time));
    scene.set("sidewalk_rate", Numbers.fraction(2 * beach, time));
    scene.set("total_dist", beach + scene.draw("sidewalk_dist", 10, 15));
  }

  private static void sharedFood(Scene scene) {
    scene.choose("item", "items");
    scene.choose("unit", "units");
    scene.sample("names", "name1", "name2");
    int multiplier = scene.set("multiplier", 2);
    int daily = scene.draw("slices_per_day", 2, 6) * (1 + multiplier);
    scene.set("num_slices", daily * scene.draw(2, 8));
  }

  private static void dozensOfEggs(Scene scene) {
    scene.choose("name", "names");
    int first = scene.draw("n1", 2, 6);
    int second = scene.draw("n2", 4, 8);
    while (second <= first) {
      second = scene.draw("n2", 4, 8);
    }
    int eggs;
    do {
      eggs = first * scene.draw("d1", 20, 110);
      eggs += second * scene.draw("d2", 20, 110);
    } while (eggs % DOZEN != 0);
  }

  private static void episodes(Scene scene) {
    ArrayNode weekdays = JsonNodeFactory.instance.arrayNode();
    WORKDAYS.forEach(weekdays::add);
    scene.set("weekdays", weekdays);
    scene.choose("name", "names");
    int twice = scene.draw("hour1", 3, 7);
    int once = scene.draw("hour2", 2, 7);
    int twiceMore = scene.draw("hour3", 2, 6);
    int episode = scene.set("min1", 5 * scene.draw(1, 12));
    int part = scene.set("min2", 5 * scene.draw(1, 11));
    scene.set("min1_hours", Numbers.fraction(episode, MINUTES));
    scene.set("min2_hours", Numbers.fraction(part, MINUTES));
    int count = scene.draw("num_wed_episodes", 1, 8);
    scene.set(
        "total_hours",
        2 * twice
            + once
            + part / (double) MINUTES
            + 2 * twiceMore
            + count * episode / (double) MINUTES);
  }

  private static void threeDaysOfFruit(Scene scene) {
    scene.choose("name", "names");
    scene.choose("fruit", "fruits");
    scene.sample("weekdays", "d1", "d2", "d3");
    scene.choose("mult", "multipliers");
    scene.draw("n1", 30, 400);
    scene.draw("n2", 50, 400);
  }

  private static void spreadingDisease(Scene scene) {
    scene.choose("disease", "diseases");
    scene.set("d", 3);
    scene.draw("n0", 5, 20);
    scene.draw("r", 2, 7);
  }

  /** The pages written are found in floating point, as in the original. */
  private static void pagesWritten(Scene scene) {
    scene.choose("name", "names");
    scene.choose("document", "documents");
    String[] terms = scene.choose("fraction", "fractions").textValue().split("/", 2);
    int denominator = Integer.parseInt(terms[1]);
    double fraction = Integer.parseInt(terms[0]) / (double) denominator;
    int total = scene.set("total_pages", denominator * scene.draw(1, MOST_PAGES / denominator));
    int done = scene.set("pages_done", (int) (total * fraction));
    scene.set("pages_remaining", total - done);
  }
}
