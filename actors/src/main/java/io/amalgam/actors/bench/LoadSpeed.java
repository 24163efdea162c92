package io.amalgam.actors.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** From nothing to the first token, in a process of its own; the files are in the cache. */
final class LoadSpeed implements Speed {
  /** What both children write. */
  static final Map<Quantity, String> FIELDS = Map.of(Quantity.INSIDE_SECONDS, "inside_s");

  private static final Target TARGET = Target.atMost(0.5);

  private final Child child;
  private final List<Comparison> comparisons;

  LoadSpeed(Child child, Anchor anchor) {
    this.child = child;
    comparisons =
        List.of(
            new Comparison(anchor, Quantity.PROCESS_SECONDS, Optional.of(TARGET)),
            new Comparison(anchor, Quantity.INSIDE_SECONDS, Optional.of(TARGET)));
  }

  @Override
  public String what() {
    return "load of the model until the first token";
  }

  @Override
  public List<Comparison> comparisons() {
    return comparisons;
  }

  @Override
  public Measured measure() throws Unmeasured, InterruptedException {
    Child.Output output = child.run("");
    SortedMap<Quantity, Double> values = new TreeMap<>(ScriptAnchor.values(output.lines(), FIELDS));
    if (values.isEmpty()) {
      throw new Unmeasured("the loading process wrote no figures");
    }
    values.put(Quantity.PROCESS_SECONDS, output.wall().toNanos() / 1e9);
    return new Measured(ScriptAnchor.text(output.lines(), "dtype"), values);
  }

  /** The first turn reads the files from the disk. */
  @Override
  public int uncounted() {
    return 1;
  }

  @Override
  public void close() {
    // Every turn is a process that has ended.
  }
}
