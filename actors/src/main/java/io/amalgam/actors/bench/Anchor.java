package io.amalgam.actors.bench;

/** What something of ours is measured beside. */
sealed interface Anchor permits InsideAnchor, MissingAnchor, ScriptAnchor {
  /** As the table calls it. */
  String name();

  /** Takes one turn. */
  Measured measure() throws Unmeasured, InterruptedException;
}
