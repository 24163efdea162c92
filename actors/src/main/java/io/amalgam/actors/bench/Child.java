package io.amalgam.actors.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that runs to its end within a deadline.
 *
 * @param command program and arguments; {@link #FORMAT} is replaced at every start
 * @param deadline after it the program and what it started are killed
 * @param ours whether it is this program, which keeps the settings of its launcher; others run with
 *     the environment of the person who started it
 */
record Child(List<String> command, Duration deadline, boolean ours) {
  /** The argument that stands for the number format. */
  static final String FORMAT = "{format}";

  /** What the launcher sets for us alone; it would slow others down. */
  private static final List<String> OUR_SETTINGS =
      List.of("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "MALLOC_ARENA_MAX");

  private static final int SHOWN_ERROR = 200;

  Child {
    command = List.copyOf(command);
  }

  /**
   * What a program left.
   *
   * @param lines of its standard output
   * @param wall time from its start to its end
   */
  record Output(List<String> lines, Duration wall) {}

  /** Runs it. */
  Output run(String format) throws Unmeasured, InterruptedException {
    try {
      Path out = Files.createTempFile("amalgam-bench-", ".out");
      Path err = Files.createTempFile("amalgam-bench-", ".err");
      try {
        return run(format, out, err);
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary file for " + command.get(0), e);
    }
  }

  private Output run(String format, Path out, Path err)
      throws Unmeasured, InterruptedException, IOException {
    List<String> arguments = new ArrayList<>(command);
    arguments.replaceAll(a -> a.equals(FORMAT) ? format : a);
    ProcessBuilder builder = new ProcessBuilder(arguments);
    if (!ours) {
      OUR_SETTINGS.forEach(builder.environment()::remove);
    }
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    long start = System.nanoTime();
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new Unmeasured("cannot start " + command.get(0) + ": " + e.getMessage());
    }
    try {
      if (!process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Unmeasured("was not done within " + deadline.toSeconds() + " s");
      }
      Duration wall = Duration.ofNanos(System.nanoTime() - start);
      if (process.exitValue() != 0) {
        throw new Unmeasured("ended with code " + process.exitValue() + ": " + last(err));
      }
      return new Output(text(out).lines().toList(), wall);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** The last line that it wrote, which names the error in most languages. */
  private static String last(Path file) throws IOException {
    String said = text(file).strip();
    String line = said.substring(said.lastIndexOf('\n') + 1).strip();
    return line.length() > SHOWN_ERROR ? line.substring(0, SHOWN_ERROR) + " …" : line;
  }

  private static String text(Path file) throws IOException {
    Charset charset = StandardCharsets.UTF_8;
    return new String(Files.readAllBytes(file), charset);
  }
}
