package io.amalgam.policy.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelHubTest {
  private static final ModelName TINY = ModelName.parse(HubServer.REPOSITORY).orElseThrow();
  private static final String WEIGHTS = "model.safetensors";

  @TempDir Path cache;
  private HubServer server;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = new HubServer();
    server.put("config.json", "{\"hidden_size\": 8}".getBytes(StandardCharsets.UTF_8));
    server.put("generation_config.json", "{}".getBytes(StandardCharsets.UTF_8));
    server.put("tokenizer.json", "{\"ü\": 1}".getBytes(StandardCharsets.UTF_8));
    server.put("added_tokens.json", new byte[0]);
    server.put("pytorch_model.bin", new byte[10]);
    server.put("consolidated.safetensors", new byte[10]);
    server.put("README.md", new byte[10]);
    byte[] weights = new byte[300_000];
    new Random(1).nextBytes(weights);
    server.put(WEIGHTS, weights);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HubSettings settings(boolean offline) {
    return settings(offline, Optional.of(new AccessToken(HubServer.TOKEN)), server.endpoint());
  }

  private HubSettings settings(boolean offline, Optional<AccessToken> token, URI endpoint) {
    return new HubSettings(
        endpoint,
        token,
        offline,
        cache,
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        3,
        Duration.ofMillis(1),
        Duration.ofSeconds(20));
  }

  private Path fetch(HubSettings settings) {
    return new ModelHub(settings)
        .fetch(
            TINY,
            new FetchListener() {
              @Override
              public void advanced(String file, long done, long size) {
                told.add(file + " " + done + "/" + size);
              }

              @Override
              public void retrying(String what, String reason, Duration pause) {
                told.add("again: " + what + ": " + reason);
              }
            });
  }

  @Test
  void whatAModelNeedsIsLaidOutAsPythonDoes() throws IOException {
    Path snapshot = fetch(settings(false));
    Path home = cache.resolve("models--org--tiny");
    assertThat(snapshot).isEqualTo(home.resolve("snapshots").resolve(HubServer.COMMIT));
    assertThat(home.resolve("refs/main")).hasContent(HubServer.COMMIT);
    List<String> names =
        List.of(
            "added_tokens.json",
            "config.json",
            "generation_config.json",
            WEIGHTS,
            "tokenizer.json");
    try (Stream<Path> files = Files.list(snapshot)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(names);
    }
    for (String name : names) {
      byte[] content = server.content(name);
      String etag = name.equals(WEIGHTS) ? HubServer.sha256(content) : HubServer.gitSha1(content);
      assertThat(Files.readSymbolicLink(snapshot.resolve(name)))
          .isEqualTo(Path.of("../../blobs").resolve(etag));
      assertThat(Files.readAllBytes(snapshot.resolve(name))).isEqualTo(content);
    }
    try (Stream<Path> blobs = Files.list(home.resolve("blobs"))) {
      assertThat(blobs).hasSize(names.size());
    }
    assertThat(server.requests()).doesNotContain("hub GET pytorch_model.bin with token");
  }

  @Test
  void theTokenGoesToTheHubAndToNobodyElse() {
    server.tokenNeeded = true;
    fetch(settings(false));
    assertThat(server.requests().stream().filter(r -> r.startsWith("store")))
        .containsExactly("store GET model.safetensors");
    assertThat(server.requests().stream().filter(r -> r.startsWith("hub")))
        .allMatch(r -> r.endsWith(" with token"));
  }

  @Test
  void aModelInTheCacheIsUsedWithoutAQuestion() {
    Path first = fetch(settings(false));
    server.forget();
    assertThat(fetch(settings(false))).isEqualTo(first);
    assertThat(fetch(settings(true))).isEqualTo(first);
    ModelName commit = ModelName.parse("org/tiny@" + HubServer.COMMIT).orElseThrow();
    assertThat(new ModelHub(settings(true)).fetch(commit, FetchListener.SILENT)).isEqualTo(first);
    assertThat(ModelHub.cached(settings(true), TINY)).contains(first);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void anotherRevisionIsAskedFor() {
    Path first = fetch(settings(false));
    ModelName branch = ModelName.parse("org/tiny@refs/pr/1").orElseThrow();
    assertThat(ModelHub.cached(settings(true), branch)).isEmpty();
    assertThat(new ModelHub(settings(false)).fetch(branch, FetchListener.SILENT)).isEqualTo(first);
    assertThat(cache.resolve("models--org--tiny/refs/refs/pr/1")).hasContent(HubServer.COMMIT);
  }

  @Test
  void offlineNothingIsAskedFor() {
    assertThatThrownBy(() -> fetch(settings(true)))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("org/tiny is not wholly in the cache")
        .hasMessageContaining("unset HF_HUB_OFFLINE");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void shardsAreThoseOfTheIndex() throws IOException {
    shards("{\"weight_map\":{\"a\":\"s1.safetensors\",\"b\":\"s2.safetensors\"}}");
    Path snapshot = fetch(settings(false));
    assertThat(snapshot.resolve("s1.safetensors")).hasBinaryContent(new byte[] {1});
    assertThat(snapshot.resolve(WEIGHTS)).doesNotExist();
    Files.delete(snapshot.resolve("s2.safetensors"));
    assertThat(ModelHub.cached(settings(true), TINY)).isEmpty();
    server.forget();
    fetch(settings(false));
    assertThat(snapshot.resolve("s2.safetensors")).hasBinaryContent(new byte[] {2});
    assertThat(server.requests())
        .containsExactly("hub GET main with token", "hub HEAD s2.safetensors with token");
  }

  @Test
  void anIndexThatNamesWhatIsNotThereIsRefused() {
    shards("{\"weight_map\":{\"a\":\"../s3.safetensors\"}}");
    assertThatThrownBy(() -> fetch(settings(false)))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("names ../s3.safetensors, which is no file beside it");
    server.put("../s3.safetensors", new byte[1]);
    assertThatThrownBy(() -> fetch(settings(false))).hasMessageContaining("no file beside it");
  }

  private void shards(String index) {
    server.remove(WEIGHTS);
    server.put("model.safetensors.index.json", index.getBytes(StandardCharsets.UTF_8));
    server.put("s1.safetensors", new byte[] {1});
    server.put("s2.safetensors", new byte[] {2});
  }

  @Test
  void aBrokenConnectionIsResumed() throws IOException {
    server.fail("GET " + WEIGHTS, HubServer.cut(100_000));
    assertThat(fetch(settings(false)).resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
    assertThat(told).anyMatch(t -> t.startsWith("again: model.safetensors of org/tiny: "));
    assertThat(
            server.requests().stream()
                .filter(r -> r.startsWith("store GET model.safetensors bytes=")))
        .hasSize(1);
  }

  @Test
  void aSecondRunGoesOnWhereTheFirstOneEnded() throws IOException {
    server.fail(
        "GET " + WEIGHTS, HubServer.cut(100_000), HubServer.status(500), HubServer.status(503));
    assertThatThrownBy(() -> fetch(settings(false)))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("cannot fetch model.safetensors of org/tiny after 3 attempts")
        .hasMessageContaining("has a fault (503)");
    assertThat(ModelHub.cached(settings(true), TINY)).isEmpty();
    Path home = cache.resolve("models--org--tiny");
    assertThat(home.resolve("refs/main")).doesNotExist();
    assertThat(home.resolve("snapshots/" + HubServer.COMMIT + "/" + WEIGHTS)).doesNotExist();
    String etag = HubServer.sha256(server.content(WEIGHTS));
    assertThat(home.resolve("blobs/" + etag)).doesNotExist();
    long held = Files.size(home.resolve("blobs/" + etag + ".incomplete"));
    assertThat(held).isPositive();
    server.forget();
    fetch(settings(false));
    assertThat(server.requests()).contains("store GET model.safetensors bytes=" + held + "-");
    assertThat(home.resolve("blobs/" + etag)).hasBinaryContent(server.content(WEIGHTS));
  }

  @Test
  void aHubThatKnowsNoRangesSendsEverything() throws IOException {
    server.fail("GET " + WEIGHTS, HubServer.cut(100_000), HubServer.whole());
    assertThat(fetch(settings(false)).resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
  }

  @Test
  void aHubThatCannotGoOnIsAskedForEverything() throws IOException {
    HubServer.Fault elsewhere = HubServer.status(206, "Content-Range", "bytes 7-8/9");
    server.fail("GET " + WEIGHTS, HubServer.cut(100_000), elsewhere);
    assertThat(fetch(settings(false)).resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
    Path blob = snapshotBlob();
    Files.move(blob, blob.resolveSibling(blob.getFileName() + ".incomplete"));
    Files.write(blob.resolveSibling(blob.getFileName() + ".incomplete"), new byte[5]);
    server.fail("GET " + WEIGHTS, HubServer.status(416));
    assertThat(fetch(settings(false)).resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
    assertThat(told.stream().filter(t -> t.contains("the hub cannot go on at byte"))).hasSize(2);
  }

  private Path snapshotBlob() {
    return cache.resolve("models--org--tiny/blobs/" + HubServer.sha256(server.content(WEIGHTS)));
  }

  @Test
  void aDamagedPartIsFetchedAgain() throws IOException {
    Path blobs = Files.createDirectories(cache.resolve("models--org--tiny/blobs"));
    String etag = HubServer.sha256(server.content(WEIGHTS));
    Files.write(blobs.resolve(etag + ".incomplete"), new byte[1000]);
    assertThat(fetch(settings(false)).resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
    assertThat(told).anyMatch(t -> t.contains("fetched earlier is damaged"));
    Files.delete(blobs.resolve(etag));
    Files.write(blobs.resolve(etag + ".incomplete"), new byte[400_000]);
    assertThat(fetch(settings(false)).resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
  }

  @Test
  void aWrongHashIsRefusedAndNothingKept() throws IOException {
    server.fail("GET " + WEIGHTS, HubServer.garbled());
    assertThatThrownBy(() -> fetch(settings(false)))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("model.safetensors of org/tiny has the hash ")
        .hasMessageContaining(HubServer.sha256(server.content(WEIGHTS)));
    try (Stream<Path> blobs = Files.list(cache.resolve("models--org--tiny/blobs"))) {
      assertThat(blobs.map(b -> b.getFileName().toString()))
          .noneMatch(n -> n.contains(HubServer.sha256(server.content(WEIGHTS))));
    }
    server.fail("GET config.json", HubServer.garbled());
    Files.delete(cache.resolve("models--org--tiny/snapshots/" + HubServer.COMMIT + "/config.json"));
    Files.delete(
        cache.resolve(
            "models--org--tiny/blobs/" + HubServer.gitSha1(server.content("config.json"))));
    assertThatThrownBy(() -> fetch(settings(false)))
        .hasMessageContaining("config.json of org/tiny has");
  }

  @Test
  void anAnswerThatStallsIsEndedAndResumed() throws IOException {
    server.fail("GET " + WEIGHTS, server.stall(200_000));
    HubSettings s = settings(false);
    HubSettings impatient =
        new HubSettings(
            s.endpoint(),
            s.token(),
            false,
            cache,
            s.connectTimeout(),
            Duration.ofMillis(500),
            s.attempts(),
            s.pause(),
            s.lockTimeout());
    assertThat(fetch(impatient).resolve(WEIGHTS)).hasBinaryContent(server.content(WEIGHTS));
    assertThat(told).anyMatch(t -> t.endsWith("nothing arrived for 500 ms"));
  }

  @Test
  void aBusyHubIsAskedAgain() {
    server.fail("GET main", HubServer.status(429, "Retry-After", "0"), HubServer.status(500));
    server.fail("HEAD config.json", HubServer.status(502));
    fetch(settings(false));
    assertThat(told.stream().filter(t -> t.startsWith("again"))).hasSize(3);
  }

  /** Status, X-Error-Code, whether there is a token, cause, remedy. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | RepoNotFound | false | without a token, or has no such model (401) | set HF_TOKEN",
        "401 | RepoNotFound | true | refuses the token for org/tiny | check the name",
        "401 | GatedRepo | false | gated | and set HF_TOKEN",
        "403 | GatedRepo | true | gated | accept its terms at http",
        "404 | RepoNotFound | true | has no model org/tiny (404) | give a directory",
        "404 | RevisionNotFound | true | has no revision main of org/tiny | check the name",
        "418 | x | true | refuses org/tiny (418) | check HF_ENDPOINT",
        "500 | x | true | after 3 attempts | try again later",
        "429 | x | true | too many requests (429) | try again later"
      })
  void refusalsSayWhatToDo(int status, String code, boolean token, String cause, String remedy)
      throws IOException {
    HubServer.Fault fault = HubServer.status(status, "X-Error-Code", code);
    server.fail("GET main", fault, fault, fault);
    Optional<AccessToken> given = token ? Optional.of(new AccessToken("hf_x")) : Optional.empty();
    assertThatThrownBy(() -> fetch(settings(false, given, server.endpoint())))
        .isInstanceOf(HubException.class)
        .hasMessageContaining(cause)
        .hasMessageContaining(remedy)
        .hasMessageNotContaining("hf_x")
        .hasMessageMatching("[^\\n]*");
    assertThat(cache.resolve("models--org--tiny")).doesNotExist();
  }

  @Test
  void aGatedFileIsNamed() {
    server.fail("HEAD config.json", HubServer.status(403, "X-Error-Code", "GatedRepo"));
    assertThatThrownBy(() -> fetch(settings(false)))
        .hasMessageContaining("does not give config.json of org/tiny to everybody (403");
  }

  @Test
  void aHubThatIsNotThereIsNamed() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    URI nowhere = URI.create("http://127.0.0.1:" + port);
    assertThatThrownBy(() -> fetch(settings(false, Optional.empty(), nowhere)))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("cannot fetch org/tiny from " + nowhere + " after 3 attempts")
        .hasMessageContaining("check the network and HF_ENDPOINT");
  }

  @Test
  void aCachedModelServesWhileTheHubDoesNot() throws IOException {
    Path snapshot = fetch(settings(false));
    // a Python program may have fetched weights without the tokenizer
    Files.delete(snapshot.resolve("tokenizer.json"));
    server.fail("GET main", HubServer.status(500), HubServer.status(500), HubServer.status(500));
    assertThat(fetch(settings(false))).isEqualTo(snapshot);
    assertThat(snapshot.resolve("tokenizer.json")).doesNotExist();
    assertThat(fetch(settings(false)).resolve("tokenizer.json")).exists();
  }

  @Test
  void aModelWithoutSafetensorsIsRefused() {
    server.remove(WEIGHTS);
    assertThatThrownBy(() -> fetch(settings(false)))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("org/tiny has no model.safetensors")
        .hasMessageContaining("safetensors format");
    assertThat(server.requests()).noneMatch(r -> r.contains(" GET config.json"));
  }

  @Test
  void twoAtOnceFetchEveryFileOnce() {
    List<CompletableFuture<Path>> both =
        Stream.of(1, 2)
            .map(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> new ModelHub(settings(false)).fetch(TINY, FetchListener.SILENT)))
            .toList();
    both.forEach(CompletableFuture::join);
    assertThat(server.requests().stream().filter(r -> r.startsWith("store GET"))).hasSize(1);
  }

  @Test
  void aLockThatNobodyGivesBackIsNamed() throws IOException {
    Path lock = cache.resolve("x.lock");
    try (BlobLock held =
        BlobLock.take(
            lock, cache.resolve("x"), Duration.ofSeconds(20), "x", FetchListener.SILENT)) {
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> {
                try {
                  BlobLock.take(
                          lock,
                          cache.resolve("x"),
                          Duration.ofMillis(300),
                          "x",
                          FetchListener.SILENT)
                      .close();
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e.getCause());
                }
              });
      assertThatThrownBy(other::join)
          .hasRootCauseInstanceOf(HubException.class)
          .hasStackTraceContaining("end that process");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
