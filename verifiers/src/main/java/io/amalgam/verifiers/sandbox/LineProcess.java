package io.amalgam.verifiers.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that answers each line on its standard input with one line on its standard output. One
 * question at a time.
 */
public final class LineProcess implements AutoCloseable {
  /** So much of what a process says on its standard error is kept to explain its end. */
  private static final int KEPT_ERROR_CHARACTERS = 2000;

  private static final Duration ERROR_WAIT = Duration.ofSeconds(1);

  /** Longest answer in characters; a process that writes more is not understood. */
  private static final int MAX_ANSWER = 1 << 26;

  /** The process gave no answer in time and was killed. */
  public static final class Late extends Exception {
    private static final long serialVersionUID = 1L;

    Late(Duration limit) {
      super("no answer within " + limit);
    }
  }

  /** The process ended, or never began. */
  public static final class Ended extends Exception {
    private static final long serialVersionUID = 1L;

    Ended(String message) {
      super(message);
    }
  }

  private final Process process;
  private final LinkedBlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
  private final StringBuffer errors = new StringBuffer();
  private final Thread errorReader;

  private LineProcess(Process process) {
    this.process = process;
    daemon("process-output", this::readAnswers);
    errorReader = daemon("process-errors", this::readErrors);
  }

  /**
   * Starts a command.
   *
   * @throws Ended if it cannot be started
   */
  public static LineProcess start(List<String> command) throws Ended {
    try {
      return new LineProcess(new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw new Ended("cannot start " + command.get(0) + ": " + e.getMessage());
    }
  }

  /**
   * The answer to a line.
   *
   * @throws Late after the limit; the process is killed
   * @throws Ended if the process ends before it answers
   */
  public String ask(String line, Duration limit) throws Late, Ended, InterruptedException {
    // a process that does not read would block the writer for ever
    daemon("process-input", () -> write(line));
    return answer(limit);
  }

  /** The next line without a question, for processes that announce themselves. */
  public String answer(Duration limit) throws Late, Ended, InterruptedException {
    try {
      Optional<String> answer = answers.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (answer == null) {
        close();
        throw new Late(limit);
      }
      if (answer.isEmpty()) {
        throw new Ended(end());
      }
      return answer.get();
    } catch (InterruptedException e) {
      close();
      throw e;
    }
  }

  /** The number of the process. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the process. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  private String end() throws InterruptedException {
    leave();
    int code = process.waitFor();
    // what it said last explains its end; a grandchild may hold the stream open
    errorReader.join(ERROR_WAIT.toMillis());
    process.destroyForcibly();
    String said = errors.toString().strip();
    return "the process ended with code "
        + code
        + (said.isEmpty() ? "" : ": " + said.substring(said.lastIndexOf('\n') + 1));
  }

  /** Lets a process that is ending end by itself: killing closes what it said, read or not. */
  private void leave() throws InterruptedException {
    if (!process.waitFor(ERROR_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
  }

  private void write(String line) {
    try {
      OutputStream out = process.getOutputStream();
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // whoever asked learns of the end from the missing answer
      try {
        leave();
      } catch (InterruptedException interrupted) {
        process.destroyForcibly();
      }
    }
  }

  private void readAnswers() {
    try (BufferedReader in = reader(process.getInputStream())) {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0 && line.length() < MAX_ANSWER; c = in.read()) {
        if (c == '\n') {
          answers.add(Optional.of(line.toString()));
          line.setLength(0);
        } else {
          line.append((char) c);
        }
      }
    } catch (IOException e) {
      // the stream was closed while it was read: the end is told below
      return;
    } finally {
      answers.add(Optional.empty());
    }
  }

  private void readErrors() {
    try (BufferedReader in = reader(process.getErrorStream())) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        errors.append('\n').append(line);
        errors.delete(0, Math.max(0, errors.length() - KEPT_ERROR_CHARACTERS));
      }
    } catch (IOException e) {
      // closed while it was read: what was said until then is kept
      return;
    }
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
