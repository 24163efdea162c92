package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Runs one file of recorded problems and scores against the catalogue and collects what differs.
 */
final class GoldenCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double TOLERANCE = 1e-12;

  private static final TaskData DATA = data();

  /** Tasks whose scores depend on the words that the recording was made with. */
  private static final Set<String> SCORED_BY_WORD_LIST = Set.of("word_ladder");

  private int entries;
  private int problems;
  private int pairs;
  private final List<String> mismatches = new ArrayList<>();

  private static TaskData data() {
    Path shared = SharedData.path("data/reasoning-gym");
    return Files.isDirectory(shared) ? TaskData.in(shared) : TaskData.bundled();
  }

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
    TaskCatalog catalog = TaskCatalog.standard().withData(DATA);
    BigInteger seed = golden.get("seed").bigIntegerValue();
    Task task =
        catalog.create(
            name, (ObjectNode) golden.get("config"), seed, golden.get("size").intValue());
    String where = name + " " + golden.get("config_name").textValue() + " " + golden.get("index");
    Fidelity fidelity = catalog.describe(name).fidelity();
    boolean data = catalog.dataFiles(name).stream().allMatch(DATA::isFromDirectory);
    boolean sameProblem = fidelity == Fidelity.COMPLETE && data;
    if (data && fidelity != Fidelity.SCORES) {
      problems++;
      Problem problem = task.problem(golden.get("index").intValue());
      differ(where + " question", golden.get("question").textValue(), problem.question());
      if (sameProblem) {
        differ(where + " answer", golden.get("answer").textValue(), problem.answer().orElse(null));
        differ(where + " metadata", golden.get("metadata").toString(), kept(golden, problem));
        for (JsonNode pair : golden.get("candidates")) {
          pair(where, task, problem, pair);
        }
      }
    }
    boolean scorable = data || !SCORED_BY_WORD_LIST.contains(name);
    pairs += scorable ? golden.get("candidates").size() : 0;
    if (scorable && (!sameProblem || !golden.has("metadata_dropped"))) {
      Problem recorded =
          new Problem(
              name,
              golden.get("index").intValue(),
              golden.get("question").textValue(),
              Optional.ofNullable(golden.get("answer").textValue()),
              (ObjectNode) golden.get("metadata"));
      for (JsonNode pair : golden.get("candidates")) {
        pair(where + " (recorded)", task, recorded, pair);
      }
    }
  }

  /** Metadata without what the recording left out. */
  private static String kept(JsonNode golden, Problem problem) {
    ObjectNode metadata = problem.metadata().deepCopy();
    golden.path("metadata_dropped").forEach(field -> metadata.remove(field.textValue()));
    return metadata.toString();
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
        + problems
        + " problems made, "
        + pairs
        + " scored pairs, "
        + mismatches.size()
        + " mismatches";
  }
}
