package io.amalgam.verifiers.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is said between a scoring process and who asks it, one JSON object per line. */
final class ScoringMessage {
  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS).build();

  private ScoringMessage() {}

  static String request(Task task, Problem problem, Optional<String> answer) {
    ObjectNode json = JSON.createObjectNode().put("task", task.name());
    json.set("config", task.config());
    json.set("problem", problem(problem));
    json.put("answer", answer.orElse(null));
    return json.toString();
  }

  static ObjectNode problem(Problem problem) {
    ObjectNode json =
        JSON.createObjectNode().put("index", problem.index()).put("question", problem.question());
    json.put("answer", problem.answer().orElse(null));
    json.set("metadata", problem.metadata());
    return json;
  }

  static Problem problem(String task, JsonNode json) {
    return new Problem(
        task,
        json.get("index").longValue(),
        json.get("question").textValue(),
        Optional.ofNullable(json.get("answer").textValue()),
        (ObjectNode) json.get("metadata"));
  }

  static String reply(Verdict verdict) {
    ObjectNode json = JSON.createObjectNode();
    if (verdict instanceof Verdict.Scored scored) {
      json.put("score", scored.score());
      ObjectNode components = json.putObject("components");
      scored.components().forEach(components::put);
    } else if (verdict instanceof Verdict.Invalid invalid) {
      json.put("invalid", invalid.reason());
    } else if (verdict instanceof Verdict.TimedOut late) {
      json.put("timed_out_ms", late.limit().toMillis());
    } else {
      json.put("crashed", ((Verdict.Crashed) verdict).reason());
    }
    return json.toString();
  }

  /**
   * The verdict of a reply.
   *
   * @throws JsonProcessingException if it is no JSON
   */
  static Verdict verdict(String line) throws JsonProcessingException {
    JsonNode json = JSON.readTree(line);
    if (json.path("score").isNumber()) {
      SortedMap<String, Double> components = new TreeMap<>();
      for (Map.Entry<String, JsonNode> c : json.path("components").properties()) {
        components.put(c.getKey(), c.getValue().doubleValue());
      }
      double score = json.get("score").doubleValue();
      return Double.isFinite(score)
          ? new Verdict.Scored(score, components)
          : new Verdict.Crashed("the scorer gave " + score);
    }
    if (json.path("invalid").isTextual()) {
      return new Verdict.Invalid(json.get("invalid").textValue());
    }
    if (json.path("timed_out_ms").isNumber()) {
      return new Verdict.TimedOut(Duration.ofMillis(json.get("timed_out_ms").longValue()));
    }
    if (json.path("crashed").isTextual()) {
      return new Verdict.Crashed(json.get("crashed").textValue());
    }
    return new Verdict.Crashed(
        "the scorer's reply has neither score nor invalid: " + shortened(line));
  }

  private static String shortened(String line) {
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
