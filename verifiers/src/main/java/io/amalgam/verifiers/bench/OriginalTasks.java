package io.amalgam.verifiers.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.verifiers.sandbox.LineProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The original's tasks in a Python process, measured as {@link TaskBenchmark} measures ours. */
public final class OriginalTasks implements AutoCloseable {
  private static final String SCRIPT = "bench_tasks.py";

  /** Loading the original takes seconds on a busy machine. */
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** A single problem can take far longer than the measuring time. */
  private static final Duration SLOWEST_STEPS = Duration.ofMinutes(5);

  /** Warm-up and measurement of two figures. */
  private static final int MEASUREMENTS = 4;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The original cannot be measured; the message says why. */
  public static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }

  private final String python;
  private final double seconds;
  private LineProcess process;
  private String version = "";

  private OriginalTasks(String python, double seconds) throws Missing, InterruptedException {
    this.python = python;
    this.seconds = seconds;
    this.process = begin();
  }

  /**
   * Starts a Python interpreter that has the package {@code reasoning_gym}.
   *
   * @param python path or name of the interpreter
   * @param seconds how long each figure is measured
   * @throws Missing if there is no such interpreter or package
   */
  public static OriginalTasks start(String python, double seconds)
      throws Missing, InterruptedException {
    return new OriginalTasks(python, seconds);
  }

  /** The version of the original. */
  public String version() {
    return version;
  }

  /**
   * Measures a task; empty if the original has none of this name or failed at it.
   *
   * @throws Missing if the process ended and cannot be started again
   */
  public Optional<TaskSpeed> measure(String task) throws Missing, InterruptedException {
    if (!process.isAlive()) {
      process = begin();
    }
    Duration limit = SLOWEST_STEPS.plusNanos((long) (MEASUREMENTS * seconds * 1e9));
    try {
      JsonNode row = JSON.readTree(process.ask(task, limit));
      return row.has("error")
          ? Optional.empty()
          : Optional.of(
              new TaskSpeed(
                  row.path("problems_per_s").asDouble(), row.path("answers_per_s").asDouble()));
    } catch (LineProcess.Late | LineProcess.Ended | JsonProcessingException e) {
      process.close();
      return Optional.empty();
    }
  }

  private LineProcess begin() throws Missing, InterruptedException {
    try {
      LineProcess started =
          LineProcess.start(List.of(python, "-c", script(), String.valueOf(seconds)));
      JsonNode first = JSON.readTree(started.answer(START_LIMIT));
      if (!first.has("version")) {
        started.close();
        throw new Missing(python + ": " + first.path("error").asText("no word of reasoning_gym"));
      }
      version = first.get("version").asText();
      return started;
    } catch (LineProcess.Ended | LineProcess.Late e) {
      throw new Missing(python + ": " + e.getMessage());
    } catch (JsonProcessingException e) {
      throw new Missing(python + " is no Python interpreter");
    }
  }

  private static String script() {
    try (InputStream in =
        Objects.requireNonNull(OriginalTasks.class.getResourceAsStream(SCRIPT), SCRIPT)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
