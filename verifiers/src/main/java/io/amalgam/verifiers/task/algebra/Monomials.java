package io.amalgam.verifiers.task.algebra;

import io.amalgam.verifiers.python.PythonSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The monomials of some unknowns between two degrees, in the order of a Python set of SymPy
 * objects, whose hashes are those of tuples of their class names and parts.
 */
final class Monomials {
  private final List<String> variables;
  private final int maxDegree;
  private final int mostOnes;
  private final PythonSet<Object> set = new PythonSet<>();
  private final Map<Object, Map<String, Integer>> exponents = new LinkedHashMap<>();

  private Monomials(List<String> variables, int minDegree, int maxDegree) {
    this.variables = variables;
    this.maxDegree = maxDegree;
    mostOnes = maxDegree - minDegree;
  }

  /** Exponents by unknown; an empty map is the monomial 1. */
  static List<Map<String, Integer>> of(List<String> variables, int minDegree, int maxDegree) {
    Monomials monomials = new Monomials(variables, minDegree, maxDegree);
    monomials.choose(0, 0, new TreeMap<>());
    List<Map<String, Integer>> ordered = new ArrayList<>();
    for (Object object : monomials.set) {
      ordered.add(monomials.exponents.getOrDefault(object, Map.of()));
    }
    return List.copyOf(ordered);
  }

  /** Multisets of the unknowns in lexicographic order, filled up with ones. */
  private void choose(int from, int degree, SortedMap<String, Integer> chosen) {
    if (degree == maxDegree) {
      add(chosen);
      return;
    }
    for (int i = from; i < variables.size(); i++) {
      SortedMap<String, Integer> more = new TreeMap<>(chosen);
      more.merge(variables.get(i), 1, Integer::sum);
      choose(i, degree + 1, more);
    }
    if (maxDegree - degree <= mostOnes) {
      add(chosen);
    }
  }

  private void add(SortedMap<String, Integer> chosen) {
    Object object = object(chosen);
    set.add(object);
    exponents.putIfAbsent(object, Map.copyOf(chosen));
  }

  private static Object object(SortedMap<String, Integer> monomial) {
    if (monomial.isEmpty()) {
      return 1;
    }
    List<Object> product = new ArrayList<>(List.of("Mul"));
    monomial.forEach(
        (name, exponent) -> {
          if (exponent == 1) {
            product.add(symbol(name));
          }
        });
    // Bare symbols come before powers.
    monomial.forEach(
        (name, exponent) -> {
          if (exponent > 1) {
            product.add(List.of("Pow", symbol(name), exponent));
          }
        });
    return product.size() == 2 ? product.get(1) : product;
  }

  /** What a symbol is to a set. */
  static List<Object> symbol(String name) {
    return List.of("Symbol", name, List.of("commutative", 1));
  }
}
