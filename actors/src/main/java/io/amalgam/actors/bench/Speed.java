package io.amalgam.actors.bench;

import java.util.List;

/** Something of ours that is measured in turns with its anchors; holds a model while open. */
interface Speed extends AutoCloseable {
  /** What is measured, in words. */
  String what();

  /** What it is compared to. */
  List<Comparison> comparisons();

  /** Takes one turn. */
  Measured measure() throws Unmeasured, InterruptedException;

  /** Turns at the start that do not count, where a first one is no measurement. */
  default int uncounted() {
    return 0;
  }

  @Override
  void close();
}
