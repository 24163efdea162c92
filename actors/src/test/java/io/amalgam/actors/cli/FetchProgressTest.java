package io.amalgam.actors.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.hub.ModelName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FetchProgressTest {
  private final StringWriter text = new StringWriter();

  private void show(boolean terminal, int width) {
    FetchProgress progress = new FetchProgress(new PrintWriter(text), terminal, width);
    progress.began(ModelName.parse("a/b").orElseThrow(), 1, 3_000_000_000L);
    progress.advanced("w.safetensors", 750_000_000, 3_000_000_000L);
    progress.retrying("w.safetensors of a/b", "the connection broke", Duration.ofSeconds(2));
    progress.completed("w.safetensors", 3_000_000_000L);
    progress.close();
  }

  @Test
  void otherwisePlainLines() {
    show(false, 80);
    assertThat(text.toString().lines())
        .containsExactly(
            "fetching 1 file of a/b, 3.00 GB",
            "w.safetensors of a/b: the connection broke; again in 2 s",
            "  w.safetensors 3.00 GB");
  }

  @Test
  void aBarOnATerminal() {
    show(true, 80);
    assertThat(text.toString())
        .contains("\r\u001b[K[======                  ] w.safetensors  25 % of 3.00 GB")
        .contains("\r\u001b[Kw.safetensors of a/b: the connection broke");
    show(true, 30);
    assertThat(text.toString()).contains("[======                  ] w.\r");
  }
}
