package io.amalgam.verifiers.algebra;

import io.amalgam.verifiers.algebra.Expression.Constant;
import io.amalgam.verifiers.algebra.Expression.Power;
import io.amalgam.verifiers.algebra.Expression.Product;
import io.amalgam.verifiers.algebra.Expression.Sum;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes numbers made of square roots as SymPy does: terms by rising value, factors by their terms'
 * radicands compared as texts.
 */
final class SurdText {
  /** A fraction times the square root of a whole number, 1 for a fraction alone. */
  private record Term(Scalar.Exact factor, BigInteger radicand) {
    double value() {
      return factor.toDouble() * Math.sqrt(radicand.doubleValue());
    }

    boolean isFraction() {
      return radicand.equals(BigInteger.ONE);
    }

    String text() {
      return fraction(factor, isFraction() ? "" : "sqrt(" + radicand + ")");
    }
  }

  /** Fractions come before roots, roots in the order of the radicands' texts. */
  private static final Comparator<Term> BY_RADICAND =
      Comparator.<Term, Boolean>comparing(term -> !term.isFraction())
          .thenComparing(term -> term.radicand.toString())
          .thenComparing(Term::factor, SurdText::compare);

  private SurdText() {}

  static String of(Expression expression) {
    if (expression instanceof Sum sum) {
      return sum(terms(sum));
    }
    if (expression instanceof Constant constant) {
      return fraction(constant.value().exactly(), "");
    }
    return expression instanceof Product product
        ? product(product.coefficient().exactly(), product.factors())
        : product((Scalar.Exact) Scalar.ONE, asFactors(expression));
  }

  private static Map<Expression, Expression> asFactors(Expression expression) {
    return expression instanceof Power power
        ? Map.of(power.base(), power.exponent())
        : Map.of(expression, Constant.ONE);
  }

  private static int compare(Scalar.Exact a, Scalar.Exact b) {
    return a.plus(b.negated()).signum();
  }

  private static List<Term> terms(Sum sum) {
    List<Term> terms = new ArrayList<>();
    for (Map.Entry<Expression, Scalar> entry : sum.terms().entrySet()) {
      Scalar radicand = Scalar.ONE;
      if (entry.getKey() instanceof Power power && power.base() instanceof Constant base) {
        radicand = base.value();
      }
      terms.add(new Term(entry.getValue().exactly(), radicand.exactly().numerator()));
    }
    terms.sort(Comparator.comparingDouble(Term::value));
    boolean fractionLast =
        terms.size() == 2 && terms.get(1).isFraction() && terms.get(0).factor.signum() < 0;
    // A positive fraction beside one negative root comes first.
    return fractionLast ? List.of(terms.get(1), terms.get(0)) : terms;
  }

  private static String sum(List<Term> terms) {
    StringBuilder text = new StringBuilder();
    for (Term term : terms) {
      String written = term.text();
      if (text.length() == 0) {
        text.append(written);
      } else if (written.startsWith("-")) {
        text.append(" - ").append(written, 1, written.length());
      } else {
        text.append(" + ").append(written);
      }
    }
    return text.toString();
  }

  private static String fraction(Scalar.Exact factor, String root) {
    String sign = factor.signum() < 0 ? "-" : "";
    BigInteger over = factor.numerator().abs();
    String text = over.toString();
    if (!root.isEmpty()) {
      text = over.equals(BigInteger.ONE) ? root : over + "*" + root;
    }
    return sign
        + text
        + (factor.denominator().equals(BigInteger.ONE) ? "" : "/" + factor.denominator());
  }

  private static String product(Scalar.Exact factor, Map<Expression, Expression> factors) {
    List<String> over = new ArrayList<>();
    List<String> under = new ArrayList<>();
    if (!factor.numerator().equals(BigInteger.ONE)) {
      over.add(factor.numerator().toString());
    }
    if (!factor.denominator().equals(BigInteger.ONE)) {
      under.add(factor.denominator().toString());
    }
    for (Expression base : ordered(factors)) {
      Scalar exponent = ((Constant) factors.getOrDefault(base, Constant.ONE)).value();
      boolean whole = exponent.isWhole();
      String text = whole ? "(" + of(base) + ")" : "sqrt(" + of(base) + ")";
      (exponent.signum() < 0 ? under : over).add(text);
    }
    String numerator = over.isEmpty() ? "1" : String.join("*", over);
    if (under.isEmpty()) {
      return numerator;
    }
    String denominator = String.join("*", under);
    return numerator + "/" + (under.size() > 1 ? "(" + denominator + ")" : denominator);
  }

  /** Numbers first, then sums by number of terms and term by term. */
  private static List<Expression> ordered(Map<Expression, Expression> factors) {
    List<Expression> bases = new ArrayList<>(factors.keySet());
    bases.sort(
        (a, b) -> {
          List<Term> left = a instanceof Sum sum ? terms(sum) : List.of();
          List<Term> right = b instanceof Sum sum ? terms(sum) : List.of();
          int order = Integer.compare(left.size(), right.size());
          for (int i = 0; order == 0 && i < left.size(); i++) {
            order = BY_RADICAND.compare(left.get(i), right.get(i));
          }
          return order;
        });
    return bases;
  }
}
