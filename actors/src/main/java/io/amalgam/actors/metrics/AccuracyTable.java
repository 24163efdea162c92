package io.amalgam.actors.metrics;

import io.amalgam.actors.evaluation.Accuracy;
import io.amalgam.actors.evaluation.EvaluationResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The table at the end of a run: held-out accuracy before → after, per task and read-out mode. */
public final class AccuracyTable {
  private AccuracyTable() {}

  /**
   * The table as aligned text; modes that were only read out once show one value.
   *
   * @param before read-outs of the first version
   * @param after read-outs of the last version
   */
  public static String of(List<EvaluationResult> before, List<EvaluationResult> after) {
    Set<String> modes = new LinkedHashSet<>();
    Set<String> tasks = new LinkedHashSet<>();
    Stream.concat(before.stream(), after.stream())
        .forEach(
            r -> {
              modes.add(r.mode());
              tasks.addAll(r.tasks().keySet());
            });
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("task"));
    modes.forEach(m -> head.add(m + " before → after"));
    rows.add(head);
    for (String task : tasks) {
      List<String> row = new ArrayList<>(List.of(task));
      for (String mode : modes) {
        row.add(cell(task(before, mode, task), task(after, mode, task)));
      }
      rows.add(row);
    }
    List<String> total = new ArrayList<>(List.of("all"));
    for (String mode : modes) {
      total.add(cell(overall(before, mode), overall(after, mode)));
    }
    rows.add(total);
    return aligned(rows);
  }

  /** The table of one version: accuracy ± standard error. */
  public static String of(List<EvaluationResult> results) {
    Set<String> tasks = new LinkedHashSet<>();
    results.forEach(r -> tasks.addAll(r.tasks().keySet()));
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("task"));
    results.forEach(r -> head.add(r.mode()));
    rows.add(head);
    for (String task : tasks) {
      List<String> row = new ArrayList<>(List.of(task));
      results.forEach(r -> row.add(alone(Optional.ofNullable(r.tasks().get(task)))));
      rows.add(row);
    }
    List<String> total = new ArrayList<>(List.of("all"));
    results.forEach(r -> total.add(alone(Optional.of(r.overall()))));
    rows.add(total);
    return aligned(rows);
  }

  private static String alone(Optional<Accuracy> a) {
    return a.map(v -> String.format(Locale.ROOT, "%.3f ± %.3f", v.value(), v.stderr())).orElse("–");
  }

  private static String cell(Optional<Accuracy> before, Optional<Accuracy> after) {
    String text = value(before) + " → " + value(after);
    if (before.isPresent() && after.isPresent()) {
      double change = after.get().value() - before.get().value();
      double error = Math.hypot(before.get().stderr(), after.get().stderr());
      text += String.format(Locale.ROOT, " (%+.3f ± %.3f)", change, error);
    }
    return text;
  }

  private static String value(Optional<Accuracy> a) {
    return a.map(v -> String.format(Locale.ROOT, "%.3f", v.value())).orElse("–");
  }

  private static Optional<Accuracy> task(List<EvaluationResult> all, String mode, String task) {
    return find(all, mode).flatMap(r -> Optional.ofNullable(r.tasks().get(task)));
  }

  private static Optional<Accuracy> overall(List<EvaluationResult> all, String mode) {
    return find(all, mode).map(EvaluationResult::overall);
  }

  private static Optional<EvaluationResult> find(List<EvaluationResult> all, String mode) {
    return all.stream().filter(r -> r.mode().equals(mode)).findFirst();
  }

  private static String aligned(List<List<String>> rows) {
    StringBuilder out = new StringBuilder();
    int columns = rows.get(0).size();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        int column = c;
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        line.append(row.get(c)).append(" ".repeat(width - row.get(c).length() + 2));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }
}
