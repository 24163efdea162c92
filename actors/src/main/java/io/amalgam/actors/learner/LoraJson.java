package io.amalgam.actors.learner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.model.lora.LoraSpec;
import io.amalgam.policy.model.lora.LoraTarget;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** An adapter's shape as a checkpoint keeps it. */
final class LoraJson {
  private static final String FIELD = "lora";

  private LoraJson() {}

  /** Adds the shape, if there is an adapter. */
  static void write(ObjectNode node, Optional<LoraSpec> spec) {
    spec.ifPresent(
        s -> {
          ObjectNode lora = node.putObject(FIELD);
          lora.put("rank", s.rank()).put("alpha", s.alpha()).put("rslora", s.rankStabilised());
          ArrayNode targets = lora.putArray("targets");
          s.targets().forEach(t -> targets.add(t.module()));
        });
  }

  /** The shape; empty when the checkpoint holds a whole model. */
  static Optional<LoraSpec> read(ObjectNode node) {
    JsonNode lora = node.path(FIELD);
    if (!lora.isObject()) {
      return Optional.empty();
    }
    Set<LoraTarget> targets = EnumSet.noneOf(LoraTarget.class);
    lora.path("targets").forEach(t -> targets.add(LoraTarget.ofModule(t.asText())));
    return Optional.of(
        new LoraSpec(
            lora.path("rank").asInt(),
            lora.path("alpha").asDouble(),
            targets,
            lora.path("rslora").asBoolean()));
  }
}
