package io.amalgam.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A {@link ToyMain} in a JVM of its own, on the test's class path. */
final class ToyProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private ToyProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "toy-process-output");
    reader.setDaemon(true);
    reader.start();
  }

  static ToyProcess start(Object... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ToyMain.class.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ToyProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      in.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("(output ended: " + e.getMessage() + ")");
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  long count(String start) {
    return lines.stream().filter(l -> l.startsWith(start)).count();
  }

  /** Waits for that many lines that start so; false when the process ended before. */
  boolean await(String start, int count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (count(start) < count && process.isAlive() && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    return count(start) >= count;
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  /** SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("%s", lines).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
