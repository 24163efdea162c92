package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rows of logits that exist at one time. */
class LogitChunksTest {
  @Test
  void aChunkIsAboutAMillionLogitsWithinBounds() {
    assertThat(LogitChunks.rows(24, KernelModule.F32)).isEqualTo(4096);
    assertThat(LogitChunks.rows(512, KernelModule.BF16)).isEqualTo(2048);
    assertThat(LogitChunks.rows(4096, KernelModule.F32)).isEqualTo(512);
    assertThat(LogitChunks.rows(49_152, KernelModule.BF16)).isEqualTo(1024);
    assertThat(LogitChunks.rows(152_064, KernelModule.BF16)).isEqualTo(1024);
    for (int vocabulary = 256; vocabulary <= 2048; vocabulary++) {
      assertThat(LogitChunks.rows(vocabulary, KernelModule.F32) * vocabulary)
          .isLessThanOrEqualTo(1 << 20);
    }
  }

  @Test
  void aPieceIsSmallOnAProcessorButNeverOneRow() {
    assertThat(LogitChunks.pieceRows(1024, true)).isEqualTo(256);
    assertThat(LogitChunks.pieceRows(49_152, true)).isEqualTo(5);
    assertThat(LogitChunks.pieceRows(152_064, true)).isEqualTo(2);
    assertThat(LogitChunks.pieceRows(152_064, false)).isEqualTo(256);
  }
}
