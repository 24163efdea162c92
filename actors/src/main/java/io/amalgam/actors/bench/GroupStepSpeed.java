package io.amalgam.actors.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A GRPO step, measured in a process of its own, so that its peak memory is its own. */
final class GroupStepSpeed implements Speed {
  /** What the child writes. */
  static final Map<Quantity, String> FIELDS =
      Map.of(Quantity.TOKENS_PER_SECOND, "tok_s", Quantity.PEAK_GIB, "peak_gib");

  private static final Target SPEED = Target.atLeast(3);
  private static final Target MEMORY = Target.atMost(1 / 3.0);

  private final Child child;
  private final GroupStep.Shape shape;
  private final List<Comparison> comparisons;

  GroupStepSpeed(Child child, GroupStep.Shape shape, Anchor anchor) {
    this.child = child;
    this.shape = shape;
    comparisons =
        List.of(
            new Comparison(anchor, Quantity.TOKENS_PER_SECOND, Optional.of(SPEED)),
            new Comparison(anchor, Quantity.PEAK_GIB, Optional.of(MEMORY)));
  }

  @Override
  public String what() {
    return String.format(
        Locale.ROOT,
        "GRPO step (generate, score, train, swap), %d groups × %d × %d tokens",
        shape.groups(),
        shape.members(),
        shape.newTokens());
  }

  @Override
  public List<Comparison> comparisons() {
    return comparisons;
  }

  @Override
  public Measured measure() throws Unmeasured, InterruptedException {
    List<String> lines = child.run("").lines();
    SortedMap<Quantity, Double> values = ScriptAnchor.values(lines, FIELDS);
    if (values.isEmpty()) {
      throw new Unmeasured("the step's process wrote no figures");
    }
    return new Measured(ScriptAnchor.text(lines, "dtype"), new TreeMap<>(values));
  }

  @Override
  public void close() {
    // Every turn is a process that has ended.
  }
}
