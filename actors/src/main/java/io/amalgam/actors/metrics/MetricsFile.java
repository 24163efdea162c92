package io.amalgam.actors.metrics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.RunListener;
import io.amalgam.actors.evaluation.EvaluationResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The file {@code metrics.jsonl}: one JSON object per event, each written and flushed as a whole
 * line.
 *
 * <p>Appends, so that a resumed run goes on in the same file. Thread-safe.
 */
public final class MetricsFile implements RunListener, AutoCloseable {
  private final Writer out;

  private MetricsFile(Writer out) {
    this.out = out;
  }

  /** Opens {@code metrics.jsonl} in a run directory for appending. */
  public static MetricsFile open(Path runDir) throws IOException {
    Path file = runDir.resolve("metrics.jsonl");
    boolean cutOff = Files.exists(file) && endsWithinALine(file);
    Writer out =
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (cutOff) {
      out.write('\n');
    }
    return new MetricsFile(out);
  }

  /** A crash can cut off the last line; the next row must not be glued to it. */
  private static boolean endsWithinALine(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      if (channel.size() == 0) {
        return false;
      }
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(channel.size() - 1).read(last);
      return last.get(0) != '\n';
    }
  }

  @Override
  public void on(RunEvent event) {
    write(EventRows.row(event));
  }

  /** Writes an {@code eval} row. */
  public void evaluated(EvaluationResult result, int step, Duration time) {
    write(EventRows.evaluation(result, step, time));
  }

  private synchronized void write(ObjectNode row) {
    try {
      out.write(row.toString());
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write metrics.jsonl", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
