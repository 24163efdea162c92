package io.amalgam.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.actors.controller.LedgerReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks what a run's ledger says. */
record LedgerAudit(List<ObjectNode> lines) {
  static LedgerAudit of(Path runDir) throws IOException {
    List<ObjectNode> lines = new ArrayList<>();
    LedgerReader.lines(runDir, lines::add);
    return new LedgerAudit(lines);
  }

  long trained() {
    return count("trained") + count("zero_variance");
  }

  long count(String outcome) {
    return lines.stream().filter(l -> l.get("outcome").asText().equals(outcome)).count();
  }

  /** Every attempt opened once and closed once; every group over exactly once. */
  void requireOneOutcomeEach() {
    Map<String, Integer> opened = new HashMap<>();
    Map<String, Integer> closed = new HashMap<>();
    Map<Long, Integer> over = new HashMap<>();
    for (ObjectNode line : lines) {
      String key = line.get("ordinal").asLong() + "/" + line.get("attempt").asInt();
      String outcome = line.get("outcome").asText();
      (outcome.equals("pending") ? opened : closed).merge(key, 1, Integer::sum);
      if (List.of("trained", "zero_variance", "failed").contains(outcome)) {
        over.merge(line.get("ordinal").asLong(), 1, Integer::sum);
      }
    }
    assertThat(closed).isEqualTo(opened);
    assertThat(closed.values()).allMatch(n -> n == 1);
    assertThat(over.values()).allMatch(n -> n == 1);
  }
}
