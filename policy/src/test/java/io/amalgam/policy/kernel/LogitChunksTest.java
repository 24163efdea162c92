package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rows of logits that exist at one time. */
class LogitChunksTest {
  @Test
  void aChunkIsAboutAMillionLogitsWithinBounds() {
    assertThat(LogitChunks.rows(24)).isEqualTo(4096);
    assertThat(LogitChunks.rows(512)).isEqualTo(2048);
    assertThat(LogitChunks.rows(4096)).isEqualTo(256);
    assertThat(LogitChunks.rows(49_152)).isEqualTo(256);
    assertThat(LogitChunks.rows(152_064)).isEqualTo(256);
    for (int vocabulary = 256; vocabulary <= 4096; vocabulary++) {
      assertThat(LogitChunks.rows(vocabulary) * vocabulary).isLessThanOrEqualTo(1 << 20);
    }
  }
}
