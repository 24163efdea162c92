package io.amalgam.actors.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input ends before anything is started: one line, the right code, nothing written. */
class BadInputTest {
  @TempDir static Path dir;
  @TempDir Path work;
  private static Path good = Path.of("");
  private Path model = Path.of("");
  private Path run = Path.of("");

  @BeforeAll
  static void makeModel() throws IOException {
    good = TinyModel.write(dir);
  }

  @BeforeEach
  void copyModel() throws IOException {
    model = Files.createDirectory(work.resolve("model"));
    try (Stream<Path> files = Files.list(good)) {
      for (Path f : files.toList()) {
        Files.copy(f, model.resolve(f.getFileName().toString()));
      }
    }
    run = work.resolve("run");
  }

  @Test
  void tooLittleKeyValueMemoryIsRefusedWithTheNumbers() {
    refused(2, "one sequence of the context of", "generator.kv-cache=3k");
  }

  @Test
  void aRepetitionPenaltyIsRefusedForTraining() {
    refused(2, "1.0 for training", "mixture.parameters.repetition-penalty=1.2");
  }

  @Test
  void missingModelDirectoryIsCode3() {
    refused(3, "there is no model directory", "model.path=" + work.resolve("nowhere"));
    Cli sample = Cli.run("sample", "--set", "model.path=" + work.resolve("nowhere"));
    assertThat(sample.code()).isEqualTo(3);
    assertThat(Cli.run("model", "inspect", "--model", "/nowhere").code()).isEqualTo(3);
  }

  @Test
  void emptyModelDirectoryIsRefused() throws IOException {
    Path empty = Files.createDirectory(work.resolve("empty"));
    refused(2, "config.json does not exist", "model.path=" + empty);
  }

  @Test
  void truncatedWeightsAreRefused() throws IOException {
    byte[] all = Files.readAllBytes(weights());
    Files.write(weights(), Arrays.copyOf(all, all.length - 100));
    refused(2, "model.safetensors");
  }

