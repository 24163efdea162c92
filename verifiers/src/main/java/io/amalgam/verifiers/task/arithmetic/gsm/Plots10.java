package io.amalgam.verifiers.task.arithmetic.gsm;

import java.util.Map;

/** The plots of stories 10 to 19. */
final class Plots10 {
  private static final int FEWEST_PATIENTS = 20;
  private static final int WEEK = 7;

  private Plots10() {}

  static Map<Integer, Plot> all() {
    return Map.of(
        10, Plots10::agesOfTwo,
        11, Plots10::twoFoods,
        12, Plots10::puzzlesInFreeTime,
        13, Plots10::waterSlides,
        14, Plots10::timesOfThreeDays,
        15, Plots10::sportsOutfit,
        16, Plots10::friendsOnline,
        17, Plots10::bedsInHospital,
        18, Plots10::scoreOfTwo,
        19, Plots10::popcorn);
  }

  private static void agesOfTwo(Scene scene) {
    scene.choose("name1", "names_male");
    scene.choose("name2", "names_female");
    scene.choose("relation_type", "relation_types");
    scene.draw("age1", 8, 25);
    scene.draw("years", 2, 10);
    scene.draw("mult", 2, 5);
  }

  private static void twoFoods(Scene scene) {
    scene.choose("name", "names");
    scene.sample("foods", "food1", "food2");
    scene.draw("mult", 2, 4);
    scene.draw("n", 20, 100);
    int bought = scene.draw("m", 30, 100);
    scene.draw("k", 10, Math.min(bought, 50));
  }

  /** The first game takes longer. */
  private static void puzzlesInFreeTime(Scene scene) {
    scene.choose("name", "names");
    scene.sample("games", "game1", "game2");
    scene.choose("period", "periods");
    int first;
    int second;
    do {
      first = scene.draw("time1", 5, 30);
      second = scene.draw("time2", 3, 20);
    } while (first <= second);
    scene.draw("num1", 2, 10);
    scene.draw("num2", 4, 15);
  }

  /** The first slide is longer and slower. */
  private static void waterSlides(Scene scene) {
    scene.choose("park_name", "parks");
    scene.choose("unit", "units");
    int fives = scene.draw(8, 12);
    int slow = scene.set("speed1", 5 * fives);
    int fast = scene.set("speed2", 5 * scene.draw(fives + 2, 16));
    int shortTime = scene.draw(3, 5);
    int longTime = shortTime + scene.draw(1, 2);
    int length = scene.set("length2", fast * shortTime);
    scene.set("length1", slow * longTime > length ? slow * longTime : slow * (longTime + 1));
  }

  private static void timesOfThreeDays(Scene scene) {
    scene.choose("name", "names");
    scene.sample("weekdays", "day1", "day2", "day3");
    scene.choose("mult", "multipliers");
    scene.draw("time1", 10, 60);
    scene.draw("time2", 10, 60);
  }

  private static void sportsOutfit(Scene scene) {
    scene.choose("name", "names");
    scene.choose("sport", "sports");
    scene.choose("item1", "items1");
    scene.choose("item2", "items2");
    scene.choose("item3", "items3");
    scene.choose("item4", "items4");
    scene.choose("currency", "currencies");
    scene.draw("price1", 8, 25);
    scene.draw("price2", 3, 15);
    scene.draw("price4", 5, 15);
    scene.draw("discount", 1, 5);
    scene.set("price3", scene.draw(30, 80) / 2 * 2);
  }

  private static void friendsOnline(Scene scene) {
    scene.sample("names", "name1", "name2", "name3");
    scene.choose("platform", "platforms");
    int first = scene.draw("mult1", 2, 5);
    int second;
    do {
      second = scene.draw("mult2", 2, 5);
    } while (second == first);
    scene.set("n", first * scene.draw(4, 20));
  }

  /** The free beds are enough for the patients of some weeks. */
  private static void bedsInHospital(Scene scene) {
    scene.choose("facility", "facilities");
    scene.choose("item", "items");
    scene.choose("event", "events");
    int denominator = scene.choose("denominator", "denominators").intValue();
    scene.set("frac", "1/" + denominator);
    int total = scene.set("total", denominator * 100 * scene.draw(5, 15));
    int free = total - total / denominator;
    int weeks = scene.draw("period", 2, 4);
    int fives = free / (weeks * WEEK) / 5;
    if (5 * fives <= FEWEST_PATIENTS) {
      weeks = scene.set("period", 2);
      fives = free / (weeks * WEEK) / 5;
    }
    scene.set("daily", 5 * scene.draw(FEWEST_PATIENTS / 5, fives));
  }

  private static void scoreOfTwo(Scene scene) {
    scene.sample("names", "name1", "name2");
    scene.choose("game", "games");
    double fraction = scene.choose("frac", "fractions").doubleValue();
    int score = scene.draw("n1", 200, 500);
    scene.draw("n2", 5, 50);
    while (!Numbers.isWhole(fraction * score)) {
      score = scene.draw("n1", 200, 500);
    }
  }

  /** The last interval's kernels can be divided by eight. */
  private static void popcorn(Scene scene) {
    scene.choose("name", "names");
    scene.choose("pan", "pans");
    int kernels = scene.step("initial_kernels", 10, 101, 10);
    scene.step("time_interval", 10, 31, 2);
    int second = scene.draw("multiplier_2", 2, 5);
    int third;
    do {
      third = scene.draw("multiplier_3", second + 1, 8);
    } while (third * kernels % 8 != 0);
  }
}
