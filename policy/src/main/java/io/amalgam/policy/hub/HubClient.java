package io.amalgam.policy.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.regex.Pattern;

/**
 * The file API of a hub: what a repository holds, what is known about a file, and its bytes. One
 * request a call; repeating is {@link Attempts}' business.
 *
 * <p>Redirects are followed by hand: the token goes to the endpoint and to nobody else.
 */
final class HubClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern ETAG = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");
  private static final int MAX_REDIRECTS = 5;

  private final HubSettings settings;
  private final HttpClient http;

  HubClient(HubSettings settings) {
    this.settings = settings;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .build();
  }

  /**
   * What a revision holds.
   *
   * @param commit the revision as a commit
   * @param files the names of all files
   */
  record Listing(String commit, List<String> files) {}

  /**
   * What is known about a file before it is fetched.
   *
   * @param etag the name of its contents: SHA-256, or Git's SHA-1 of a blob
   * @param size bytes, if the hub says so
   */
  record Facts(String etag, OptionalLong size) {}

  /** The commit and the files of the model's revision. */
  Listing list(ModelName model) throws IOException, InterruptedException {
    URI uri =
        URI.create(
            settings.endpoint()
                + "/api/models/"
                + model.repository()
                + "/revision/"
                + encoded(model.revision()));
    HttpResponse<String> answer =
        send(uri, "GET", Map.of(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    requireOk(answer, model, model.toString());
    JsonNode root;
    try {
      root = JSON.readTree(answer.body());
    } catch (IOException e) {
      throw strange("the list of files of " + model, e);
    }
    String commit = root.path("sha").asText();
    List<String> files = new ArrayList<>();
    root.path("siblings").forEach(f -> files.add(f.path("rfilename").asText()));
    if (!COMMIT.matcher(commit).matches() || files.isEmpty()) {
      throw strange("the list of files of " + model, new IOException("no commit or no files"));
    }
    return new Listing(commit, files);
  }

  /** What the hub says about a file of that commit. */
  Facts facts(ModelName model, String commit, String file)
      throws IOException, InterruptedException {
    URI uri = fileUri(model, commit, file);
    HttpResponse<Void> response = head(uri);
    for (int i = 0; i < MAX_REDIRECTS && header(response, "X-Linked-Etag").isEmpty(); i++) {
      Optional<URI> next = redirect(response, uri);
      // another host only stores the contents; what they are, the hub's own answer says
      if (next.isEmpty() || !ofEndpoint(next.get())) {
        break;
      }
      uri = next.get();
      response = head(uri);
    }
    if (response.statusCode() / 100 != 3) {
      requireOk(response, model, file + " of " + model);
    }
    String told = header(response, "X-Repo-Commit").orElse(commit);
    if (!told.equals(commit)) {
      throw strange(
          file + " of " + model, new IOException("asked for " + commit + ", was given " + told));
    }
    String etag =
        plainEtag(header(response, "X-Linked-Etag").orElse(header(response, "ETag").orElse("")));
    if (!ETAG.matcher(etag).matches()) {
      throw strange(file + " of " + model, new IOException("no usable ETag: \"" + etag + "\""));
    }
    OptionalLong size = number(header(response, "X-Linked-Size"));
    if (size.isEmpty() && response.statusCode() == 200) {
      size = number(header(response, "Content-Length"));
    }
    return new Facts(etag, size);
  }

  private HttpResponse<Void> head(URI uri) throws IOException, InterruptedException {
    return once(uri, "HEAD", Map.of(), HttpResponse.BodyHandlers.discarding());
  }

  /**
   * Opens the bytes of a file from an offset on.
   *
   * @param from the first byte wanted; the answer may begin at 0 all the same
   */
  HttpResponse<Flow.Publisher<List<ByteBuffer>>> open(
      ModelName model, String commit, String file, long from)
      throws IOException, InterruptedException {
    Map<String, String> range = from > 0 ? Map.of("Range", "bytes=" + from + "-") : Map.of();
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
        send(fileUri(model, commit, file), "GET", range, HttpResponse.BodyHandlers.ofPublisher());
    if (response.statusCode() != 416) {
      requireOk(response, model, file + " of " + model);
    }
    return response;
  }

  private URI fileUri(ModelName model, String commit, String file) {
    StringBuilder path = new StringBuilder();
    for (String part : file.split("/", -1)) {
      path.append('/').append(encoded(part));
    }
    return URI.create(settings.endpoint() + "/" + model.repository() + "/resolve/" + commit + path);
  }

  private <T> HttpResponse<T> send(
      URI first, String method, Map<String, String> headers, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    URI uri = first;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpResponse<T> response = once(uri, method, headers, body);
      Optional<URI> next = redirect(response, uri);
      if (next.isEmpty()) {
        return response;
      }
      uri = next.get();
    }
    throw strange(first.toString(), new IOException("more than " + MAX_REDIRECTS + " redirects"));
  }

  private <T> HttpResponse<T> once(
      URI uri, String method, Map<String, String> headers, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(settings.connectTimeout())
            .header("User-Agent", "amalgam")
            .header("Accept-Encoding", "identity");
    headers.forEach(request::header);
    if (ofEndpoint(uri)) {
      settings.token().ifPresent(t -> request.header("Authorization", "Bearer " + t.secret()));
    }
    return http.send(request.build(), body);
  }

  private boolean ofEndpoint(URI uri) {
    URI own = settings.endpoint();
    return own.getScheme().equalsIgnoreCase(uri.getScheme())
        && own.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority());
  }

  private Optional<URI> redirect(HttpResponse<?> response, URI from) throws IOException {
    int status = response.statusCode();
    if (status / 100 != 3 || status == 304) {
      return Optional.empty();
    }
    String location = header(response, "Location").orElse("");
    try {
      URI to = from.resolve(location);
      boolean web = "https".equals(to.getScheme()) || "http".equals(to.getScheme());
      boolean safe = !"https".equals(from.getScheme()) || "https".equals(to.getScheme());
      if (!location.isEmpty() && web && safe && to.getHost() != null) {
        return Optional.of(to);
      }
    } catch (IllegalArgumentException e) {
      throw strange(from.toString(), new IOException("redirect to \"" + location + "\"", e));
    }
    throw strange(from.toString(), new IOException("redirect to \"" + location + "\""));
  }

  private void requireOk(HttpResponse<?> response, ModelName model, String what)
      throws IOException {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return;
    }
    if (status == 429 || status >= 500) {
      throw new BusyHubException(
          status, number(header(response, "Retry-After")), settings.endpoint().getAuthority());
    }
    throw HubRefusal.of(settings, response.headers(), status, model, what);
  }

  private HubException strange(String what, IOException cause) {
    return new HubException(
        settings.endpoint()
            + " answered strangely when asked for "
            + what
            + ": "
            + cause.getMessage(),
        "check HF_ENDPOINT",
        cause);
  }

  private static Optional<String> header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name);
  }

  private static OptionalLong number(Optional<String> text) {
    return text.filter(t -> t.matches("[0-9]{1,18}"))
        .map(t -> OptionalLong.of(Long.parseLong(t)))
        .orElse(OptionalLong.empty());
  }

  private static String plainEtag(String etag) {
    return etag.replaceFirst("^W/", "").replace("\"", "");
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
