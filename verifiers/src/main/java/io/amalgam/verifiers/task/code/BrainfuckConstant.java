package io.amalgam.verifiers.task.code;

/** Brainfuck code that changes a cell by a constant, in a loop where that is shorter. */
final class BrainfuckConstant {
  private BrainfuckConstant() {}

  /**
   * The code for a change of the current cell.
   *
   * @param toCounter moves to the next cell, which counts the loop, and clears it if need be
   */
  static String change(int amount, String toCounter) {
    int size = Math.abs(amount);
    String sign = amount > 0 ? "+" : "-";
    String plain = sign.repeat(size);
    Product product = Product.near(size);
    int rest = size - product.count * product.step;
    String restSign = (rest > 0) == (amount > 0) ? "+" : "-";
    String looped =
        toCounter
            + "+".repeat(product.count)
            + "[<"
            + sign.repeat(product.step)
            + ">-]<"
            + restSign.repeat(Math.abs(rest));
    return plain.length() > looped.length() ? looped : plain;
  }

  /** So many steps of a length. */
  private record Product(int count, int step) {
    /**
     * The product for which count, step and what is left of the size add up to the least, of those
     * met when the two factors close in on each other from 2 and half the size; the first of
     * equals.
     */
    static Product near(int size) {
      Product best = new Product(size, 1);
      int least = size + 1;
      int count = 2;
      int step = size / 2;
      while (step >= count) {
        int product = count * step;
        int sum = count + step + Math.abs(size - product);
        if (sum < least) {
          least = sum;
          best = new Product(count, step);
        }
        if (product > size) {
          step--;
        } else {
          count++;
        }
      }
      return best;
    }
  }
}
