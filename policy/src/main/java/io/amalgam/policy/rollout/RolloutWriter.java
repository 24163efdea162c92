package io.amalgam.policy.rollout;

import com.github.luben.zstd.ZstdOutputStream;
import io.amalgam.proto.RolloutRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of rollouts: length-delimited {@link RolloutRecord}s in one zstd stream. Readable up to
 * the last {@link #flush()} if the process dies. Not thread-safe.
 */
public final class RolloutWriter implements AutoCloseable {
  private final OutputStream out;

  /** Creates the file; an existing one is an error. */
  public RolloutWriter(Path file) throws IOException {
    out =
        new ZstdOutputStream(
            Files.newOutputStream(file, java.nio.file.StandardOpenOption.CREATE_NEW));
  }

  /** Appends a record. */
  public void write(RolloutRecord record) throws IOException {
    record.writeDelimitedTo(out);
  }

  /** Makes everything written so far readable. */
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
