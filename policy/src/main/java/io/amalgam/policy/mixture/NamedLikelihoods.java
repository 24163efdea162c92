package io.amalgam.policy.mixture;

import java.util.List;

/** The parameters that choose a likelihood, shared by the methods. */
final class NamedLikelihoods {
  private NamedLikelihoods() {}

  /** Parameter {@code mixture.likelihood}; the first name is the default's own. */
  static Parameter choice(String... names) {
    return new Parameter.Choice("likelihood", "default", List.of(names));
  }

  /** Parameter {@code mixture.terms}: whether a loss clips each slot or the position. */
  static Parameter terms() {
    return new Parameter.Choice("terms", "per-slot", List.of("per-slot", "joint"));
  }

  /** The value of a parameter of a complete spec. */
  static String text(MethodSpec spec, String name) {
    String value = spec.parameters().get(name);
    if (value == null) {
      throw new IllegalArgumentException("the spec of " + spec.method() + " lacks " + name);
    }
    return value;
  }

  /** The numeric value of a parameter of a complete spec. */
  static double number(MethodSpec spec, String name) {
    return Double.parseDouble(text(spec, name));
  }
}
