package io.amalgam.actors.cli;

/** What the launcher knows about the terminal. */
final class Console {
  private static final int DEFAULT_WIDTH = 100;

  private Console() {}

  /** Whether progress goes to a terminal, where a line can be rewritten. */
  static boolean isTerminal() {
    return Boolean.getBoolean("amalgam.terminal");
  }

  /** Columns of the terminal. */
  static int width() {
    return Integer.getInteger("amalgam.columns", DEFAULT_WIDTH);
  }
}
