package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.actors.evaluation.Accuracy;
import io.amalgam.actors.evaluation.EvaluationResult;

/** A read-out as a JSON object, with the field names of {@code eval} rows. */
final class EvaluationJson {
  private EvaluationJson() {}

  static ObjectNode of(EvaluationResult r) {
    ObjectNode node =
        JsonNodeFactory.instance.objectNode().put("mode", r.mode()).put("version", r.version());
    accuracy(node, r.overall());
    ObjectNode tasks = node.putObject("tasks");
    r.tasks().forEach((name, a) -> accuracy(tasks.putObject(name), a));
    return node;
  }

  private static void accuracy(ObjectNode node, Accuracy a) {
    node.put("accuracy", a.value())
        .put("stderr", a.stderr())
        .put("problems", a.problems())
        .put("failed", a.failed());
  }
}
