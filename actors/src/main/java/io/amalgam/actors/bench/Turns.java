package io.amalgam.actors.bench;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Measures ours and its anchors in turns: ours, theirs, ours, theirs, …; what changes on the
 * machine meanwhile meets both, and the median of the ratios of neighbours counts.
 */
final class Turns {
  private static final String OURS = "amalgam";

  private final String name;
  private final Speed speed;
  private final int rounds;
  private final Map<Anchor, List<Measured>> theirs = new IdentityHashMap<>();
  private final Map<Anchor, String> failures = new IdentityHashMap<>();
  private final List<Measured> ours = new ArrayList<>();

  private Turns(String name, Speed speed, int rounds) {
    this.name = name;
    this.speed = speed;
    this.rounds = rounds;
    // One anchor may stand in two comparisons.
    speed.comparisons().forEach(c -> theirs.put(c.anchor(), new ArrayList<>()));
  }

  /** The lines of the table of one speed, one per comparison. */
  static List<SpeedRow> measure(String name, Speed speed, int rounds) throws InterruptedException {
    return new Turns(name, speed, rounds).rows();
  }

  private List<SpeedRow> rows() throws InterruptedException {
    ProcessorLoad load = new ProcessorLoad();
    Optional<String> failure = takeTurns();
    OptionalDouble others = load.otherCores();
    List<SpeedRow> rows = new ArrayList<>();
    for (Comparison c : speed.comparisons()) {
      rows.add(
          failure.isPresent() ? unmeasured(name, speed.what(), c, failure.get()) : row(c, others));
    }
    return rows;
  }

  /** Why ours could not be measured, if it could not. */
  private Optional<String> takeTurns() throws InterruptedException {
    for (int round = -speed.uncounted(); round < rounds; round++) {
      try {
        Measured mine = speed.measure();
        if (round >= 0) {
          ours.add(mine);
        }
      } catch (Unmeasured e) {
        return Optional.of(e.getMessage());
      }
      for (Anchor anchor : theirs.keySet()) {
        turn(anchor, round);
      }
    }
    return Optional.empty();
  }

  private void turn(Anchor anchor, int round) throws InterruptedException {
    // One that failed would fail again.
    if (failures.containsKey(anchor)) {
      return;
    }
    try {
      Measured measured = anchor.measure();
      if (round >= 0) {
        theirs.get(anchor).add(measured);
      }
    } catch (Unmeasured e) {
      failures.put(anchor, e.getMessage());
    }
  }

  private SpeedRow row(Comparison c, OptionalDouble others) {
    double[] mine = values(ours, c.quantity());
    SpeedRow.Side side = SpeedRow.Side.of(OURS, ours.get(0).format(), mine);
    Anchor anchor = c.anchor();
    if (failures.containsKey(anchor)) {
      return new SpeedRow(
          name,
          speed.what(),
          c.quantity(),
          side,
          SpeedRow.Side.missing(anchor.name(), failures.get(anchor)),
          Optional.empty(),
          c.target(),
          others);
    }
    List<Measured> measured = theirs.get(anchor);
    double[] other = values(measured, c.quantity());
    double[] ratios = new double[mine.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = mine[i] / other[i];
    }
    return new SpeedRow(
        name,
        speed.what(),
        c.quantity(),
        side,
        SpeedRow.Side.of(anchor.name(), measured.get(0).format(), other),
        Optional.of(SpeedRow.Ratio.of(ratios)),
        c.target(),
        others);
  }

  /** A line for something of ours that could not be measured. */
  static SpeedRow unmeasured(String name, String what, Comparison c, String reason) {
    return new SpeedRow(
        name,
        what,
        c.quantity(),
        SpeedRow.Side.missing(OURS, reason),
        SpeedRow.Side.missing(c.anchor().name(), "not measured alone"),
        Optional.empty(),
        c.target(),
        OptionalDouble.empty());
  }

  private static double[] values(List<Measured> turns, Quantity quantity) {
    return turns.stream().mapToDouble(m -> m.get(quantity)).toArray();
  }
}
