package io.amalgam.policy.mixture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * What a person chooses about the end of the mixture phase; with a marker and a tokenizer it
 * becomes a {@link PhasePolicy}.
 *
 * @param rule how the end marker is recognised
 * @param probability for {@link Rule#PROBABILITY}: probability of the marker's first token from
 *     which on the phase ends, in (0, 1]
 * @param lock whether the marker's first token changes to ordinary tokens for the rest of it
 * @param coldEntropy nats below which a position counts for the Cold Stop, above 0
 * @param coldPositions positions in a row that end the phase; 0: no Cold Stop
 * @param longestMixture thinking positions after which the phase ends; 0: no limit
 * @param force whether an end that the policy did not write feeds the marker
 */
public record PhaseSettings(
    Rule rule,
    double probability,
    Lock lock,
    double coldEntropy,
    int coldPositions,
    int longestMixture,
    boolean force) {

  /** How the end marker is recognised; {@link StopRule} says what each does. */
  public enum Rule {
    /** The text of the representatives contains it, however tokens cut it. */
    REPRESENTATIVE_TEXT,
    /** The representatives are its ids. */
    REPRESENTATIVE_IDS,
    /** The first draws are its ids. */
    FIRST_DRAW,
    /** The most probable tokens are its ids. */
    ARGMAX,
    /** Its first id is probable enough. */
    PROBABILITY;

    /** The configuration word, for example {@code first-draw}. */
    public String word() {
      return PhaseSettings.word(this);
    }

    /** Whether the rule reads the action, so that a begun marker can be finished in tokens. */
    public boolean readsActions() {
      return this != ARGMAX && this != PROBABILITY;
    }
  }

  /** Whether the marker's first token changes to ordinary tokens. */
  public enum Lock {
    /** For markers of more than one token, where the rule reads actions. */
    AUTO,
    /** Always. */
    ON,
    /** Never: all tokens of the marker but the last are mixtures. */
    OFF;

    /** The configuration word. */
    public String word() {
      return PhaseSettings.word(this);
    }
  }

  /** Checks the ranges. */
  public PhaseSettings {
    if (!(probability > 0 && probability <= 1) || !(coldEntropy > 0)) {
      throw new IllegalArgumentException(
          "end probability " + probability + ", cold stop below " + coldEntropy + " nats");
    }
    if (coldPositions < 0 || longestMixture < 0) {
      throw new IllegalArgumentException(
          "cold stop after " + coldPositions + ", longest mixture " + longestMixture);
    }
    if (lock == Lock.ON && !rule.readsActions()) {
      throw new IllegalArgumentException("the rule " + rule.word() + " cannot lock");
    }
  }

  /** The text of the representatives, no limits. */
  public static PhaseSettings usual() {
    return new PhaseSettings(Rule.REPRESENTATIVE_TEXT, 0.5, Lock.AUTO, 0.01, 0, 0, true);
  }

  /** The same with a limit on the mixture's length; 0: none. */
  public PhaseSettings longest(int positions) {
    return new PhaseSettings(rule, probability, lock, coldEntropy, coldPositions, positions, force);
  }

  /**
   * These settings for one marker.
   *
   * @param marker the text that ends thinking
   * @param markerIds the same as ids
   * @param tokenBytes the bytes that a token id stands for, empty for tokens without text
   */
  public PhasePolicy policy(String marker, int[] markerIds, IntFunction<byte[]> tokenBytes) {
    EndMarker.Ids ids = new EndMarker.Ids(markerIds);
    List<StopRule> rules = new ArrayList<>();
    rules.add(
        switch (rule) {
          case REPRESENTATIVE_TEXT ->
              new MarkerRule.Representatives(new EndMarker.Text(marker, tokenBytes));
          case REPRESENTATIVE_IDS -> new MarkerRule.Representatives(ids);
          case FIRST_DRAW -> new MarkerRule.FirstDraws(ids);
          case ARGMAX -> new StateRule.MostProbable(ids);
          case PROBABILITY -> new StateRule.EndProbability(markerIds[0], probability);
        });
    if (coldPositions > 0) {
      rules.add(new StateRule.ColdStop(coldEntropy, coldPositions));
    }
    if (longestMixture > 0) {
      rules.add(new LongestMixture(longestMixture));
    }
    boolean locks =
        lock == Lock.ON || lock == Lock.AUTO && markerIds.length > 1 && rule.readsActions();
    return new PhasePolicy(rules, markerIds, force, locks);
  }

  /** The configuration words of an enumeration. */
  public static <E extends Enum<E>> List<String> words(Class<E> of) {
    return Arrays.stream(of.getEnumConstants()).map(PhaseSettings::word).toList();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
