package io.amalgam.policy.rollout;

import com.github.luben.zstd.ZstdInputStream;
import io.amalgam.proto.RolloutRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A reader of what {@link RolloutWriter} wrote. Not thread-safe. */
public final class RolloutReader implements AutoCloseable {
  private final InputStream in;

  /** Opens the file; one that is still being written is read to its last complete record. */
  public RolloutReader(Path file) throws IOException {
    in =
        new BufferedInputStream(
            new ZstdInputStream(Files.newInputStream(file)).setContinuous(true));
  }

  /** The next record, empty at the end; damage is an {@link IOException}. */
  public Optional<RolloutRecord> next() throws IOException {
    return Optional.ofNullable(RolloutRecord.parseDelimitedFrom(in));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
