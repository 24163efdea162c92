package io.amalgam.actors.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.Wait;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusServerTest {
  @TempDir Path dir;
  private final RunHistory history = new RunHistory();
  private final RunCollectors collectors = new RunCollectors();

  @Test
  void servesMetricsHealthStatusAndWaits() throws Exception {
    try (StatusServer server = StatusServer.start("127.0.0.1", 0, history, collectors.registry())) {
      server.attach(
          dir,
          () ->
              List.of(
                  new Wait(
                      "a full batch",
                      "learner",
                      "generator",
                      Duration.ofSeconds(3),
                      Optional.of(Duration.ofSeconds(297)))));
      assertThat(json(server, "/health").get("status").asText()).isEqualTo("starting");
      RunEvent started = new RunEvent.RunStarted(Duration.ZERO, "r", 0, false, "");
      history.on(started);
      history.on(Events.step(7, 0.5));
      collectors.on(Events.step(7, 0.5));
      assertThat(json(server, "/health").get("status").asText()).isEqualTo("running");
      assertThat(json(server, "/status").get("step").asInt()).isEqualTo(7);
      assertThat(json(server, "/why-waiting").at("/0/owner").asText()).isEqualTo("generator");
      assertThat(get(server, "/metrics"))
          .contains("amalgam_policy_version 7.0")
          .contains("amalgam_reward_mean{task=\"gcd\",} 0.5")
          .contains("amalgam_groups{outcome=\"trained\",} 40.0")
          .contains("jvm_memory");
      assertThat(Files.readString(dir.resolve(StatusServer.ADDRESS_FILE)).strip())
          .isEqualTo(server.url());
    }
    assertThat(dir.resolve(StatusServer.ADDRESS_FILE)).doesNotExist();
  }

  @Test
  void portInUseIsRefused() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(
              () ->
                  StatusServer.start(
                      "127.0.0.1", taken.getLocalPort(), history, collectors.registry()))
          .isInstanceOf(IOException.class);
    }
  }

  private static JsonNode json(StatusServer server, String path) throws Exception {
    return new ObjectMapper().readTree(get(server, path));
  }

  private static String get(StatusServer server, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
