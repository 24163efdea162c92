package io.amalgam.verifiers.task.code;

import java.util.List;

/**
 * The least cost of turning one tree into another by adding, removing and relabelling nodes.
 *
 * <p>Algorithm: Zhang and Shasha, "Simple fast algorithms for the editing distance between trees
 * and related problems", SIAM Journal on Computing 18, 1989.
 */
final class TreeDistance {
  private final JsonTree from;
  private final JsonTree to;
  private final double limit;
  private final double[][] trees;
  private final double[][] forests;

  private TreeDistance(JsonTree from, JsonTree to, double limit) {
    this.from = from;
    this.to = to;
    this.limit = limit;
    trees = new double[from.size()][to.size()];
    forests = new double[from.size() + 1][to.size() + 1];
  }

  /**
   * The distance, or some number that is not below the limit if the distance is not.
   *
   * <p>Time and memory grow at least with the product of the sizes, so callers bound that.
   */
  static double between(JsonTree from, JsonTree to, double limit) {
    double least = leastBetween(from, to);
    return least >= limit ? least : new TreeDistance(from, to, limit).compute();
  }

  /** A number that the distance is not below, found in time linear in the trees. */
  static double leastBetween(JsonTree from, JsonTree to) {
    return Math.max(leastBySize(from, to), leastByLength(from, to));
  }

  /** What the surplus nodes of the larger tree cost at least. */
  private static double leastBySize(JsonTree from, JsonTree to) {
    int surplus = Math.abs(from.size() - to.size());
    List<JsonLabel> labels = from.size() > to.size() ? from.labels() : to.labels();
    return labels.stream().mapToInt(JsonLabel::length).sorted().limit(surplus).asLongStream().sum();
  }

  /** What the longer labels of one tree cost at least, whatever labels of the other they match. */
  private static double leastByLength(JsonTree from, JsonTree to) {
    return Math.max(surplusLength(from, to), surplusLength(to, from));
  }

  private static long surplusLength(JsonTree tree, JsonTree other) {
    long text = 0;
    for (JsonLabel label : tree.labels()) {
      text += label.isNumeric() ? 0 : label.length();
    }
    for (JsonLabel label : other.labels()) {
      text -= label.length();
    }
    return text;
  }

  private double compute() {
    List<Integer> targets = to.keyRoots();
    for (int source : from.keyRoots()) {
      for (int target : targets) {
        compare(source, target);
      }
    }
    return trees[from.size() - 1][to.size() - 1];
  }

  /** Fills in the distances between the subtrees that start with the same leaves as two nodes. */
  private void compare(int source, int target) {
    int firstSource = from.firstLeaf(source);
    int firstTarget = to.firstLeaf(target);
    forests[0][0] = 0;
    for (int x = firstSource; x <= source; x++) {
      int row = x - firstSource + 1;
      forests[row][0] = forests[row - 1][0] + from.label(x).length();
    }
    for (int y = firstTarget; y <= target; y++) {
      int column = y - firstTarget + 1;
      forests[0][column] = forests[0][column - 1] + to.label(y).length();
    }
    for (int x = firstSource; x <= source; x++) {
      int row = x - firstSource + 1;
      boolean wholeSource = from.firstLeaf(x) == firstSource;
      for (int y = firstTarget; y <= target; y++) {
        int column = y - firstTarget + 1;
        boolean whole = wholeSource && to.firstLeaf(y) == firstTarget;
        double changed =
            whole
                ? forests[row - 1][column - 1] + from.label(x).costTo(to.label(y), limit)
                : forests[from.firstLeaf(x) - firstSource][to.firstLeaf(y) - firstTarget]
                    + trees[x][y];
        double removed = forests[row - 1][column] + from.label(x).length();
        double added = forests[row][column - 1] + to.label(y).length();
        forests[row][column] = first(first(removed, added), changed);
        if (whole) {
          trees[x][y] = forests[row][column];
        }
      }
    }
  }

  /** Python's {@code min}: the first unless the second is less, which no number is than NaN. */
  private static double first(double first, double second) {
    return second < first ? second : first;
  }
}
