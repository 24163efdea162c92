package io.amalgam.actors.cli;

/** What the launcher knows about the terminal. */
final class Console {
  private static final int DEFAULT_WIDTH = 100;
  private static final int SMALLEST_WIDTH = 20;

  private Console() {}

  /** Whether progress goes to a terminal, where a line can be rewritten. */
  static boolean isTerminal() {
    return Boolean.getBoolean("amalgam.terminal");
  }

  /** Columns of the terminal; a terminal that does not know them (0) gets the usual number. */
  static int width() {
    int columns = Integer.getInteger("amalgam.columns", DEFAULT_WIDTH);
    return columns < SMALLEST_WIDTH ? DEFAULT_WIDTH : columns;
  }
}
