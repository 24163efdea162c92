package io.amalgam.actors.cluster;

import java.util.Set;
import java.util.TreeSet;

/** The roles a JVM can take. */
public final class Roles {
  /** Controller, learner and weight publisher. */
  public static final String LEARNER = "learner";

  /** Samples groups, one actor per device. */
  public static final String GENERATOR = "generator";

  /** Turns members into verdicts. */
  public static final String VERIFIER = "verifier";

  private static final Set<String> ALL = Set.of(LEARNER, GENERATOR, VERIFIER);

  private Roles() {}

  /** Every role. */
  public static Set<String> all() {
    return new TreeSet<>(ALL);
  }

  /**
   * Checks names of roles.
   *
   * @throws IllegalArgumentException for an empty set or an unknown name
   */
  public static Set<String> check(Set<String> roles) {
    if (roles.isEmpty() || !ALL.containsAll(roles)) {
      throw new IllegalArgumentException(
          "roles " + roles + ": choose among " + String.join(", ", all()));
    }
    return roles;
  }
}
