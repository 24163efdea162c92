package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;

/**
 * An endless sequence of problems made of chunks, the original's reseeding data set: chunk c is the
 * task with the seed {@code (seed + c) mod 2^32}, its problems are those at 0, 1, … of it.
 *
 * @param chunk problems of a chunk, at least 1
 */
public record ReseedingStream(
    TaskCatalog catalog, String task, ObjectNode config, BigInteger seed, int size, int chunk) {
  private static final BigInteger SEEDS = BigInteger.ONE.shiftLeft(32);

  /** Checks the chunk. */
  public ReseedingStream {
    if (chunk < 1) {
      throw new TaskConfigurationException(task + ": chunk = " + chunk + " must be at least 1");
    }
  }

  /** The problem at a position of the stream, from 0. */
  public Problem problem(long position) {
    BigInteger chunkSeed = seed.add(BigInteger.valueOf(position / chunk)).mod(SEEDS);
    return catalog.create(task, config, chunkSeed, size).problem((int) (position % chunk));
  }
}
