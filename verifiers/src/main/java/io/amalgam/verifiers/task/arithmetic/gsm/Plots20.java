package io.amalgam.verifiers.task.arithmetic.gsm;

import java.util.Map;

/** The plots of stories 20 to 29. */
final class Plots20 {
  private static final int MONEY_STEP = 10_000;
  private static final int LEAST_CALORIES = 1900;
  private static final double PERCENT = 100;

  private Plots20() {}

  static Map<Integer, Plot> all() {
    return Map.of(
        20, Plots20::fullTrays,
        21, Plots20::flowerBed,
        22, Plots20::buyingProperty,
        23, Plots20::payingAnExpert,
        24, Plots20::comet,
        25, Plots20::caloriesLeft,
        26, Plots20::shareOfBalls,
        27, Plots20::collectingRubbish,
        28, Plots20::dearerTea,
        29, Plots20::spottedPuppies);
  }

  private static void fullTrays(Scene scene) {
    scene.choose("name", "names");
    scene.choose("obj", "objects");
    scene.choose("surface", "surfaces");
    int capacity = scene.draw("capacity", 20, 51);
    int trays = scene.draw("num_trays", 2, 7);
    scene.set("total", capacity * trays + scene.draw(1, 20));
  }

  private static void flowerBed(Scene scene) {
    scene.choose("name", "names");
    scene.choose("unit_length", "units");
    scene.choose("currency", "currencies");
    double space = scene.choose("space", "spaces").doubleValue();
    scene.set("length", scene.draw(80, 120) * space);
    scene.draw("owned", 10, 30);
    scene.draw("cost", 3, 8);
    scene.draw("plant_width", 2, 8);
  }

  /** The price with its fees exceeds the budget. */
  private static void buyingProperty(Scene scene) {
    scene.choose("name", "names");
    scene.choose("property_type", "property_types");
    int budget = scene.step("budget", 300_000, 500_000, MONEY_STEP);
    int price = scene.step("price", 250_000, budget, MONEY_STEP);
    double brokerage = scene.draw("brokerage_fee", 3, 8) / PERCENT;
    double transfer = scene.draw("transfer_fee", 10, 15) / PERCENT;
    while (price * (1 + brokerage + transfer) <= budget + 1) {
      price = scene.step("price", 250_000, budget, MONEY_STEP);
    }
  }

  /** The lost income exceeds the fee. */
  private static void payingAnExpert(Scene scene) {
    scene.choose("name", "names");
    scene.choose("task", "tasks");
    scene.choose("profession", "professions");
    scene.choose("work_type", "work_types");
    scene.choose("currency", "currencies");
    int lost;
    do {
      lost = scene.draw("hours", 4, 14) * scene.draw("rate", 20, 100);
    } while (lost <= scene.draw("fee", 50, 200));
  }

  /** The relative is no younger than 20 and the second viewing before the age of 100. */
  private static void comet(Scene scene) {
    scene.choose("comet_name", "comets");
    scene.choose("name", "names");
    scene.choose("relative", "relatives");
    int multiple = scene.choose("multiple", "multiples").intValue();
    int period = scene.step("orbit_period", 50, 101, 5);
    int youngest = Math.max(20, (period + 1) / multiple);
    int oldest = Math.min(51, 99 / multiple);
    if (youngest <= oldest) {
      scene.draw("relative_age", youngest, oldest);
    } else {
      scene.set("orbit_period", youngest * multiple - 1);
      scene.set("relative_age", youngest);
    }
  }

  /** The calories left are a whole number of servings. */
  private static void caloriesLeft(Scene scene) {
    scene.choose("food", "foods");
    scene.choose("unit", "units");
    int servings = scene.draw("servings", 4, 6);
    int perServing = scene.draw(4, 12);
    scene.set("size", perServing * servings);
    int calories = scene.set("calories", 25 * scene.draw(6, 16));
    int consumed = scene.set("consumed", 25 * scene.draw(24, 60));
    int allowed = scene.draw(1, 3);
    if (consumed + allowed * calories < LEAST_CALORIES) {
      allowed *= 2;
    }
    scene.set("total_target", consumed + allowed * calories);
    scene.set("serving_fraction", Integer.toString(allowed));
    scene.set("grams_allowed", (double) (perServing * allowed));
  }

  private static void shareOfBalls(Scene scene) {
    scene.choose("ball_type", "ball_types");
    scene.choose("color", "colors");
    double first = scene.choose("frac_1", "fractions").doubleValue();
    double second = scene.choose("frac_2", "fractions").doubleValue();
    int balls = scene.draw("n", 10, 100);
    while (!Numbers.isWhole(balls * first) || !Numbers.isWhole(balls * first * second)) {
      balls = scene.draw("n", 10, 100);
    }
  }

  private static void collectingRubbish(Scene scene) {
    scene.choose("name", "names");
    scene.choose("currency", "currencies");
    int first = scene.set("n_first", scene.draw("n", 3, 8) - 1);
    int apartments = scene.step("apartments_each", 100, 500, 50);
    int percent = scene.step("percent_bigger", 20, 81, 5);
    scene.draw("freq", 2, 6);
    scene.choose("rate", "rates");
    while (first * apartments * percent % 100 != 0) {
      apartments = scene.step("apartments_each", 100, 500, 50);
      percent = scene.step("percent_bigger", 20, 81, 5);
    }
  }

  private static void dearerTea(Scene scene) {
    scene.choose("name", "names");
    scene.choose("item", "items");
    scene.choose("currency", "currencies_sym");
    scene.choose("unit", "units");
    scene.choose("extra_item", "extra_items");
    int price = scene.draw("price", 3, 25);
    int percent = scene.set("percent", 5 * scene.draw(2, 10));
    scene.draw("usage", 1, 3);
    scene.draw("extra_price", 1, 5);
    while (price * percent % 100 != 0) {
      price = scene.draw("price", 3, 25);
    }
  }

  /** All puppies are a multiple of the spotted ones. */
  private static void spottedPuppies(Scene scene) {
    scene.sample("names", "name1", "name2");
    int spotted = scene.set("k1", 10 * scene.draw(17, 25));
    spotted += scene.set("k2", 10 * scene.draw(12, 15));
    int least = (Math.max(1350, 3 * spotted) + spotted - 1) / spotted;
    int most = 1700 / spotted;
    int puppies = spotted * (most < least ? scene.draw(3, 4) : scene.draw(least, most));
    int low = Math.max(950, puppies / 2);
    int high = Math.min(1050, puppies - 400);
    int first = low >= high ? puppies / 2 + 50 : 5 * scene.draw(low / 5, high / 5);
    scene.set("n1", first);
    scene.set("n2", puppies - first);
  }
}
