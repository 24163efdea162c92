package io.amalgam.actors.bench;

import io.amalgam.policy.mixture.MethodSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Other people's programs, as anchors of the speed table. What is not there becomes a {@link
 * MissingAnchor}.
 *
 * @param scripts the directory of the anchor scripts
 * @param python an interpreter with torch, transformers and trl
 * @param openVinoPython an interpreter with optimum and openvino-genai
 * @param openVinoModel where the model in OpenVINO's format is, or is to be exported to
 * @param threads operator threads of each
 */
public record AnchorScripts(
    Optional<Path> scripts,
    Optional<String> python,
    Optional<String> openVinoPython,
    Optional<Path> openVinoModel,
    int threads) {
  private static final String OPENVINO = "generate_openvino.py";
  private static final String FIRST_TOKEN = "first_token.py";
  private static final List<String> FORMATS = List.of("bf16", "f32");

  /** One measurement of a script, on a machine where it shares the cores. */
  private static final Duration DEADLINE = Duration.ofMinutes(30);

  private static final Map<Quantity, String> SPEED = Map.of(Quantity.TOKENS_PER_SECOND, "tok_s");

  /** OpenVINO GenAI's continuous batching; exports the model first where that is needed. */
  Anchor openVino(Path model, int rows) throws InterruptedException {
    if (scripts.isEmpty() || openVinoPython.isEmpty()) {
      return new MissingAnchor(OPENVINO, "needs --anchors and --openvino-python");
    }
    try {
      Path target = openVinoModel.orElse(OpenVinoModel.cached(model));
      Path exported = new OpenVinoModel(openVinoPython.get(), model, target).ready();
      return script(OPENVINO, openVinoPython, exported, rollout(rows), SPEED);
    } catch (Unmeasured e) {
      return new MissingAnchor(OPENVINO, "export: " + e.getMessage());
    }
  }

  /** transformers' {@code generate()}. */
  Anchor discrete(Path model, int rows) {
    return script("generate_discrete.py", python, model, rollout(rows), SPEED);
  }

  /** A mixture loop written in Python. */
  Anchor mixture(Path model, MethodSpec method, int rows) {
    List<String> arguments = rollout(rows);
    arguments.addAll(List.of("--method", method.method(), "--k", String.valueOf(method.k())));
    return script("generate_mixture.py", python, model, arguments, SPEED);
  }

  /** A step of TRL's GRPOTrainer, after one that warms up. */
  Anchor groupStep(Path model, GroupStep.Shape shape) {
    List<String> arguments =
        List.of(
            "--groups",
            String.valueOf(shape.groups()),
            "--members",
            String.valueOf(shape.members()),
            "--new",
            String.valueOf(shape.newTokens()),
            "--steps",
            "2");
    return script("train_trl.py", python, model, arguments, GroupStepSpeed.FIELDS);
  }

  /** transformers from the path of the model to the first token. */
  Anchor firstToken(Path model) {
    if (python.isEmpty()) {
      return new MissingAnchor(FIRST_TOKEN, "needs --python");
    }
    List<String> command =
        List.of(
            python.get(), "-c", source(), model.toString(), Child.FORMAT, String.valueOf(threads));
    return new ScriptAnchor(
        "transformers", new Child(command, DEADLINE, false), FORMATS, LoadSpeed.FIELDS);
  }

  private static List<String> rollout(int rows) {
    return new ArrayList<>(
        List.of(
            "--batch",
            String.valueOf(rows),
            "--prompt",
            String.valueOf(RolloutSpeed.PROMPT),
            "--new",
            String.valueOf(RolloutSpeed.NEW),
            "--repeat",
            "1"));
  }

  private Anchor script(
      String file,
      Optional<String> interpreter,
      Path model,
      List<String> arguments,
      Map<Quantity, String> fields) {
    if (scripts.isEmpty() || interpreter.isEmpty()) {
      return new MissingAnchor(file, "needs --anchors and --python");
    }
    Path script = scripts.get().resolve(file).toAbsolutePath();
    if (!Files.exists(script)) {
      return new MissingAnchor(file, scripts.get() + " has no " + file);
    }
    List<String> command = new ArrayList<>();
    // A directory of scripts that is only read stays as it is.
    command.addAll(List.of(interpreter.get(), "-B", script.toString(), model.toString()));
    command.addAll(arguments);
    command.addAll(List.of("--dtype", Child.FORMAT, "--threads", String.valueOf(threads)));
    return new ScriptAnchor(file, new Child(command, DEADLINE, false), FORMATS, fields);
  }

  private static String source() {
    try (InputStream in =
        Objects.requireNonNull(AnchorScripts.class.getResourceAsStream(FIRST_TOKEN), FIRST_TOKEN)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
