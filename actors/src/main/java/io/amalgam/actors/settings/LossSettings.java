package io.amalgam.actors.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.amalgam.policy.kernel.SamplerPrecision;
import io.amalgam.policy.mixture.MixtureLikelihood;
import io.amalgam.policy.train.loss.AdaptiveEntropy;
import io.amalgam.policy.train.loss.CorrectionCatalog;
import io.amalgam.policy.train.loss.LossCatalog;
import io.amalgam.policy.train.loss.PolicyLoss;
import io.amalgam.policy.train.loss.Proximal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads {@code learner.loss}: a tagged union on {@code type}, with {@code correction} as a union of
 * its own, and makes the loss of it.
 *
 * <p>The parameters have the names and defaults of {@link LossCatalog}, with three differences that
 * make the default recipe: {@code grpo} averages over all tokens and clips higher (0.28); a
 * correction that is left to {@code auto} is truncated importance sampling as soon as tokens may be
 * stale and the loss needs one; the constant length is {@code generator.max-new-tokens}.
 */
final class LossSettings {
  private static final String SECTION = "learner.loss";
  private static final String AUTO = "auto";
  private static final String CAP = "behaviour-cap";
  private static final String ADAPTIVE = "adaptive-entropy";
  private static final String FILTER = "mask-truncated";

  /** The distance to a reference policy is set elsewhere. */
  private static final Set<String> OF_KL = Set.of("kl", "kl-estimator");

  private LossSettings() {}

  static RunSettings.Loss read(Config config, SettingsReader in) {
    ConfigObject section = config.getObject(SECTION);
    String type = in.text(SECTION + ".type").replace('_', '-');
    if (!LossCatalog.types().contains(type)) {
      type = in.oneOf(SECTION + ".type", LossCatalog.types());
    }
    SortedSet<String> known = LossCatalog.parameters(type);
    known.removeAll(OF_KL);
    SortedMap<String, String> parameters = new TreeMap<>();
    SortedSet<String> names = new TreeSet<>(Set.of(ADAPTIVE, CAP, FILTER));
    known.stream().filter(n -> !n.startsWith("correction")).forEach(names::add);
    for (Map.Entry<String, ConfigValue> e : section.entrySet()) {
      String name = e.getKey();
      if (name.equals("correction")) {
        parameters.putAll(correction(e.getValue(), known));
      } else if (!name.equals("type") && !name.equals(ADAPTIVE)) {
        requireKnown(SECTION, name, names, "loss type " + type, e.getValue());
        parameters.put(name, String.valueOf(e.getValue().unwrapped()));
      }
    }
    boolean filter = parameters.remove(FILTER) != null && in.flag(SECTION + "." + FILTER);
    if (parameters.remove(CAP) != null) {
      double cap = in.within(SECTION + "." + CAP, 1, Double.MAX_VALUE);
      if (parameters.put("correction-max", Double.toString(cap)) != null) {
        throw in.wrong(SECTION + "." + CAP, "is the same as correction.max", "give one of the two");
      }
    }
    return new RunSettings.Loss(type, parameters, filter, adaptiveEntropy(section, parameters, in));
  }

