package io.amalgam.policy.mixture;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The description of a mixture method: its name, its parameters with ranges and defaults, and how
 * it is made.
 *
 * @param name configuration name
 * @param summary one sentence for a person who chooses
 * @param smallestK smallest number of slots
 * @param largestK largest number of slots
 * @param parameters all parameters beside k and temperature, those of the filter included
 * @param create makes the method of a checked, complete spec
 */
public record MethodDefinition(
    String name,
    String summary,
    int smallestK,
    int largestK,
    List<Parameter> parameters,
    Function<MethodSpec, MixtureMethod> create) {

  /** Smallest temperature; the logits are divided by it. */
  static final double SMALLEST_TEMPERATURE = 0.01;

  /** Largest temperature. */
  static final double LARGEST_TEMPERATURE = 100;

  /** Copies the parameters. */
  public MethodDefinition {
    parameters = List.copyOf(parameters);
  }

  /** A method that samples from everything unless told otherwise. */
  static MethodDefinition of(
      String name,
      String summary,
      int smallestK,
      int largestK,
      List<Parameter> parameters,
      Function<MethodSpec, MixtureMethod> create) {
    return of(name, summary, smallestK, largestK, CandidateFilter.NONE, parameters, create);
  }

  /** A method with the candidate filter that its paper uses. */
  static MethodDefinition of(
      String name,
      String summary,
      int smallestK,
      int largestK,
      CandidateFilter usual,
      List<Parameter> parameters,
      Function<MethodSpec, MixtureMethod> create) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.addAll(CandidateFilter.parameters(usual));
    all.add(RepetitionPenalty.parameter());
    return new MethodDefinition(name, summary, smallestK, largestK, all, create);
  }

  private String allowedK(int given) {
    if (smallestK == largestK) {
      return smallestK + " for " + name;
    }
    String range = "from " + smallestK + " to " + largestK + " for " + name;
    return given == 1
        ? range
            + ", which at 1 would only ever take the most probable token: for one token per"
            + " position choose discrete, or greedy for evaluation"
        : range;
  }

  /** The spec with every default filled in; throws {@link MixtureConfigurationException}. */
  MethodSpec complete(MethodSpec spec) {
    if (spec.k() < smallestK || spec.k() > largestK) {
      throw new MixtureConfigurationException(
          "mixture.k", Integer.toString(spec.k()), allowedK(spec.k()));
    }
    if (!(spec.temperature() >= SMALLEST_TEMPERATURE
        && spec.temperature() <= LARGEST_TEMPERATURE)) {
      throw new MixtureConfigurationException(
          "generator.temperature",
          Double.toString(spec.temperature()),
          "from " + SMALLEST_TEMPERATURE + " to " + LARGEST_TEMPERATURE);
    }
    SortedMap<String, String> values = new TreeMap<>(spec.parameters());
    for (Parameter parameter : parameters) {
      parameter.check(values.computeIfAbsent(parameter.name(), n -> parameter.defaultValue()));
    }
    List<String> known = parameters.stream().map(Parameter::name).toList();
    for (String given : values.keySet()) {
      if (!known.contains(given)) {
        throw new MixtureConfigurationException(
            "mixture." + given,
            values.getOrDefault(given, ""),
            known.isEmpty()
                ? "absent: " + name + " has no parameters"
                : "absent: the parameters of " + name + " are " + String.join(", ", known));
      }
    }
    return new MethodSpec(name, spec.k(), spec.temperature(), values);
  }
}
