package io.amalgam.actors.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.Wait;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The HTTP pages of a run: {@code /metrics} (Prometheus), {@code /health}, {@code /status} and
 * {@code /why-waiting} (JSON).
 *
 * <p>It is bound before the run starts, so that a port in use ends the launch early. The address is
 * written into the run directory for the verbs {@code status} and {@code why-waiting}.
 */
public final class StatusServer implements AutoCloseable {
  /** The file in a run directory that holds the address while the run is going on. */
  public static final String ADDRESS_FILE = "http-address";

  private final HttpServer server;
  private final ExecutorService threads;
  private final RunHistory history;
  private volatile Supplier<List<Wait>> waits = List::of;
  private volatile Optional<Path> addressFile = Optional.empty();

  private StatusServer(HttpServer server, RunHistory history, CollectorRegistry registry) {
    this.server = server;
    this.history = history;
    this.threads =
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread t = new Thread(task, "amalgam-http");
              t.setDaemon(true);
              return t;
            });
    server.setExecutor(threads);
    page("/metrics", TextFormat.CONTENT_TYPE_004, () -> prometheus(registry));
    page("/status", "application/json", () -> status().toString());
    page("/why-waiting", "application/json", () -> whyWaiting().toString());
    server.createContext("/health", this::health);
    server.start();
  }

  /**
   * Binds and serves.
   *
   * @param port 0 for any free port
   * @throws IOException when the port is in use or the interface unknown
   */
  public static StatusServer start(
      String host, int port, RunHistory history, CollectorRegistry registry) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("unknown host " + host);
    }
    return new StatusServer(HttpServer.create(address, 0), history, registry);
  }

  /** The address, for example {@code http://127.0.0.1:40123}. */
  public String url() {
    InetSocketAddress a = server.getAddress();
    return "http://" + a.getHostString() + ":" + a.getPort();
  }

  /** Connects the pages with a run that has started in {@code runDir}. */
  public void attach(Path runDir, Supplier<List<Wait>> waits) throws IOException {
    this.waits = waits;
    Path file = runDir.resolve(ADDRESS_FILE);
    Files.writeString(file, url() + "\n");
    addressFile = Optional.of(file);
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.shutdownNow();
    if (addressFile.isPresent()) {
      Files.deleteIfExists(addressFile.get());
    }
  }

  private void page(String path, String type, Supplier<String> body) {
    server.createContext(path, exchange -> answer(exchange, 200, type, body.get()));
  }

  private void health(HttpExchange exchange) throws IOException {
    boolean failed =
        history
            .finished()
            .map(f -> f.outcome().ending() == io.amalgam.actors.cluster.RunOutcome.Ending.FAILED)
            .orElse(false);
    String state = failed ? "failed" : state();
    answer(
        exchange,
        failed ? 503 : 200,
        "application/json",
        JsonNodeFactory.instance.objectNode().put("status", state).toString());
  }

  private String state() {
    if (history.finished().isPresent()) {
      return "finished";
    }
    return history.started().isPresent() ? "running" : "starting";
  }

  private ObjectNode status() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("state", state());
    history.started().ifPresent(s -> node.put("run", s.run()).put("version", s.version()));
    history
        .lastStep()
        .ifPresent(
            (RunEvent.StepCompleted s) -> {
              node.put("time_s", EventRows.seconds(s.time()));
              node.put("step", s.step()).put("version", s.version());
              node.put("reward_mean", s.batch().rewardMean());
              node.put("tokens_per_s", s.timing().generatedPerSecond());
              node.put("bottleneck", s.timing().bottleneck());
              node.put("staleness_max", s.staleness().max());
              node.put("staleness_violations", s.staleness().violations());
              ObjectNode tasks = node.putObject("tasks");
              s.tasks().forEach((name, f) -> tasks.put(name, f.rewardMean()));
              node.set("groups", EventRows.outcomes(s.outcomes()));
            });
    ObjectNode members = node.putObject("members");
    history.members().forEach(members::put);
    history
        .checkpoint()
        .ifPresent(c -> node.put("checkpoint", String.valueOf(c.directory().getFileName())));
    return node;
  }

  private ArrayNode whyWaiting() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Wait w : waits.get()) {
      ObjectNode node =
          list.addObject()
              .put("what", w.name())
              .put("waiter", w.waiter())
              .put("owner", w.owner())
              .put("since_s", EventRows.seconds(w.since()));
      w.deadline().ifPresent(d -> node.put("gives_up_in_s", EventRows.seconds(d)));
    }
    return list;
  }

  private static String prometheus(CollectorRegistry registry) {
    StringWriter text = new StringWriter();
    try {
      TextFormat.write004(text, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void answer(HttpExchange exchange, int code, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
