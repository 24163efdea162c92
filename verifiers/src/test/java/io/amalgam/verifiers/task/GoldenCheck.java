package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs one file of recorded problems and scores against the catalogue and collects what differs.
 */
final class GoldenCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double TOLERANCE = 1e-12;

  private int entries;
  private int pairs;
  private final List<String> mismatches = new ArrayList<>();

  static GoldenCheck run(BufferedReader lines) throws IOException {
    GoldenCheck check = new GoldenCheck();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      check.entry(JSON.readTree(line));
    }
    return check;
  }

  private void entry(JsonNode golden) {
    entries++;
    String name = golden.get("task").textValue();
    BigInteger seed = golden.get("seed").bigIntegerValue();
    Task task =
        TaskCatalog.standard()
            .create(name, (ObjectNode) golden.get("config"), seed, golden.get("size").intValue());
    Problem problem = task.problem(golden.get("index").intValue());
    String where = name + " " + golden.get("config_name").textValue() + " " + golden.get("index");
    differ(where + " question", golden.get("question").textValue(), problem.question());
    differ(where + " answer", golden.get("answer").textValue(), problem.answer().orElse(null));
    differ(where + " metadata", golden.get("metadata").toString(), problem.metadata().toString());
    Problem recorded =
        new Problem(
            name,
            problem.index(),
            problem.question(),
            Optional.ofNullable(golden.get("answer").textValue()),
            (ObjectNode) golden.get("metadata"));
    for (JsonNode pair : golden.get("candidates")) {
      pairs++;
      pair(where, task, problem, pair);
      pair(where + " (recorded)", task, recorded, pair);
    }
  }

  private void pair(String where, Task task, Problem problem, JsonNode pair) {
    Verdict verdict = task.score(problem, Optional.ofNullable(pair.get("candidate").textValue()));
    boolean same;
    if (pair.get("score").isNull()) {
      same = verdict instanceof Verdict.Invalid;
    } else {
      same =
          verdict instanceof Verdict.Scored scored
              && Math.abs(scored.score() - pair.get("score").doubleValue()) <= TOLERANCE;
    }
    if (!same) {
      mismatches.add(where + ": " + pair + " gave " + verdict);
    }
  }

  private void differ(String what, Object wanted, Object got) {
    if (!Objects.equals(wanted, got)) {
      mismatches.add(what + ": wanted " + wanted + " got " + got);
    }
  }

  int entries() {
    return entries;
  }

  List<String> mismatches() {
    return mismatches;
  }

  String summary(String name) {
    return name
        + ": "
        + entries
        + " entries, "
        + pairs
        + " scored pairs, "
        + mismatches.size()
        + " mismatches";
  }
}
