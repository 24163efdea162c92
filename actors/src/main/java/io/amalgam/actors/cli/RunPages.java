package io.amalgam.actors.cli;

import io.amalgam.actors.metrics.StatusServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The HTTP pages of a run that is going on. */
final class RunPages {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final String url;

  private RunPages(String url) {
    this.url = url;
  }

  /** The pages of the run in {@code runDir}; empty when it is not going on. */
  static Optional<RunPages> of(Path runDir) throws IOException {
    Path file = runDir.resolve(StatusServer.ADDRESS_FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    RunPages pages = new RunPages(Files.readString(file).strip());
    return pages.answers() ? Optional.of(pages) : Optional.empty();
  }

  /** The pages, or exit code 3. */
  static RunPages require(Path runDir) throws IOException {
    RunDirectory.requireRun(runDir);
    return of(runDir)
        .orElseThrow(
            () ->
                UserError.missing(
                    "no run is going on in " + runDir,
                    "start or resume it; metrics.jsonl holds what it did so far"));
  }

  String get(String path) throws IOException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(url + path + " answers " + response.statusCode());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private boolean answers() {
    try {
      return get("/health").contains("status");
    } catch (IOException | IllegalArgumentException e) {
      // A run that was killed leaves its address behind; nobody answers there.
      return false;
    }
  }
}
