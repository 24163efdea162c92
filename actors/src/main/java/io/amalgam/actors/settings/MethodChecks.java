package io.amalgam.actors.settings;

import java.util.List;

/** Checks the mixture section against the methods there are. */
final class MethodChecks {
  private MethodChecks() {}

  static void check(RunSettings.Mixture mixture, SettingsReader in) {
    List<String> methods = List.of("discrete", "different-tokens", "dirichlet", "multiplex");
    in.oneOf("mixture.method", methods);
    if (mixture.k() < 1) {
      throw in.wrong("mixture.k", "is out of range", "a whole number, at least 1");
    }
  }
}