  private static Optional<AdaptiveEntropy> adaptiveEntropy(
      ConfigObject section, SortedMap<String, String> parameters, SettingsReader in) {
    ConfigValue value = section.get(ADAPTIVE);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof ConfigObject)) {
      throw in.wrong(SECTION + "." + ADAPTIVE, "is no section", "give { target = 0.2 }");
    }
    SortedSet<String> names = new TreeSet<>(Set.of("target", "step", "largest"));
    String key = SECTION + "." + ADAPTIVE;
    ((ConfigObject) value)
        .forEach((name, v) -> requireKnown(key, name, names, "adaptive entropy", v));
    if (!((ConfigObject) value).containsKey("target")) {
      throw in.wrong(key, "has no target", "give target = 0.2 or another entropy in nats");
    }
    double largest = number(in, (ConfigObject) value, "largest", 1);
    try {
      double initial = Double.parseDouble(parameters.getOrDefault("entropy", "0"));
      return Optional.of(
          new AdaptiveEntropy(
              in.within(key + ".target", 0, Double.MAX_VALUE),
              number(in, (ConfigObject) value, "step", 0.005),
              largest,
              initial));
    } catch (IllegalArgumentException e) {
      throw in.wrong(
          SECTION + ".entropy", "is no weight to begin with", "a number from 0 to " + largest);
    }
  }

  private static double number(
      SettingsReader in, ConfigObject section, String name, double fallback) {
    return section.containsKey(name)
        ? in.within(SECTION + "." + ADAPTIVE + "." + name, 0, Double.MAX_VALUE)
        : fallback;
  }

  /** The block's keys under the names that the catalogue has for them. */
  private static SortedMap<String, String> correction(ConfigValue value, SortedSet<String> known) {
    SortedMap<String, String> out = new TreeMap<>();
    if (!(value instanceof ConfigObject)) {
      String word = String.valueOf(value.unwrapped());
      requireRule(word, value);
      out.put("correction", word);
    } else {
      SortedSet<String> names = new TreeSet<>(Set.of("type"));
      known.stream()
          .filter(n -> n.startsWith("correction-"))
          .map(n -> n.substring("correction-".length()))
          .forEach(names::add);
      ((ConfigObject) value)
          .forEach(
              (name, v) -> {
                requireKnown(SECTION + ".correction", name, names, "a correction", v);
                if (name.equals("type")) {
                  requireRule(String.valueOf(v.unwrapped()), v);
                }
                out.put(
                    name.equals("type") ? "correction" : "correction-" + name,
                    String.valueOf(v.unwrapped()));
              });
    }
    out.remove("correction", AUTO);
    return out;
  }

  private static void requireRule(String word, ConfigValue at) {
    List<String> rules = new ArrayList<>(List.of(AUTO));
    rules.addAll(CorrectionCatalog.types());
    if (!rules.contains(word.replace('_', '-'))) {
      throw UnionSettings.unknownWord(SECTION + ".correction.type", word, rules, at);
    }
  }

  private static void requireKnown(
      String section, String name, SortedSet<String> names, String owner, ConfigValue at) {
    if (!names.contains(name)) {
      throw UnionSettings.unknownKey(section, name, names, owner, at);
    }
  }

  /** The loss of the settings; {@link IllegalArgumentException} when it cannot be. */
  static PolicyLoss create(RunSettings settings) {
    return create(settings, settings.learner().loss().parameters());
  }

  /** The same with another weight of the entropy bonus. */
  static PolicyLoss create(RunSettings settings, double entropyWeight) {
    SortedMap<String, String> p = new TreeMap<>(settings.learner().loss().parameters());
    p.put("entropy", Double.toString(entropyWeight));
    return create(settings, p);
  }

  private static PolicyLoss create(RunSettings settings, SortedMap<String, String> given) {
    RunSettings.Loss l = settings.learner().loss();
    SortedMap<String, String> p = new TreeMap<>(given);
    RunSettings.Kl kl = settings.learner().kl();
    if (kl.coefficient() > 0) {
      p.put("kl", Double.toString(kl.coefficient()));
      p.put("kl-estimator", kl.estimator());
    }
    p.putIfAbsent("constant-length", Integer.toString(settings.generator().maxNewTokens()));
    if (l.type().equals("grpo")) {
      p.putIfAbsent("reduction", "token-mean");
      if (!p.containsKey("epsilon") && !p.containsKey("epsilon-high")) {
        p.putIfAbsent("clip-high", "0.28");
      }
    }
    if (!p.containsKey("correction") && !l.type().equals("decoupled")) {
      PolicyLoss plain = LossCatalog.create(l.type(), withoutCorrection(p));
      boolean needless = !settings.offPolicy() || plain.settings().proximal() == Proximal.BEHAVIOUR;
      if (needless) {
        p.remove("correction-max");
      } else {
        p.put("correction", plain.weighsSequences() ? "sequence-truncate" : "token-truncate");
      }
    }
    return LossCatalog.create(l.type(), p);
  }

  private static SortedMap<String, String> withoutCorrection(SortedMap<String, String> p) {
    SortedMap<String, String> out = new TreeMap<>(p);
    out.keySet().removeIf(name -> name.startsWith("correction"));
    return out;
  }

  /** Refuses a loss that cannot be, or not with the likelihood. */
  static void check(RunSettings settings, MixtureLikelihood likelihood) {
    PolicyLoss loss;
    try {
      loss = create(settings);
    } catch (IllegalArgumentException e) {
      throw SettingsException.ofSentence(SECTION + ": " + e.getMessage());
    }
    boolean corrected = loss.settings().comparesWithBehaviour();
    if (settings.generator().sampler() == SamplerPrecision.INT8 && !corrected) {
      throw new SettingsException(
          "generator.sampler = int8 samples from another distribution than the policy's, and "
              + SECTION
              + ".correction.type = none does not correct for it",
          "set the correction to auto or another rule, or the sampler to exact");
    }
    if (loss.comparesProbabilities() && likelihood.isDensity()) {
      throw new SettingsException(
          SECTION
              + ".type = "
              + settings.learner().loss().type()
              + " compares probabilities, and the likelihood of "
              + settings.mixture().method()
              + " is a density, which has no bound",
          "choose a loss of ratios such as grpo or m2po, or a method of draws such as multiplex");
    }
  }
}
