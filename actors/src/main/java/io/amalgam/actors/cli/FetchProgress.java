package io.amalgam.actors.cli;

import io.amalgam.policy.hub.FetchListener;
import io.amalgam.policy.hub.ModelName;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * The progress of a download for a person: one line with a bar that is rewritten on a terminal;
 * otherwise a plain line for every file, and one every few seconds for a large one.
 */
final class FetchProgress implements FetchListener, AutoCloseable {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);
  private static final Duration BAR_EVERY = Duration.ofMillis(100);
  private static final String START_OF_LINE = "\r\u001b[K";
  private static final int BAR = 24;

  private final PrintWriter out;
  private final boolean terminal;
  private final int width;
  private String file = "";
  private long shown;
  private long started;
  private long startedAt;
  private boolean lineOpen;

  /**
   * Progress written to {@code out}.
   *
   * @param terminal whether the line may be rewritten in place
   * @param width columns of the terminal
   */
  FetchProgress(PrintWriter out, boolean terminal, int width) {
    this.out = out;
    this.terminal = terminal;
    this.width = width;
  }

  @Override
  public void began(ModelName model, int files, long bytes) {
    if (files > 0) {
      say(
          String.format(
              Locale.ROOT,
              "fetching %d %s of %s, %s",
              files,
              files == 1 ? "file" : "files",
              model,
              size(bytes)));
    }
  }

  @Override
  public void advanced(String name, long done, long size) {
    long now = System.nanoTime();
    if (!name.equals(file)) {
      file = name;
      started = now;
      startedAt = done;
      shown = terminal ? 0 : now;
    }
    Duration every = terminal ? BAR_EVERY : PLAIN_EVERY;
    if (shown != 0 && now - shown < every.toNanos()) {
      return;
    }
    shown = now;
    double rate = (done - startedAt) / Math.max(1e-3, (now - started) * 1e-9);
    String line =
        size <= 0
            ? String.format(Locale.ROOT, "%s %s  %s/s", name, size(done), size((long) rate))
            : String.format(
                Locale.ROOT,
                "%s%s %3d %% of %s  %s/s",
                terminal ? bar((double) done / size) + " " : "  ",
                name,
                100 * done / size,
                size(size),
                size((long) rate));
    if (terminal) {
      out.print(START_OF_LINE + (line.length() < width ? line : line.substring(0, width - 1)));
      out.flush();
      lineOpen = true;
    } else {
      say(line);
    }
  }

  @Override
  public void completed(String name, long size) {
    file = "";
    say("  " + name + " " + size(size));
  }

  @Override
  public void retrying(String what, String reason, Duration pause) {
    say(
        String.format(
            Locale.ROOT, "%s: %s; again in %.0f s", what, reason, pause.toMillis() / 1000.0));
  }

  @Override
  public void waiting(String name) {
    say("another process fetches " + name + "; waiting for it");
  }

  /** Ends an open line. */
  @Override
  public void close() {
    if (lineOpen) {
      out.print(START_OF_LINE);
      out.flush();
      lineOpen = false;
    }
  }

  private void say(String text) {
    close();
    out.println(text);
    out.flush();
  }

  private static String bar(double share) {
    int full = (int) Math.round(BAR * Math.min(1, share));
    return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "]";
  }

  private static String size(long bytes) {
    if (bytes >= 1_000_000_000) {
      return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
    return bytes >= 1_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
  }
}
