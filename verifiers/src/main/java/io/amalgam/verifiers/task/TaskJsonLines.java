package io.amalgam.verifiers.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonInteger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Problems and scores as JSON lines: one object per line, in order, written as soon as it is known.
 *
 * <p>A problem is {@code {task, index, question, answer, metadata}}; {@code answer} is null where
 * any valid solution counts.
 */
public final class TaskJsonLines {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  /** The original's size of a dataset when none is given. */
  private static final int DEFAULT_SIZE = 500;

  /** Longest cause of an error that is written, in characters. */
  private static final int MAX_CAUSE = 500;

  /** Judges an answer within limits of its caller's. */
  @FunctionalInterface
  public interface AnswerJudge {
    /** The verdict on an answer. */
    Verdict judge(Task task, Problem problem, Optional<String> answer);
  }

  private final TaskCatalog catalog;
  private final AnswerJudge judge;

  /** Reads and writes problems of a catalogue; answers are judged in the calling thread. */
  public TaskJsonLines(TaskCatalog catalog) {
    this(catalog, Task::judge);
  }

  /** Reads and writes problems of a catalogue; answers are judged by {@code judge}. */
  public TaskJsonLines(TaskCatalog catalog, AnswerJudge judge) {
    this.catalog = catalog;
    this.judge = judge;
  }

  /**
   * Writes {@code count} problems of a task from an index on.
   *
   * @throws ProblemGenerationException if a problem cannot be made; those before it are written
   */
  public void generate(Task task, int first, int count, Writer out) throws IOException {
    for (int i = 0; i < count; i++) {
      writeLine(problemJson(task.problem(Math.addExact(first, i))), out);
    }
  }

  /**
   * Scores candidates: reads lines {@code {task, config, seed, size, index, candidates: [text or
   * null, …]}}, writes for each the problem with {@code scores: [number or null, …]}.
   *
   * <p>A score is null where the answer could not be judged; {@code verdicts} then says why. A line
   * that brings {@code question}, {@code answer} and {@code metadata} is scored with these instead
   * of a problem made here. {@code config} and {@code size} may be left out, other fields are
   * ignored, blank lines are skipped. A line that cannot be used gives {@code {"error": "line N:
   * cause"}} and reading goes on.
   */
  public void score(Reader in, Writer out) throws IOException {
    BufferedReader lines = new BufferedReader(in);
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        writeLine(scoredOrError(line, number), out);
      }
    }
  }

  private ObjectNode scoredOrError(String line, long number) {
    String cause;
    try {
      return scored(line);
    } catch (JsonProcessingException e) {
      cause = "not a JSON object: " + e.getOriginalMessage();
    } catch (TaskConfigurationException | ProblemGenerationException e) {
      cause = String.valueOf(e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      cause = e.toString();
    }
    return JSON.createObjectNode().put("error", "line " + number + ": " + oneLine(cause));
  }

  private static String oneLine(String cause) {
    String line = cause.replaceAll("\\s+", " ");
    return line.length() <= MAX_CAUSE ? line : line.substring(0, MAX_CAUSE) + "…";
  }

  private ObjectNode scored(String line) throws JsonProcessingException {
    JsonNode request = JSON.readTree(line);
    if (!request.isObject()) {
      throw new TaskConfigurationException("must be a JSON object");
    }
    JsonNode name = request.path("task");
    if (!name.isTextual()) {
      throw new TaskConfigurationException("task must be a text");
    }
    JsonNode config =
        request.hasNonNull("config") ? request.get("config") : JSON.createObjectNode();
    if (!(config instanceof ObjectNode configObject)) {
      throw new TaskConfigurationException("config must be an object");
    }
    int size = request.has("size") ? integer(request, "size").intValueExact() : DEFAULT_SIZE;
    Task task = catalog.create(name.textValue(), configObject, integer(request, "seed"), size);
    Problem problem =
        request.path("metadata") instanceof ObjectNode metadata
            ? recorded(task, request, metadata)
            : task.problem(index(request));
    ArrayNode scores = JSON.createArrayNode();
    ArrayNode verdicts = JSON.createArrayNode();
    boolean complete = true;
    for (JsonNode candidate : candidates(request)) {
      Verdict verdict = judge.judge(task, problem, Optional.ofNullable(candidate.textValue()));
      if (verdict instanceof Verdict.Scored known) {
        scores.add(known.score());
        verdicts.add("scored");
      } else {
        scores.addNull();
        verdicts.add(oneLine(words(verdict)));
        complete = false;
      }
    }
    ObjectNode answer = problemJson(problem);
    answer.set("scores", scores);
    if (!complete) {
      answer.set("verdicts", verdicts);
    }
    return answer;
  }

  private static Problem recorded(Task task, JsonNode request, ObjectNode metadata) {
    return new Problem(
        task.name(),
        request.path("index").asLong(),
        request.path("question").asText(""),
        Optional.ofNullable(request.path("answer").textValue()),
        metadata);
  }

  private static String words(Verdict verdict) {
    if (verdict instanceof Verdict.Invalid invalid) {
      return "invalid: " + invalid.reason();
    }
    if (verdict instanceof Verdict.TimedOut late) {
      return "timed out after " + late.limit().toMillis() + " ms";
    }
    return "crashed: " + ((Verdict.Crashed) verdict).reason();
  }

  private static JsonNode candidates(JsonNode request) {
    JsonNode candidates = request.path("candidates");
    if (!candidates.isArray()) {
      throw new TaskConfigurationException("candidates must be a list of texts and nulls");
    }
    for (JsonNode candidate : candidates) {
      if (!candidate.isTextual() && !candidate.isNull()) {
        throw new TaskConfigurationException(
            "candidates must be a list of texts and nulls, found " + candidate);
      }
    }
    return candidates;
  }

  private static int index(JsonNode request) {
    BigInteger index = integer(request, "index");
    if (index.signum() < 0 || index.bitLength() >= Integer.SIZE) {
      throw new TaskConfigurationException(
          "index = " + index + " must be between 0 and " + Integer.MAX_VALUE);
    }
    return index.intValueExact();
  }

  /** A whole number, also written as a text of digits for readers that cannot hold large ones. */
  private static BigInteger integer(JsonNode request, String field) {
    JsonNode value = request.path(field);
    Optional<BigInteger> read =
        value.isTextual()
            ? PythonInteger.parse(value.textValue())
            : Optional.of(value).filter(JsonNode::isIntegralNumber).map(JsonNode::bigIntegerValue);
    return read.orElseThrow(
        () -> new TaskConfigurationException(field + " must be a whole number"));
  }

  private static ObjectNode problemJson(Problem problem) {
    ObjectNode json = JSON.createObjectNode();
    json.put("task", problem.task())
        .put("index", problem.index())
        .put("question", problem.question());
    json.put("answer", problem.answer().orElse(null));
    json.set("metadata", problem.metadata());
    return json;
  }

  private static void writeLine(ObjectNode json, Writer out) throws IOException {
    out.write(JSON.writeValueAsString(json));
    out.write('\n');
    out.flush();
  }
}
