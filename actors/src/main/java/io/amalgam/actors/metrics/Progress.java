package io.amalgam.actors.metrics;

import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.RunListener;
import io.amalgam.actors.settings.RunSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * The progress of a run for a person: one line that is rewritten on a terminal, a plain line every
 * few seconds otherwise.
 */
public final class Progress implements RunListener {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);
  private static final String START_OF_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private final int width;
  private final RunSettings.Run limits;
  private Duration lastLine = Duration.ofDays(-1);
  private boolean lineOpen;

  /**
   * Progress written to {@code out}.
   *
   * @param terminal whether the line may be rewritten in place
   * @param width columns of the terminal
   */
  public Progress(PrintWriter out, boolean terminal, int width, RunSettings.Run limits) {
    this.out = out;
    this.terminal = terminal;
    this.width = width;
    this.limits = limits;
  }

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.StepCompleted) {
      step((RunEvent.StepCompleted) event);
    } else if (event instanceof RunEvent.RunStarted) {
      RunEvent.RunStarted e = (RunEvent.RunStarted) event;
      say((e.resumed() ? "resumed at version " : "started at version ") + e.version());
      if (!e.note().isEmpty()) {
        say(e.note());
      }
    } else if (event instanceof RunEvent.ParityChecked) {
      RunEvent.ParityChecked e = (RunEvent.ParityChecked) event;
      say(
          String.format(
              Locale.ROOT,
              "behaviour and replayed log-probs: max |Δ| %.1e, p99 %.1e over %d terms (%s, allowed"
                  + " %.0e)%s",
              e.maxDifference(),
              e.p99Difference(),
              e.terms(),
              e.format(),
              e.tolerance(),
              e.passed() ? "" : " – NOT within tolerance"));
    } else if (event instanceof RunEvent.MemberLost) {
      RunEvent.MemberLost e = (RunEvent.MemberLost) event;
      say("lost " + e.role() + " at " + e.address() + "; its work goes to others");
    } else if (event instanceof RunEvent.MemberJoined) {
      RunEvent.MemberJoined e = (RunEvent.MemberJoined) event;
      say(e.role() + " joined from " + e.address());
    } else if (event instanceof RunEvent.RunFinished) {
      endLine();
    }
  }

  /** Prints a line of its own, above the live line. */
  public synchronized void say(String text) {
    if (lineOpen) {
      out.print(START_OF_LINE);
      lineOpen = false;
    }
    out.println(text);
    out.flush();
  }

  private void step(RunEvent.StepCompleted e) {
    String line = line(e);
    if (terminal) {
      String fitting = line.length() < width ? line : line.substring(0, Math.max(0, width - 1));
      out.print(START_OF_LINE + fitting);
      out.flush();
      lineOpen = true;
    } else if (e.time().minus(lastLine).compareTo(PLAIN_EVERY) >= 0) {
      lastLine = e.time();
      out.println(line);
      out.flush();
    }
  }

  private void endLine() {
    if (lineOpen) {
      out.println();
      out.flush();
      lineOpen = false;
    }
  }

  private String line(RunEvent.StepCompleted e) {
    // What matters most comes first: a narrow terminal cuts off the end.
    StringBuilder s = new StringBuilder();
    s.append(
        String.format(
            Locale.ROOT,
            "step %d  %s left  reward %.3f  %s tok/s  bottleneck %s",
            e.step(),
            clock(left(e)),
            e.batch().rewardMean(),
            thousands(e.timing().generatedPerSecond()),
            e.timing().bottleneck()));
    e.tasks()
        .forEach(
            (name, f) -> s.append(String.format(Locale.ROOT, "  %s %.2f", name, f.rewardMean())));
    return s.toString();
  }

  /** Time left: to the end of the budget, or to the last step at the pace so far. */
  private Duration left(RunEvent.StepCompleted e) {
    Duration left = limits.budget().minus(e.time());
    if (limits.steps() > 0 && e.step() > 0) {
      long perStep = e.time().toMillis() / e.step();
      Duration bySteps = Duration.ofMillis(perStep * Math.max(0, limits.steps() - e.step()));
      left = bySteps.compareTo(left) < 0 ? bySteps : left;
    }
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static String clock(Duration d) {
    long s = d.toSeconds();
    return s >= 3600
        ? String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60);
  }

  private static String thousands(double v) {
    return v >= 10_000
        ? String.format(Locale.ROOT, "%.0fk", v / 1000)
        : String.format(Locale.ROOT, "%.0f", v);
  }
}
