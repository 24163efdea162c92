package io.amalgam.policy.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {
  @TempDir Path home;

  @Test
  void nothingSetMeansThePublicHub() {
    HubSettings s = HubSettings.of(Map.of(), home);
    assertThat(s.endpoint()).hasToString("https://huggingface.co");
    assertThat(s.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(s.token()).isEmpty();
    assertThat(s.offline()).isFalse();
    assertThat(s.stallTimeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void variablesOfThePythonLibraryAreHonoured() throws IOException {
    Files.createDirectories(home.resolve("hf"));
    Files.writeString(home.resolve("hf/token"), "hf_file\n");
    HubSettings s =
        HubSettings.of(
            Map.of(
                "HF_HOME", "~/hf",
                "HF_ENDPOINT", "http://mirror:8080/hf/",
                "HF_HUB_OFFLINE", "true",
                "HF_HUB_ETAG_TIMEOUT", "3",
                "HF_HUB_DOWNLOAD_TIMEOUT", "60"),
            home);
    assertThat(s.endpoint()).hasToString("http://mirror:8080/hf");
    assertThat(s.cache()).isEqualTo(home.resolve("hf/hub"));
    assertThat(s.token()).contains(new AccessToken("hf_file"));
    assertThat(s.toString()).doesNotContain("hf_file");
    assertThat(s.offline()).isTrue();
    assertThat(s.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(s.stallTimeout()).isEqualTo(Duration.ofMinutes(1));
    HubSettings other =
        HubSettings.of(
            Map.of(
                "HF_TOKEN",
                "hf_own",
                "HF_HOME",
                "~/hf",
                "HF_HUB_CACHE",
                "/c",
                "HF_HUB_OFFLINE",
                "0"),
            home);
    assertThat(other.token().map(AccessToken::secret)).isEqualTo(Optional.of("hf_own"));
    assertThat(other.cache()).isEqualTo(Path.of("/c"));
    assertThat(other.offline()).isFalse();
    assertThat(HubSettings.of(Map.of("XDG_CACHE_HOME", "/x"), home).cache())
        .isEqualTo(Path.of("/x/huggingface/hub"));
  }

  @ParameterizedTest
  @CsvSource({
    "HF_ENDPOINT, huggingface.co",
    "HF_ENDPOINT, ftp://x",
    "HF_ENDPOINT, http://a b",
    "HF_HUB_ETAG_TIMEOUT, 0",
    "HF_HUB_DOWNLOAD_TIMEOUT, soon"
  })
  void valuesThatMakeNoSenseAreNamed(String variable, String value) {
    assertThatThrownBy(() -> HubSettings.of(Map.of(variable, value), home))
        .isInstanceOf(HubException.class)
        .hasMessageStartingWith(variable + " = \"" + value + "\"");
  }

  @Test
  void namesOfModels() {
    assertThat(ModelName.parse("Qwen/Qwen2.5-1.5B-Instruct"))
        .contains(new ModelName("Qwen", "Qwen2.5-1.5B-Instruct", "main"));
    assertThat(ModelName.parse("a/b@refs/pr/1").map(ModelName::revision)).contains("refs/pr/1");
    assertThat(ModelName.parse("a/b@v1.0")).map(ModelName::toString).contains("a/b@v1.0");
    assertThat(ModelName.parse("a/b@" + HubServer.COMMIT).orElseThrow().atCommit()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seedling",
        "",
        "/a/b",
        "./a",
        "../a",
        "a/b/c",
        "a/",
        "/a",
        "a/..",
        "a/b@",
        "a/b@../x",
        "a/b@/x",
        "a/b@x/",
        "a b/c",
        "a/b--c",
        "a/.b",
        "a/b.",
        "~/model",
        "a/b@x@y"
      })
  void otherTextsAreNoNames(String text) {
    assertThat(ModelName.parse(text)).isEmpty();
  }
}