  @Test
  void headerThatClaimsMoreThanTheFileHoldsIsRefused() throws IOException {
    byte[] all = Files.readAllBytes(weights());
    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 40);
    Files.write(weights(), all);
    refused(2, "model.safetensors");
    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(0, -1L);
    Files.write(weights(), all);
    refused(2, "model.safetensors");
  }

  @Test
  void nonFiniteWeightsAreRefused() throws IOException {
    byte[] all = Files.readAllBytes(weights());
    // The last two bytes are the last bf16 number: make it NaN.
    all[all.length - 1] = 0x7f;
    all[all.length - 2] = (byte) 0xff;
    Files.write(weights(), all);
    refused(2, "finite");
  }

  @Test
  void unsupportedArchitectureIsRefusedWithTheSupportedOnes() throws IOException {
    edit("config.json", "Qwen2ForCausalLM", "MambaForCausalLM");
    refused(2, "MambaForCausalLM is not supported; supported are Qwen2ForCausalLM, Llama");
  }

  @Test
  void garbledConfigOrTokenizerIsRefused() throws IOException {
    Files.writeString(model.resolve("tokenizer.json"), "{\"model\": ");
    refused(2, "tokenizer.json");
    Files.writeString(model.resolve("config.json"), "not json");
    refused(2, "config.json is not JSON");
  }

  @Test
  void tokenizerLargerThanTheEmbeddingIsRefused() throws IOException {
    String tokenizer = Files.readString(model.resolve("tokenizer.json"), StandardCharsets.UTF_8);
    int at = tokenizer.indexOf("\"added_tokens\":");
    int open = tokenizer.indexOf('[', at);
    Files.writeString(
        model.resolve("tokenizer.json"),
        tokenizer.substring(0, open + 1)
            + "{\"id\":5000,\"content\":\"<far>\",\"single_word\":false,\"lstrip\":false,"
            + "\"rstrip\":false,\"normalized\":false,\"special\":true},"
            + tokenizer.substring(open + 1));
    refused(2, "the embedding only");
  }

  @Test
  void badSettingsAreRefused() {
    refused(2, "mixture.k = 0 is out of range", "mixture.k=0");
    refused(2, "learner.group-size = 1 is out of range", "learner.group-size=1");
    refused(2, "generator.temperature = 0 is out of range", "generator.temperature=0");
    refused(2, "controller.max-staleness = -1 is out of range", "controller.max-staleness=-1");
    refused(2, "unknown task \"gdc\"", "tasks.mix=[{task=gdc}]");
    refused(2, "did you mean \"multiplex\"", "mixture.method=multiplexx");
    refused(2, "did you mean \"learner.group-size\"", "learner.groupsize=4");
  }

  @Test
  void referenceThatCannotServeIsRefused() {
    String nowhere = "learner.kl.reference=" + work.resolve("nowhere");
    refused(2, "is no model directory", "learner.kl.coefficient=0.1", nowhere);
    String seedling = "learner.kl.reference=seedling";
    refused(2, "has 512 tokens, the policy", "learner.kl.coefficient=0.1", seedling);
    String none = "learner.kl.reference=none";
    refused(2, "is no model, but", "learner.kl.coefficient=0.1", none);
  }

  @Test
  void portInUseIsRefused() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      refused(2, "cannot listen on 127.0.0.1", "metrics.port=" + port);
      refused(2, "cannot listen on 127.0.0.1", "weights.port=" + port);
      refused(2, "cannot listen on 192.0.2.1", "weights.host=192.0.2.1");
      Cli cluster = Cli.run("run", "--roles", "generator", "--set", "cluster.port=" + port);
      assertThat(cluster.code()).isEqualTo(2);
      assertOneLine(cluster, "cannot listen on 127.0.0.1:" + port);
    }
  }

  @Test
  void existingRunDirectoryIsRefusedAndLeftAlone() throws IOException {
    Files.createDirectory(run);
    Files.writeString(run.resolve("mine.txt"), "mine");
    Cli refused = Cli.run("run-local", "--run-dir", run.toString(), "--set", "model.path=" + model);
    assertThat(refused.code()).isEqualTo(2);
    assertOneLine(refused, "exists");
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly("mine.txt");
    }
  }

  @Test
  void runDirectoryThatCannotBeMadeIsRefused() throws IOException {
    Path file = work.resolve("file");
    Files.writeString(file, "a file, no directory");
    Cli refused =
        Cli.run(
            "run-local",
            "--run-dir",
            file.resolve("run").toString(),
            "--set",
            "model.path=" + model);
    assertThat(refused.code()).isEqualTo(2);
    assertOneLine(refused, "cannot make the run directory");
  }

  @Test
  void nothingToResumeIsCode3() throws IOException {
    Cli nowhere = Cli.run("resume", run.toString());
    assertThat(nowhere.code()).isEqualTo(3);
    assertOneLine(nowhere, "there is no run directory");
    Files.createDirectory(run);
    assertOneLine(Cli.run("resume", run.toString()), "is not a run directory");
    Files.writeString(run.resolve("config.conf"), Cli.run("validate").out());
    Cli without = Cli.run("resume", run.toString());
    assertThat(without.code()).isEqualTo(3);
    assertOneLine(without, "has no checkpoint");
    assertThat(Cli.run("export", run.toString()).code()).isEqualTo(3);
    assertThat(Cli.run("ledger", run.toString()).code()).isEqualTo(3);
    assertThat(Cli.run("status", run.toString()).code()).isEqualTo(3);
    assertThat(Cli.run("why-waiting", run.toString()).code()).isEqualTo(3);
  }

  @Test
  void rolesAreChecked() {
    Cli unknown = Cli.run("run", "--roles", "learner,generatr");
    assertThat(unknown.code()).isEqualTo(2);
    assertOneLine(unknown, "did you mean \"generator\"");
    assertOneLine(Cli.run("run"), "--roles");
    assertOneLine(Cli.run("run", "--roles", "controller,generator"), "lives with the learner");
  }

  @Test
  void optionsOfVerbsAreChecked() {
    for (String[] args :
        List.of(
            new String[] {"sample", "--mode", "dreamy", "--set", "model.path=" + model},
            new String[] {"sample", "--task", "gdc", "--set", "model.path=" + model},
            new String[] {"sample", "--problem", "-1", "--set", "model.path=" + model},
            new String[] {"sample", "--method", "multplex", "--set", "model.path=" + model},
            new String[] {"sample", "--k", "0", "--set", "model.path=" + model},
            new String[] {"sample", "--k", "two"},
            new String[] {"eval", "--set", "eval.problems=0", "--set", "model.path=" + model},
            new String[] {"bench", "--model", model.toString(), "--rows", "0"},
            new String[] {"model", "generate", "--model", model.toString(), "--ids", "1,x"},
            new String[] {"model", "generate", "--model", model.toString()},
            new String[] {"model", "generate", "--model", model.toString(), "--prompt", ""},
            new String[] {
              "model", "generate", "--model", model.toString(), "--prompt", "a", "--ids", "1"
            },
            new String[] {
              "model", "generate", "--model", model.toString(), "--prompt", "a", "--stop", ""
            },
            new String[] {
              "model", "generate", "--model", model.toString(), "--prompt", "a", "--top-p", "2"
            },
            new String[] {"model", "generate", "--model", model.toString(), "--ids", "999999"},
            new String[] {"model", "forward", "--model", model.toString(), "--dtype", "f8"},
            new String[] {"model", "forward", "--model", model.toString(), "--input", "/no"},
            new String[] {"model", "render", "--template", "/no.jinja"},
            new String[] {
              "model",
              "init",
              "--model-config",
              model.resolve("config.json").toString(),
              "--out",
              model.toString()
            })) {
      Cli refused = Cli.run(args);
      assertThat(refused.code()).as(String.join(" ", args)).isEqualTo(2);
      assertOneLine(refused, " – ");
    }
  }

  private void refused(int code, String cause, String... sets) {
    List<String> args =
        new java.util.ArrayList<>(
            List.of("run-local", "--run-dir", run.toString(), "--set", "model.path=" + model));
    for (String set : sets) {
      args.add("--set");
      args.add(set);
    }
    Cli refused = Cli.run(args.toArray(new String[0]));
    assertThat(refused.code()).as(refused.err()).isEqualTo(code);
    assertOneLine(refused, cause);
    assertThat(run).doesNotExist();
    assertThat(refused.out()).isEmpty();
  }

  private static void assertOneLine(Cli refused, String cause) {
    assertThat(refused.err().lines()).as(refused.err()).hasSize(1);
    assertThat(refused.err()).startsWith("amalgam: ").contains(" – ").contains(cause);
  }

  private Path weights() {
    return model.resolve("model.safetensors");
  }

  private void edit(String file, String from, String to) throws IOException {
    String text = Files.readString(model.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(model.resolve(file), text.replace(from, to));
  }
}
