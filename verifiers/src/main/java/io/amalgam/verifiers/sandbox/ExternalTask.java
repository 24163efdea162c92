package io.amalgam.verifiers.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.task.Fidelity;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProblemGenerationException;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.TaskConfigurationException;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A task that a command makes and scores: it reads one JSON object per line and answers each with
 * one.
 *
 * <p>{@code {"op": "problem", "config": {…}, "seed": n, "index": i}} is answered by {@code
 * {"question": text, "answer": text or null, "metadata": {…}}}, {@code {"op": "score", "config":
 * {…}, "problem": {index, question, answer, metadata}, "answer": text or null}} by {@code {"score":
 * number}} from 0 to 1 or {@code {"invalid": reason}}. The command runs for as long as it answers
 * in time; one that is late or ends is started again for the next question.
 */
public final class ExternalTask implements Task {
  /** What a user says of a task of this kind. */
  public record Settings(String name, List<String> command, Duration timeout) {
    /** Copies the command. */
    public Settings {
      command = List.copyOf(command);
      if (!name.matches("[a-z][a-z0-9_]*") || command.isEmpty() || timeout.toMillis() < 1) {
        throw new TaskConfigurationException(
            "external task \""
                + name
                + "\": needs a name of lower-case letters, digits and _, a command and a timeout");
      }
    }
  }

  private static final String CONFIG = "config";

  private final Settings settings;
  private final TaskSetup setup;
  private Optional<LineProcess> process = Optional.empty();

  private ExternalTask(Settings settings, TaskSetup setup) {
    this.settings = settings;
    this.setup = setup;
  }

  /** The catalogue's entry of such a task; its one field is passed on to the command. */
  public static TaskFamily family(Settings settings) {
    return TaskFamily.named(settings.name(), "external")
        .json(CONFIG, NullNode.instance)
        .fidelity(Fidelity.SCORES, "problems and scores come from " + settings.command())
        .madeBy(setup -> new ExternalTask(settings, setup));
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public String category() {
    return "external";
  }

  @Override
  public ObjectNode config() {
    return setup.values().toJson();
  }

  @Override
  public Problem problem(int index) {
    ObjectNode request = request("problem");
    request.put("seed", setup.seed()).put("index", index);
    try {
      JsonNode reply = ScoringMessage.JSON.readTree(ask(request));
      if (!reply.path("question").isTextual()) {
        throw cannot(index, "the reply has no question");
      }
      JsonNode metadata = reply.path("metadata");
      return new Problem(
          name(),
          index,
          reply.get("question").textValue(),
          Optional.ofNullable(reply.path("answer").textValue()),
          metadata instanceof ObjectNode given ? given : ScoringMessage.JSON.createObjectNode());
    } catch (LineProcess.Late | LineProcess.Ended | JsonProcessingException e) {
      throw cannot(index, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cannot(index, "interrupted");
    }
  }

  private ProblemGenerationException cannot(int index, String cause) {
    return new ProblemGenerationException(name() + ": no problem at index " + index + ": " + cause);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    ObjectNode request = request("score");
    request.set("problem", ScoringMessage.problem(problem));
    request.put("answer", answer.orElse(null));
    try {
      Verdict verdict = ScoringMessage.verdict(ask(request));
      if (verdict instanceof Verdict.Scored scored && (scored.score() < 0 || scored.score() > 1)) {
        return new Verdict.Crashed(name() + ": score " + scored.score() + " is not from 0 to 1");
      }
      return verdict;
    } catch (LineProcess.Late e) {
      return new Verdict.TimedOut(settings.timeout());
    } catch (LineProcess.Ended | JsonProcessingException e) {
      return new Verdict.Crashed(name() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Crashed(name() + ": interrupted");
    }
  }

  private ObjectNode request(String operation) {
    ObjectNode request = ScoringMessage.JSON.createObjectNode().put("op", operation);
    request.set(CONFIG, setup.values().json(CONFIG));
    return request;
  }

  /** One question at a time: the command answers in order. */
  private synchronized String ask(ObjectNode request)
      throws LineProcess.Late, LineProcess.Ended, InterruptedException {
    LineProcess running =
        process.filter(LineProcess::isAlive).isPresent()
            ? process.get()
            : LineProcess.start(settings.command());
    process = Optional.of(running);
    try {
      return running.ask(request.toString(), settings.timeout());
    } catch (LineProcess.Late | LineProcess.Ended | InterruptedException e) {
      process = Optional.empty();
      throw e;
    }
  }

  @Override
  public Optional<String> workedSolution(Problem problem) {
    return Optional.empty();
  }
}
