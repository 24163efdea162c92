package io.amalgam.policy.mixture;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** All mixture methods, by name. */
public final class MethodCatalog {
  private static final List<MethodDefinition> DEFINITIONS =
      List.of(
          Cot2Dirichlet.DEFINITION,
          DifferentTokens.DEFINITION,
          DirichletMixture.DEFINITION,
          Discrete.DEFINITION,
          ElementwiseMax.DEFINITION,
          Gaussian.DEFINITION,
          Greedy.DEFINITION,
          Gumbel.DEFINITION,
          InverseProbability.DEFINITION,
          LatentGumbel.DEFINITION,
          Lepo.DEFINITION,
          MixtureOfInputs.DEFINITION,
          Multiplex.DEFINITION,
          Nucleus.DEFINITION,
          SoftThinking.DEFINITION);

  private MethodCatalog() {}

  /** Every method's description, by name in alphabetical order. */
  public static List<MethodDefinition> definitions() {
    return DEFINITIONS.stream().sorted(Comparator.comparing(MethodDefinition::name)).toList();
  }

  /** The description of one method; throws {@link MixtureConfigurationException}. */
  public static MethodDefinition definition(String name) {
    for (MethodDefinition definition : DEFINITIONS) {
      if (definition.name().equals(name)) {
        return definition;
      }
    }
    throw new MixtureConfigurationException(
        "mixture.method",
        name,
        "one of "
            + definitions().stream().map(MethodDefinition::name).collect(Collectors.joining(", ")));
  }

  /**
   * The method of a spec, in which absent parameters take their defaults.
   *
   * @throws MixtureConfigurationException when the method is unknown or a value is out of range
   */
  public static MixtureMethod create(MethodSpec spec) {
    MethodDefinition definition = definition(spec.method());
    return definition.create().apply(definition.complete(spec));
  }
}
