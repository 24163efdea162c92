package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Power;
import io.amalgam.verifiers.algebra.Expression.Product;
import io.amalgam.verifiers.algebra.Expression.Sum;
import io.amalgam.verifiers.algebra.Expression.Symbol;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes polynomials and products of them as SymPy does: terms by falling powers of the first
 * unknown, then the next; factors by number of terms, then term by term.
 */
final class PolynomialText {
  /**
   * A term with a whole coefficient.
   *
   * @param exponents by name, none of them 0
   */
  record Term(BigInteger coefficient, SortedMap<String, Integer> exponents) {
    private int kind() {
      return Math.min(exponents.size(), 2);
    }

    private String text() {
      List<String> factors = new ArrayList<>();
      if (exponents.isEmpty() || !coefficient.abs().equals(BigInteger.ONE)) {
        factors.add(coefficient.abs().toString());
      }
      exponents.forEach((name, exponent) -> factors.add(power(name, exponent)));
      return (coefficient.signum() < 0 ? "-" : "") + String.join("*", factors);
    }
  }

  /** Numbers, then powers of one unknown, then products; by names, exponents, coefficients. */
  private static final Comparator<Term> AS_KEYS =
      Comparator.comparingInt(Term::kind)
          .thenComparingInt(term -> term.exponents.size())
          .thenComparing(Term::exponents, PolynomialText::compareFactors)
          .thenComparing(Term::coefficient);

  private PolynomialText() {}

  private static String power(String base, int exponent) {
    return exponent == 1 ? base : base + "**" + exponent;
  }

  private static int compareFactors(SortedMap<String, Integer> a, SortedMap<String, Integer> b) {
    List<Map.Entry<String, Integer>> left = List.copyOf(a.entrySet());
    List<Map.Entry<String, Integer>> right = List.copyOf(b.entrySet());
    for (int i = 0; i < left.size(); i++) {
      int order = left.get(i).getKey().compareTo(right.get(i).getKey());
      order = order == 0 ? left.get(i).getValue().compareTo(right.get(i).getValue()) : order;
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** The terms of a polynomial in the order in which they are written. */
  static List<Term> terms(Polynomial polynomial) {
    List<Term> terms = new ArrayList<>();
    polynomial
        .terms()
        .forEach(
            (monomial, coefficient) -> {
              SortedMap<String, Integer> exponents = new TreeMap<>();
              monomial.forEach((symbol, n) -> exponents.put(((Symbol) symbol).name(), n));
              terms.add(new Term(coefficient.exactly().numerator(), exponents));
            });
    return ordered(terms);
  }

  private static List<Term> ordered(List<Term> terms) {
    TreeSet<String> names = new TreeSet<>();
    terms.forEach(term -> names.addAll(term.exponents.keySet()));
    terms.sort(
        (a, b) -> {
          for (String name : names) {
            int order =
                b.exponents.getOrDefault(name, 0).compareTo(a.exponents.getOrDefault(name, 0));
            if (order != 0) {
              return order;
            }
          }
          return 0;
        });
    boolean numberFirst =
        terms.size() == 2
            && terms.get(1).kind() == 0
            && terms.get(1).coefficient.signum() > 0
            && terms.get(0).kind() == 1
            && terms.get(0).coefficient.signum() < 0;
    // A positive number beside one negative power comes first.
    return numberFirst ? List.of(terms.get(1), terms.get(0)) : List.copyOf(terms);
  }

  private static List<Term> terms(Sum sum) {
    List<Term> terms = new ArrayList<>();
    sum.terms()
        .forEach(
            (monomial, coefficient) -> {
              SortedMap<String, Integer> exponents = new TreeMap<>();
              factors(monomial)
                  .forEach((base, n) -> exponents.put(((Symbol) base).name(), whole(n)));
              terms.add(new Term(coefficient.exactly().numerator(), exponents));
            });
    return ordered(terms);
  }

  private static Map<Expression, Expression> factors(Expression expression) {
    if (expression instanceof Constant) {
      return Map.of();
    }
    if (expression instanceof Product product) {
      return product.factors();
    }
    return expression instanceof Power power
        ? Map.of(power.base(), power.exponent())
        : Map.of(expression, Constant.ONE);
  }

  private static int whole(Expression exponent) {
    return ((Constant) exponent).value().exactly().numerator().intValueExact();
  }

  static String of(List<Term> terms) {
    StringBuilder text = new StringBuilder();
    for (Term term : terms) {
      String written = term.text();
      if (text.length() == 0) {
        text.append(written);
      } else if (term.coefficient.signum() < 0) {
        text.append(" - ").append(written, 1, written.length());
      } else {
        text.append(" + ").append(written);
      }
    }
    return text.length() == 0 ? "0" : text.toString();
  }

  static String of(Expression expression) {
    if (expression instanceof Sum sum) {
      return of(terms(sum));
    }
    if (expression instanceof Constant constant) {
      return constant.value().exactly().numerator().toString();
    }
    SortedMap<String, Integer> powers = new TreeMap<>();
    List<Map.Entry<List<Term>, Integer>> sums = new ArrayList<>();
    factors(expression)
        .forEach(
            (base, exponent) -> {
              if (base instanceof Sum sum) {
                sums.add(Map.entry(terms(sum), whole(exponent)));
              } else {
                powers.put(((Symbol) base).name(), whole(exponent));
              }
            });
    sums.sort((a, b) -> compareSums(a.getKey(), b.getKey()));
    BigInteger coefficient =
        expression instanceof Product product
            ? product.coefficient().exactly().numerator()
            : BigInteger.ONE;
    List<String> written = new ArrayList<>();
    if (!coefficient.abs().equals(BigInteger.ONE)) {
      written.add(coefficient.abs().toString());
    }
    powers.forEach((name, exponent) -> written.add(power(name, exponent)));
    sums.forEach(sum -> written.add(power("(" + of(sum.getKey()) + ")", sum.getValue())));
    return (coefficient.signum() < 0 ? "-" : "") + String.join("*", written);
  }

  private static int compareSums(List<Term> a, List<Term> b) {
    int order = Integer.compare(a.size(), b.size());
    for (int i = 0; order == 0 && i < a.size(); i++) {
      order = AS_KEYS.compare(a.get(i), b.get(i));
    }
    return order;
  }
}
