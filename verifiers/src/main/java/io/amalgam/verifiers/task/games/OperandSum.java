package io.amalgam.verifiers.task.games;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A sum of products of numbered operands, as symbolic algebra keeps it: each operand occurs once, a
 * product of a sum stays a product. Prints itself with terms in descending lexicographic order of
 * the operands' exponents and factors in order.
 *
 * @param terms the summands, at least one
 */
record OperandSum(List<Product> terms) {
  /** Operands are ordered by the names x_0, x_1, … as texts, so that x_10 comes before x_2. */
  private static final Comparator<Integer> BY_NAME = Comparator.comparing(String::valueOf);

  /**
   * A product of operands to the power 1 or -1, and of a sum if there is one.
   *
   * @param negative whether it is subtracted
   * @param exponents by operand
   * @param sum the factor that is a sum
   */
  record Product(
      boolean negative, SortedMap<Integer, Integer> exponents, Optional<OperandSum> sum) {
    Product times(int operand, int exponent) {
      SortedMap<Integer, Integer> more = new TreeMap<>(exponents);
      more.put(operand, exponent);
      return new Product(negative, more, sum);
    }

    private String print(List<BigInteger> numbers) {
      List<String> above = factors(numbers, 1);
      List<String> below = factors(numbers, -1);
      sum.ifPresent(factor -> above.add("(" + factor.print(numbers) + ")"));
      String product = String.join("*", above);
      if (below.isEmpty()) {
        return product;
      }
      return product
          + "/"
          + (below.size() == 1 ? below.get(0) : "(" + String.join("*", below) + ")");
    }

    private List<String> factors(List<BigInteger> numbers, int exponent) {
      return exponents.entrySet().stream()
          .filter(factor -> factor.getValue() == exponent)
          .map(factor -> numbers.get(factor.getKey()).toString())
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  /** The sum that is operand 0 alone. */
  static OperandSum first() {
    return new OperandSum(List.of(product(0, 1, false, Optional.empty())));
  }

  private static Product product(
      int operand, int exponent, boolean negative, Optional<OperandSum> sum) {
    SortedMap<Integer, Integer> exponents = new TreeMap<>(BY_NAME);
    exponents.put(operand, exponent);
    return new Product(negative, exponents, sum);
  }

  /** This sum with one more operand, added or subtracted. */
  OperandSum plus(int operand, boolean negative) {
    List<Product> more = new ArrayList<>(terms);
    more.add(product(operand, 1, negative, Optional.empty()));
    return new OperandSum(more);
  }

  /** This sum multiplied with an operand to the power 1 or -1. */
  OperandSum times(int operand, int exponent) {
    Product result =
        terms.size() == 1
            ? terms.get(0).times(operand, exponent)
            : product(operand, exponent, false, Optional.of(this));
    return new OperandSum(List.of(result));
  }

  /** The text with numbers in place of the operands. */
  String print(List<BigInteger> numbers) {
    List<Product> ordered = new ArrayList<>(terms);
    ordered.sort(OperandSum::compare);
    StringBuilder text = new StringBuilder();
    for (Product term : ordered) {
      if (text.length() > 0) {
        text.append(term.negative ? " - " : " + ");
      } else if (term.negative) {
        text.append('-');
      }
      text.append(term.print(numbers));
    }
    return text.toString();
  }

  /**
   * The operand that comes first and has different exponents decides; the larger exponent comes
   * first.
   */
  private static int compare(Product a, Product b) {
    SortedMap<Integer, Integer> both = new TreeMap<>(BY_NAME);
    both.putAll(a.exponents);
    both.putAll(b.exponents);
    for (Integer operand : both.keySet()) {
      int order = b.exponents.getOrDefault(operand, 0) - a.exponents.getOrDefault(operand, 0);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
