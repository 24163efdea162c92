package io.amalgam.verifiers.task.arithmetic.gsm;

import java.util.Map;

/** The plots of stories 80 to 89. */
final class Plots80 {
  private static final int PERCENT = 100;
  private static final int FEET_PER_YARD = 3;
  private static final int WIDEST = 100;
  private static final int DOZEN = 12;

  private Plots80() {}

  static Map<Integer, Plot> all() {
    return Map.of(
        80, Plots80::spools,
        81, Plots80::yearlyPay,
        82, Plots80::emails,
        83, Plots80::fence,
        84, Plots80::coldAndWarm,
        85, Plots80::roomPerimeter,
        88, Plots80::graduation,
        89, Plots80::hiddenEggs);
  }

  /** The last number grows until the percentage is whole. */
  private static void spools(Scene scene) {
    scene.choose("name", "names");
    scene.sample("colors", "color1", "color2");
    int colored = scene.draw("n1", 15, 45) + scene.draw("n2", 45, 100);
    int other = scene.draw("n3", 20, 80);
    int last = scene.draw(50, 100);
    while (colored * PERCENT % (colored + other + last) != 0) {
      last++;
    }
    scene.set("n4", last);
  }

  private static void yearlyPay(Scene scene) {
    scene.choose("occupation", "occupations");
    scene.choose("currency", "currencies");
    scene.draw("weeks_per_month", 2, 5);
    scene.draw("days_per_week", 4, 7);
    scene.step("pay_per_day", 40, 200, 5);
  }

  private static void emails(Scene scene) {
    scene.choose("name", "names");
    int emails = scene.draw("num_emails", 50, 200);
    int percent = scene.draw("no_response_percent", 5, 40);
    scene.draw("workdays", 3, 7);
    while (emails * percent % PERCENT != 0) {
      emails = scene.draw("num_emails", 50, 200);
      percent = scene.draw("no_response_percent", 5, 40);
    }
  }

  private static void fence(Scene scene) {
    scene.sample("names", "name1", "name2");
    scene.choose("unit", "units");
    int difference = scene.set("diff", 10 * scene.draw(2, 18));
    scene.set("total", difference + 22 + 2 * scene.draw(0, 100));
  }

  private static void coldAndWarm(Scene scene) {
    scene.choose("name", "names");
    scene.choose("miles", "units");
    int cold = scene.draw("time_cold", 10, 25);
    scene.draw("extra_time", 1, Math.min(10, 60 - 2 * cold - 1));
    scene.set("multiplier", 2.0);
    scene.draw("distance", 2, 8);
  }

  private static void roomPerimeter(Scene scene) {
    scene.choose("name", "names");
    scene.choose("room_type", "room_types");
    boolean feet = scene.choose("unit1", "units").textValue().equals("feet");
    scene.set("unit2", feet ? "yards" : "meters");
    int conversion = scene.set("conversion", feet ? FEET_PER_YARD : 1);
    int length = scene.draw("length", 5, 40) * conversion;
    int narrowest = length + 1;
    int widest = Math.max(narrowest + 1, Math.min(WIDEST, narrowest + 50));
    scene.set("area", length * scene.draw(narrowest, widest));
  }

  private static void graduation(Scene scene) {
    scene.choose("school", "schools");
    scene.choose("venue", "venues");
    int graduates = scene.step("graduates", 500, 1500, 50);
    int faculty = scene.step("faculty", 100, 500, 50);
    scene.set("total", graduates * scene.draw(2, 10) + graduates + faculty);
  }

  /** The last child finds a whole number of eggs, and some stay hidden. */
  private static void hiddenEggs(Scene scene) {
    scene.sample("names", "name1", "name2", "name3", "name4", "name5");
    double multiplier = scene.set("multiplier", 2.0);
    double fraction = scene.set("fraction", 0.5);
    int eggs;
    double third;
    double fourth;
    double found;
    do {
      eggs = DOZEN * scene.draw("num_dozen", 2, 10);
      int first = scene.draw("found_first", 3, 15);
      double second = first * multiplier;
      third = second - scene.draw("less_amount", 1, 5);
      fourth = third * fraction;
      found = first + second + third + fourth;
    } while (third <= 0 || eggs <= found || !Numbers.isWhole(fourth));
  }
}
