package io.amalgam.verifiers.task.arithmetic.gsm;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The plots of stories 40 to 49. */
final class Plots40 {
  private static final int MONEY_STEP = 10_000;
  private static final int PERCENT = 100;
  private static final int QUARTERS = 4;

  private Plots40() {}

  static Map<Integer, Plot> all() {
    return Map.of(
        40, Plots40::coloredCards,
        41, Plots40::payingForTheTrip,
        42, Plots40::sellingProperty,
        43, Plots40::marblesOfTwo,
        44, Plots40::threeColors,
        45, Plots40::partyDishes,
        46, Plots40::mixedJuice,
        47, Plots40::schoolThings,
        48, Plots40::bakery,
        49, Plots40::snacks);
  }

  /** The percentage of the cards is a whole number of cards. */
  private static void coloredCards(Scene scene) {
    scene.choose("item", "items");
    scene.sample("colors", "c1", "c2", "c3");
    List<Integer> fitting;
    do {
      int cards = scene.draw("n1", 20, 81);
      fitting =
          IntStream.rangeClosed(20, 90).filter(p -> p * cards % PERCENT == 0).boxed().toList();
    } while (fitting.isEmpty());
    scene.choose("p", fitting);
  }

  /** The organisation pays one half, whatever word is drawn for it. */
  private static void payingForTheTrip(Scene scene) {
    scene.choose("name", "names");
    scene.choose("event", "events");
    scene.choose("organization", "organizations");
    scene.choose("currency", "currencies");
    scene.draw(1, 3);
    scene.set("fraction", "1/2");
    int total = scene.step("total", 200, 1000, 10);
    scene.step("current", 10, Math.min(200, total / 2 - 50), 5);
  }

  /** The price covers loan and fees. */
  private static void sellingProperty(Scene scene) {
    scene.choose("title", "titles");
    scene.choose("name", "names");
    scene.choose("property_type", "properties");
    scene.choose("fee1_name", "fee1_names");
    scene.choose("fee2_name", "fee2_names");
    int percent = scene.draw("fee1_percent", 1, 5) + scene.draw("fee2_percent", 2, 7);
    int loan = scene.set("loan", MONEY_STEP * scene.draw(10, 70));
    int covering = (int) ((loan + 1000) / (1 - percent / (double) PERCENT));
    int least = Math.max(200_000, Math.max(loan + 100_000, covering));
    scene.set("price", MONEY_STEP * scene.draw(least / MONEY_STEP, 100));
  }

  private static void marblesOfTwo(Scene scene) {
    scene.choose("person1", "people");
    scene.choose("item", "items");
    scene.choose("relation", "relations");
    int first = scene.draw("n", 5, 21);
    scene.draw("k", 2, Math.min(first - 1, 10));
  }

  private static void threeColors(Scene scene) {
    scene.choose("store", "stores");
    scene.sample("colors", "color1", "color2", "color3");
    scene.choose("currency", "currencies");
    scene.draw("n1", 3, 20);
    scene.draw("n2", 5, 30);
    scene.draw("n3", 15, 50);
    scene.draw("p1", 5, 15);
    scene.draw("p2", 3, 10);
    scene.draw("p3", 2, 8);
  }

  private static void partyDishes(Scene scene) {
    scene.choose("name", "names");
    scene.choose("event", "events");
    scene.choose("food", "foods");
    scene.choose("obj", "objects");
    int total = scene.draw("package_husband", 5, 20) + scene.draw(10, 30);
    scene.set("total_remaining", total - scene.draw("used_items", 3, Math.min(total - 1, 10)));
  }

  private static void mixedJuice(Scene scene) {
    scene.sample("fruits", "fruit1", "fruit2");
    double water1 = scene.choose("frac1", "fractions").doubleValue();
    double water2 = scene.choose("frac2", "fractions").doubleValue();
    int first;
    int second;
    do {
      first = scene.draw("n1", 9, 21);
      second = scene.draw("n2", 12, 31);
      first -= scene.draw("spill", 3, 7);
    } while (!Numbers.isWhole(second * water2) || !Numbers.isWhole(first * water1));
    scene.set("total", first + second);
  }

  /** Prices are multiples of a quarter, sums whole. */
  private static void schoolThings(Scene scene) {
    scene.choose("name", "names");
    scene.sample("items", "obj1", "obj2");
    scene.choose("currency", "currencies");
    int first = scene.step("n1", 6, 25, 2);
    double price1 = quarters(scene, "c1", 2.25, 11.5);
    int second = scene.step("n2", 4, 15, 2);
    double price2 = quarters(scene, "c2", 8.25, 19.5);
    scene.draw("c3", 10, 25);
    while (!Numbers.isWhole(first * price1) || !Numbers.isWhole(second * price2)) {
      price1 = quarters(scene, "c1", 2.25, 11.5);
      price2 = quarters(scene, "c2", 8.25, 19.5);
    }
  }

  private static double quarters(Scene scene, String name, double low, double high) {
    return scene.set(name, Math.rint(scene.uniform(low, high) * QUARTERS) / QUARTERS);
  }

  private static void bakery(Scene scene) {
    scene.choose("item1", "items1");
    scene.choose("item2", "items2");
    scene.choose("shop", "shops");
    scene.choose("currency", "currencies");
    int price1 = scene.draw("price1", 2, 10);
    int price2 = scene.draw("price2", 1, 5);
    int first;
    int second;
    do {
      first = price1 * scene.draw("n1", 2, 10);
      second = price2 * scene.draw("n2", 2, 10);
    } while (first <= second);
  }

  /** What is left for the second snack is a whole number of pieces. */
  private static void snacks(Scene scene) {
    scene.choose("name", "names");
    scene.sample("items", "item1", "item2");
    scene.choose("currency", "currencies");
    int price1 = scene.step("price1", 25, 100, 5);
    int price2 = scene.step("price2", price1 + 5, 150, 5);
    int spent = PERCENT - scene.draw("percent", 1, 10);
    int first = price1 * scene.draw("n1", 1, 10);
    int step = PERCENT / Numbers.gcd(PERCENT, PERCENT - spent);
    List<Integer> fitting =
        IntStream.iterate((500 + step - 1) / step * step, t -> t <= 1500, t -> t + step)
            .filter(t -> (t * spent - first) % price2 == 0)
            .boxed()
            .toList();
    if (fitting.isEmpty()) {
      scene.set("total", 1000);
      scene.set("percent", 10);
      scene.set("n1", 1);
    } else {
      scene.choose("total", fitting);
    }
  }
}
