package io.amalgam.policy.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A hub with one model that speaks the file API, and a second server that stores its large files.
 * Requests can be made to fail once each.
 */
final class HubServer implements AutoCloseable {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  static final String REPOSITORY = "org/tiny";
  static final String TOKEN = "hf_secret";

  /** Something that goes wrong with one request. */
  interface Fault {
    /** Whether it has answered the request. */
    boolean answer(HttpExchange exchange, byte[] content) throws IOException;
  }

  private final HttpServer hub;
  private final HttpServer store;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, List<Fault>> faults = new ConcurrentHashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  volatile boolean tokenNeeded;

  HubServer() throws IOException {
    hub = start(this::hub);
    store = start(this::store);
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private HttpServer start(Handler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try {
            handler.handle(exchange);
          } finally {
            exchange.close();
          }
        });
    server.start();
    return server;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
  }

  void put(String file, byte[] content) {
    files.put(file, content);
  }

  void remove(String file) {
    files.remove(file);
  }

  byte[] content(String file) {
    return Optional.ofNullable(files.get(file)).orElseThrow();
  }

  /** The next requests whose method and path end so fail like this, one after the other. */
  void fail(String methodAndFile, Fault... how) {
    faults.computeIfAbsent(methodAndFile, k -> new ArrayList<>()).addAll(Arrays.asList(how));
  }

  /** Method, path, Range and whether a token came, of all requests so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  void forget() {
    requests.clear();
  }

  static Fault status(int code, String... headers) {
    return (exchange, content) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(code, -1);
      return true;
    };
  }

  /** Announces everything and closes the connection after some bytes. */
  static Fault cut(int bytes) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      return true;
    };
  }

  /** Sends some bytes and then nothing more. */
  Fault stall(int bytes) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return true;
    };
  }

  /** Sends other bytes of the same number. */
  static Fault garbled() {
    return (exchange, content) -> {
      byte[] other = content.clone();
      other[other.length / 2] ^= 1;
      send(exchange, 200, other);
      return true;
    };
  }

  /** Sends everything, whatever range was asked for. */
  static Fault whole() {
    return (exchange, content) -> {
      send(exchange, 200, content);
      return true;
    };
  }

  private void hub(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    note("hub", exchange);
    if (failed(exchange, new byte[0])) {
      return;
    }
    boolean known =
        ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (tokenNeeded && !known) {
      exchange.sendResponseHeaders(401, -1);
      return;
    }
    if (path.startsWith("/api/models/" + REPOSITORY + "/revision/")) {
      StringBuilder list = new StringBuilder();
      files.keySet().forEach(f -> list.append(",{\"rfilename\":\"").append(f).append("\"}"));
      String json = "{\"sha\":\"" + COMMIT + "\",\"siblings\":[" + list.substring(1) + "]}";
      send(exchange, 200, json.getBytes(StandardCharsets.UTF_8));
      return;
    }
    String prefix = "/" + REPOSITORY + "/resolve/" + COMMIT + "/";
    byte[] content = path.startsWith(prefix) ? files.get(path.substring(prefix.length())) : null;
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
    if (path.endsWith(".safetensors")) {
      exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + sha256(content) + "\"");
      exchange.getResponseHeaders().set("X-Linked-Size", Integer.toString(content.length));
      exchange
          .getResponseHeaders()
          .set("Location", "http://localhost:" + store.getAddress().getPort() + path);
      exchange.sendResponseHeaders(302, -1);
      return;
    }
    exchange.getResponseHeaders().set("ETag", "\"" + gitSha1(content) + "\"");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    send(exchange, 200, content);
  }

  private void store(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    note("store", exchange);
    byte[] content = content(path.substring(path.lastIndexOf('/') + 1));
    if (failed(exchange, content)) {
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, content);
      return;
    }
    int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    send(exchange, 206, Arrays.copyOfRange(content, from, content.length));
  }

  private void note(String who, HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    requests.add(
        who
            + " "
            + exchange.getRequestMethod()
            + " "
            + path.substring(path.lastIndexOf('/') + 1)
            + Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                .map(r -> " " + r)
                .orElse("")
            + (exchange.getRequestHeaders().containsKey("Authorization") ? " with token" : ""));
  }

  private boolean failed(HttpExchange exchange, byte[] content) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String key = exchange.getRequestMethod() + " " + path.substring(path.lastIndexOf('/') + 1);
    List<Fault> waiting = faults.getOrDefault(key, new ArrayList<>());
    // a large file is first asked for at the hub, which has no contents to send
    boolean large = path.endsWith(".safetensors") && exchange.getRequestMethod().equals("GET");
    if (waiting.isEmpty() || (large && content.length == 0)) {
      return false;
    }
    return waiting.remove(0).answer(exchange, content.length == 0 ? small(path) : content);
  }

  private byte[] small(String path) {
    return files.getOrDefault(path.substring(path.lastIndexOf('/') + 1), new byte[0]);
  }

  private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content);
    }
  }

  static String sha256(byte[] content) {
    return hex("SHA-256", content);
  }

  static String gitSha1(byte[] content) {
    byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + content.length);
    System.arraycopy(content, 0, all, head.length, content.length);
    return hex("SHA-1", all);
  }

  private static String hex(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    closed.countDown();
    hub.stop(0);
    store.stop(0);
    threads.shutdownNow();
  }
}
