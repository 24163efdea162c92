package io.amalgam.verifiers.task.arithmetic.gsm;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The plots of stories 0 to 9. */
final class Plots00 {
  private static final int MINUTES = 60;
  private static final int MOST_KIDS = 200;
  private static final int PAN_LIMIT = 24;

  private Plots00() {}

  static Map<Integer, Plot> all() {
    return Map.of(
        0, Plots00::peelingAndCooking,
        1, Plots00::bagsOfToys,
        2, Plots00::leavingEarly,
        3, Plots00::penPals,
        4, Plots00::decoratedCakes,
        5, Plots00::autographs,
        6, Plots00::kidsInThePark,
        7, Plots00::plantsOnLedges,
        8, Plots00::sugarAndWater,
        9, Plots00::shoppingWithBills);
  }

  /** The amount suits the rate of peeling and the size of a batch. */
  private static void peelingAndCooking(Scene scene) {
    scene.choose("name", "names");
    scene.choose("food", "foods");
    int rate = scene.draw("peel_rate", 4, 15);
    int batch = scene.step("batch_size", 20, 50, 5);
    scene.draw("time_per_batch", 5, 20);
    scene.set("total_amount", leastCommonMultiple(rate, batch) * scene.draw(1, 4));
  }

  private static int leastCommonMultiple(int a, int b) {
    return a / Numbers.gcd(a, b) * b;
  }

  private static void bagsOfToys(Scene scene) {
    scene.choose("name", "names");
    scene.choose("family", "family_members");
    int blocks = scene.draw("blocks", 70, 75);
    int animals = scene.draw("animals", 35, 50);
    int rings = scene.draw("rings", 20, 35);
    scene.set("total", blocks + animals + rings + scene.draw(20, 100));
  }

  /** The second percentage goes in steps that suit those who remain. */
  private static void leavingEarly(Scene scene) {
    scene.choose("teacher", "teachers");
    scene.choose("group1", "sports");
    scene.sample("activities", "group2", "group3");
    scene.choose("event", "events");
    int total = scene.set("total", 100 * scene.draw(1, 1));
    int percent = scene.step("p1", 20, 81, 20);
    scene.step("p2", 20, 91, 100 / (total - percent));
  }

  /** All letters of a week take whole hours. */
  private static void penPals(Scene scene) {
    scene.choose("name", "names");
    int initial = scene.draw("initial_pals", 5, 15);
    int pals = initial - scene.draw("lost_pals", 1, initial - 1);
    int letters = pals * scene.draw("letters_per_week", 2, 5);
    int pages = scene.draw("pages_per_letter", 5, 12);
    List<Integer> fitting =
        IntStream.rangeClosed(4, 15)
            .filter(m -> letters * pages * m % MINUTES == 0)
            .boxed()
            .toList();
    if (fitting.isEmpty()) {
      int least = scene.set("minutes_per_page", 4);
      int wholeHours = (letters * pages * least + MINUTES - 1) / MINUTES * MINUTES;
      scene.set("pages_per_letter", wholeHours / letters);
    } else {
      scene.choose("minutes_per_page", fitting);
    }
  }

  private static void decoratedCakes(Scene scene) {
    scene.choose("name", "names");
    scene.choose("items", "items");
    scene.choose("food", "foods");
    scene.choose("location", "locations");
    scene.choose("container", "containers");
    int perJar = scene.draw("per_jar", 6, 20);
    scene.set("per_pan", perJar * scene.draw(1, Math.max(1, PAN_LIMIT / perJar)));
    scene.draw("num_jars", 3, 15);
  }

  /** The goal is not reached yet. */
  private static void autographs(Scene scene) {
    scene.sample("names", "name1", "name2");
    scene.choose("city", "cities");
    scene.choose("celebrity_type", "celebrity_types");
    scene.choose("vacation_type", "vacation_types");
    scene.draw("n1", 3, 8);
    scene.draw("n2", 2, 5);
    int collected = scene.draw("s1", 15, 40) + scene.draw("s2", 30, 60);
    int goal = scene.step("goal", 90, 150, 5);
    while (collected >= goal) {
      collected = scene.draw("s1", 15, 40) + scene.draw("s2", 30, 60);
    }
  }

  private static void kidsInThePark(Scene scene) {
    scene.choose("place", "places");
    int multiplier = scene.choose("multiplier", "multipliers").intValue();
    int girls = scene.draw("n_girls", 5, 50);
    while (girls * (multiplier + 1) > MOST_KIDS) {
      girls = scene.draw("n_girls", 5, 50);
    }
  }

  /** Some plants are left. */
  private static void plantsOnLedges(Scene scene) {
    scene.choose("name", "names");
    int received = scene.draw("plants_received", 20, 50);
    int perLedge = scene.draw("plants_per_ledge", 7, 13);
    int ledges = scene.draw("num_ledges", 50, 70);
    int given = scene.draw("plants_to_give", 3, 8);
    while (ledges * (perLedge - given) + received <= 0) {
      perLedge = scene.draw("plants_per_ledge", 7, 13);
      given = scene.draw("plants_to_give", 3, 8);
    }
  }

  private static void sugarAndWater(Scene scene) {
    scene.choose("name", "names");
    scene.choose("drink", "drinks");
    int sugar = scene.draw("sugar_ratio", 25, 201);
    int water = scene.draw("water_ratio", 5, 101);
    scene.set("total_items", (sugar + water) * scene.draw(1, 10));
  }

  /** Prices and numbers of things that the bills should be enough for. */
  private static void shoppingWithBills(Scene scene) {
    scene.choose("name", "names");
    scene.choose("item1", "items1");
    scene.choose("item2", "items2");
    scene.choose("currency", "currencies");
    int bill = scene.choose("bill_value", "bills").intValue();
    int bills = scene.set("num_bills", Math.max(2, scene.draw(1, 10)));
    int money = bills * bill;
    int price = Math.max(1, Math.min(Math.min(10, money / 8), money / 6));
    scene.set("price1", price);
    scene.set("price2", price);
    int first = scene.draw("num_items1", 2, Math.max(3, Math.min(15, money / 2 / price)));
    int left = money - first * price;
    scene.draw("num_items2", 2, Math.max(3, Math.min(10, Math.floorDiv(left, price))));
  }
}
