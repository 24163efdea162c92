package io.amalgam.actors.settings;

import io.amalgam.policy.mixture.LikelihoodKind;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MethodDefinition;
import io.amalgam.policy.mixture.MixtureConfigurationException;
import io.amalgam.policy.mixture.MixtureMethod;
import io.amalgam.policy.mixture.Parameter;
import io.amalgam.policy.mixture.PhaseSettings;
import java.util.List;
import java.util.stream.Stream;

/** Checks the mixture section against the methods there are. */
final class MethodChecks {
  /** Greedy decoding explores nothing: it is a read-out, not a way to train. */
  private static final String READ_OUT = "greedy";

  private MethodChecks() {}

  /** The names that {@code mixture.method} takes. */
  static List<String> names() {
    return MethodCatalog.definitions().stream()
        .map(MethodDefinition::name)
        .filter(name -> !name.equals(READ_OUT))
        .toList();
  }

  /** The names that {@code mixture.likelihood} takes, those of all methods together. */
  static List<String> likelihoods() {
    return MethodCatalog.definitions().stream()
        .flatMap(d -> d.parameters().stream())
        .filter(p -> p.name().equals("likelihood"))
        .flatMap(p -> p instanceof Parameter.Choice c ? c.words().stream() : Stream.empty())
        .distinct()
        .toList();
  }

  /** The only k of a method that has just one. */
  static boolean hasOneK(String method) {
    return MethodCatalog.definitions().stream()
        .anyMatch(d -> d.name().equals(method) && d.smallestK() == d.largestK());
  }

  static void check(RunSettings settings, SettingsReader in) {
    try {
      MixtureMethod method = MethodCatalog.create(settings.methodSpec());
      LossSettings.check(settings, method.likelihood());
      if (method.likelihood().kind() == LikelihoodKind.SURROGATE
          && settings.offPolicy()
          && settings.policyLoss().settings().comparesWithBehaviour()
          && !in.flag("mixture.allow-surrogate-ratios")) {
        throw in.wrong(
            "mixture.likelihood",
            "is a surrogate, whose ratio is no importance ratio and cannot correct stale tokens"
                + " or those of an int8 sampler",
            "choose an exact likelihood, set controller.max-staleness to 0 and generator.sampler to"
                + " exact, or force it with"
                + " mixture.allow-surrogate-ratios = true");
      }
      if (settings.mixture().phases().rule() == PhaseSettings.Rule.FIRST_DRAW
          && method.spec().k() > 1
          && method.request().draws() < method.spec().k()) {
        throw in.wrong(
            "mixture.stop.rule",
            "needs a method whose action is its draws, not " + method.spec().method(),
            "choose representative-text or representative-ids");
      }
    } catch (MixtureConfigurationException e) {
      throw new SettingsException(
          key(e.field()) + " = " + e.value() + " is not possible", "it must be " + e.allowed());
    }
  }

  /** A method names its parameters {@code mixture.x}; they are written under parameters. */
  private static String key(String field) {
    return switch (field) {
      case "mixture.method", "mixture.k", "mixture.likelihood", "generator.temperature" -> field;
      default -> field.replaceFirst("^mixture\\.", "mixture.parameters.");
    };
  }
}
