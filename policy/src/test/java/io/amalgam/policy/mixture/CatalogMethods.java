package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Every method of the catalogue in every variant that its own definition names, and what the
 * invariants need to know of it: read off its behaviour, so that a new method is tested without
 * being named.
 */
public final class CatalogMethods {
  private static final int[] SLOTS = {1, 2, 3, 5};
  private static final List<String> FILTER =
      CandidateFilter.parameters(CandidateFilter.NONE).stream().map(Parameter::name).toList();

  private CatalogMethods() {}

  /**
   * Every k of 1, 2, 3, 5 with every likelihood and every division into terms, and with the default
   * likelihood every other word, and other numbers, of every other parameter.
   */
  static List<MixtureMethod> all() {
    List<MixtureMethod> out = new ArrayList<>();
    for (MethodDefinition definition : MethodCatalog.definitions()) {
      for (int k : SLOTS) {
        if (k >= definition.smallestK() && k <= definition.largestK()) {
          variants(definition)
              .forEach(v -> addIfPossible(out, new MethodSpec(definition.name(), k, 1, v)));
        }
      }
    }
    return out;
  }

  /** Those of {@link #all()} that match. */
  static List<MixtureMethod> all(Predicate<MixtureMethod> which) {
    return all().stream().filter(which).toList();
  }

  /** Each method with its defaults, at 2 slots, or at the number of slots next to it. */
  public static List<MethodSpec> defaults() {
    return defaults(2);
  }

  /** Each method with its defaults, at {@code k} slots, or at the number of slots next to it. */
  public static List<MethodSpec> defaults(int k) {
    return MethodCatalog.definitions().stream()
        .map(
            d ->
                new MethodSpec(
                    d.name(), Math.max(d.smallestK(), Math.min(d.largestK(), k)), 1, none()))
        .map(s -> MethodCatalog.create(s).spec())
        .toList();
  }

  private static Set<SortedMap<String, String>> variants(MethodDefinition definition) {
    Set<SortedMap<String, String>> out = new LinkedHashSet<>();
    out.add(none());
    for (String likelihood : words(definition, "likelihood")) {
      for (String terms : words(definition, "terms")) {
        SortedMap<String, String> v = none();
        put(v, "likelihood", likelihood);
        put(v, "terms", terms);
        out.add(v);
        // Unless its default leaves a number open, each likelihood also with the least.
        for (Parameter p : definition.parameters()) {
          if (p instanceof Parameter.AutoNumber number) {
            SortedMap<String, String> least = new TreeMap<>(v);
            put(least, p.name(), Double.toString(number.low()));
            out.add(least);
          }
        }
      }
    }
    for (Parameter parameter : definition.parameters()) {
      if (FILTER.contains(parameter.name())) {
        continue;
      }
      for (String value : others(parameter)) {
        SortedMap<String, String> v = none();
        put(v, parameter.name(), value);
        out.add(v);
      }
    }
    return out;
  }

  private static List<String> others(Parameter parameter) {
    if (parameter instanceof Parameter.Choice choice) {
      return choice.words();
    }
    if (parameter instanceof Parameter.AutoNumber number) {
      double middle = (number.low() + number.high()) / 2;
      return List.of(
          Double.toString(number.low()), Double.toString(middle), Double.toString(number.high()));
    }
    if (parameter instanceof Parameter.Number number) {
      double usual = Double.parseDouble(number.defaultValue());
      return List.of(
          Double.toString(Math.max(number.low(), usual / 2)),
          Double.toString(Math.min(number.high(), usual * 2)));
    }
    return List.of();
  }

  /** The words of a parameter; one empty word where the method does not have it. */
  private static List<String> words(MethodDefinition definition, String name) {
    for (Parameter parameter : definition.parameters()) {
      if (parameter.name().equals(name) && parameter instanceof Parameter.Choice choice) {
        return choice.words();
      }
    }
    return List.of("");
  }

  private static void put(SortedMap<String, String> values, String name, String value) {
    if (!value.isEmpty()) {
      values.put(name, value);
    }
  }

  private static SortedMap<String, String> none() {
    return new TreeMap<>();
  }

  private static void addIfPossible(List<MixtureMethod> out, MethodSpec spec) {
    try {
      out.add(MethodCatalog.create(spec));
    } catch (MixtureConfigurationException e) {
      // The definition allows each value, the method not every combination.
      if (spec.parameters().size() < 2 && spec.k() == 2) {
        throw e;
      }
    }
  }

  /** Whether terms have a log-density. */
  static boolean exact(MixtureMethod m) {
    return m.likelihood().kind() == LikelihoodKind.EXACT;
  }

  /** Whether terms stand for a log-density. */
  static boolean surrogate(MixtureMethod m) {
    return m.likelihood().kind() == LikelihoodKind.SURROGATE;
  }

  /** Whether there are terms. */
  static boolean trains(MixtureMethod m) {
    return m.likelihood().kind() != LikelihoodKind.NONE;
  }

  /** Whether the draws alone decide the action, so that all actions can be counted. */
  static boolean countable(MixtureMethod m) {
    ToyPolicy policy = ToyRow.old().seenBy(m);
    for (int position = 0; position < 5; position++) {
      Candidates c = policy.candidates(m.request(), new DrawKey(1, 0, 0, position));
      MixtureStep first = step(m, c, new DrawKey(2, 0, 0, 0));
      for (int i = 1; i < 4; i++) {
        MixtureStep other = step(m, c, new DrawKey(2, 0, 0, i));
        if (!Arrays.equals(first.auxiliary(), other.auxiliary())
            || !Arrays.equals(first.weights(), other.weights())
            || !Arrays.equals(first.ids(), other.ids())) {
          return false;
        }
      }
    }
    return true;
  }

  private static MixtureStep step(MixtureMethod m, Candidates c, DrawKey key) {
    return m.sample(ToyEmbedding.seen(m, c, key), Phase.MIXTURE, key);
  }

  /** Whether the fed weights of given draws are the same under every policy. */
  static boolean fixedWeights(MixtureMethod m) {
    int[] drawn = {1, 2, 0, 3, 4};
    DrawKey key = new DrawKey(2, 0, 0, 0);
    MixtureStep a = m.sample(ToyPolicy.old().candidates(m.request(), drawn), Phase.MIXTURE, key);
    MixtureStep b =
        m.sample(ToyPolicy.renewed().candidates(m.request(), drawn), Phase.MIXTURE, key);
    return Arrays.equals(a.weights(), b.weights()) && Arrays.equals(a.ids(), b.ids());
  }

  /** Whether one id may fill two slots: only where several draws may repeat. */
  static boolean repeats(MixtureMethod m) {
    return m.request().replacement() && m.request().draws() > 1;
  }

  /** A word of a parameter; empty where the method does not have it. */
  static String word(MixtureMethod m, String name) {
    return m.spec().parameters().getOrDefault(name, "");
  }
}
