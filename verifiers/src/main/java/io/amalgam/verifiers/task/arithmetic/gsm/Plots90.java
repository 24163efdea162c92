package io.amalgam.verifiers.task.arithmetic.gsm;

import java.util.List;
import java.util.Map;

/** The plots of stories 91 to 99. */
final class Plots90 {
  private static final double PERCENT = 100;
  private static final int CENT_DECIMALS = 2;
  private static final int WEEK = 7;
  private static final int MONTH = 30;

  private Plots90() {}

  static Map<Integer, Plot> all() {
    return Map.of(
        91, Plots90::harvests,
        92, Plots90::roundedPrices,
        93, Plots90::battle,
        94, Plots90::shares,
        95, Plots90::dailyServings,
        96, Plots90::feedingAnimals,
        99, Plots90::hardwareStore);
  }

  private static void harvests(Scene scene) {
    scene.choose("name", "names");
    scene.choose("fruit", "fruits");
    scene.choose("area", "areas");
    scene.step("field_size", 5, 100, 5);
    scene.draw("density", 2, 101);
    scene.choose("months", "months");
  }

  private static void roundedPrices(Scene scene) {
    scene.choose("name", "names");
    scene.choose("product", "products");
    scene.choose("location", "locations");
    scene.sample("items", "item1", "item2", "item3");
    scene.choose("unit", "units");
    scene.choose("currency", "currencies");
    price(scene, 1, 1.26, 3.53);
    price(scene, 2, 2.27, 5.53);
    price(scene, 3, 4.85, 6.53);
    scene.draw("num1", 5, 21);
    scene.draw("num2", 15, 31);
    scene.draw("num3", 35, 41);
  }

  private static void price(Scene scene, int number, double low, double high) {
    double price = cents(scene, "price" + number, low, high);
    boolean up = Math.rint(price) > price;
    scene.set("direction" + number, up ? "up" : "down");
    scene.set("digit" + number, up ? "5 or higher" : "less than 5");
  }

  private static double cents(Scene scene, String name, double low, double high) {
    return scene.set(name, Formula.rounded(scene.uniform(low, high), CENT_DECIMALS));
  }

  /** All numbers of beaten creatures are whole. */
  private static void battle(Scene scene) {
    scene.sample("names", "name1", "name2", "name3", "name4");
    scene.choose("creature", "creatures");
    for (int i = 1; i <= 5; i++) {
      scene.choose("weapon" + i, "weapons" + i);
    }
    int first = scene.step("n1", 50, 500, 50);
    double fraction1 = scene.choose("frac1", "fractions").doubleValue();
    int multiplier = scene.choose("mult1", "multipliers").intValue();
    double fraction2 = scene.choose("frac2", "fractions").doubleValue();
    while (!Numbers.isWhole(first * fraction1)
        || !Numbers.isWhole(first * fraction1 * multiplier * fraction2)) {
      first = scene.step("n1", 50, 500, 50);
    }
  }

  /** Both changes are whole amounts, in floating point as the original computes them. */
  private static void shares(Scene scene) {
    scene.choose("name", "names");
    double increase;
    double end;
    do {
      int value = scene.draw("num_shares", 5, 20) * scene.draw("price_per_share", 5, 100);
      int up = scene.step("increase_pct", 10, 100, 5);
      int down = scene.step("decrease_pct", 5, 50, 5);
      increase = value * up / PERCENT;
      end = value * (1 + up / PERCENT) * (1 - down / PERCENT);
    } while (!Numbers.isWhole(increase) || !Numbers.isWhole(end));
  }

  private static void dailyServings(Scene scene) {
    scene.choose("name1", "name1_options");
    scene.choose("name2", "name2_options");
    scene.choose("relation", "relation_options");
    scene.choose("food", "food_options");
    for (String number : List.of("n1", "n2", "n3")) {
      scene.draw(number, 2, 9);
    }
    scene.set("time_unit", "day");
    boolean week = scene.choose("time_period", "periods").textValue().equals("week");
    scene.set("days", week ? WEEK : MONTH);
  }

  private static void feedingAnimals(Scene scene) {
    scene.choose("name", "names");
    scene.choose("food", "foods");
    scene.sample("animals", "animal1", "animal2");
    scene.choose("unit", "units");
    int twice;
    int fewer;
    do {
      twice = 2 * scene.draw("n1", 3, 15);
      fewer = scene.draw("n2", 1, 10);
    } while (twice <= fewer);
    scene.draw("k1", 10, 50);
    scene.draw("k2", 10, 50);
  }

  private static void hardwareStore(Scene scene) {
    scene.choose("name", "names");
    scene.choose("currency", "currencies");
    scene.choose("item", "items");
    scene.choose("store_type", "store_types");
    int quantity = scene.draw("quantity", 15, 60);
    double cost = quantity * cents(scene, "unit_price", 0.01, 1.0);
    scene.set("initial_amount", cost + scene.draw(1, 100));
  }
}
