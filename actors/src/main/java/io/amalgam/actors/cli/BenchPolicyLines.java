package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.actors.bench.SpeedRow;
import java.io.PrintWriter;
import java.util.Locale;

/** The lines of {@code bench policy}. */
final class BenchPolicyLines {
  private static final String FORM = "%-28s %14s  %-22s %14s %8s  %-13s %8s  %-11s %-11s %6s%n";

  private final PrintWriter out;
  private final String model;

  BenchPolicyLines(PrintWriter out, String model) {
    this.out = out;
    this.model = model;
  }

  void header() {
    out.printf(
        Locale.ROOT,
        FORM,
        "row",
        "ours",
        "beside",
        "theirs",
        "ratio",
        "range",
        "target",
        "reached",
        "formats",
        "others");
    out.flush();
  }

  void print(SpeedRow row, boolean json) {
    if (json) {
      out.println(json(row));
    } else {
      line(row);
    }
    out.flush();
  }

  private void line(SpeedRow row) {
    out.printf(
        Locale.ROOT,
        FORM,
        (row.name() + " " + row.quantity().word()).strip(),
        figure(row, row.ours()),
        row.anchor().name(),
        figure(row, row.anchor()),
        row.ratio().map(r -> decimal(r.median())).orElse("-"),
        row.ratio().map(r -> decimal(r.smallest()) + "–" + decimal(r.largest())).orElse("-"),
        row.target().map(Object::toString).orElse("-"),
        row.reached().map(r -> r ? "reached" : "not reached").orElse("-"),
        row.ours().format() + "/" + row.anchor().format(),
        row.otherCores().isPresent() ? decimal(row.otherCores().getAsDouble()) : "-");
    String missing = missing(row);
    if (!missing.isEmpty()) {
      out.println("    " + missing);
    }
  }

  private static String missing(SpeedRow row) {
    if (!row.ours().missing().isEmpty()) {
      return "not measured: " + row.ours().missing();
    }
    return row.anchor().missing().isEmpty()
        ? ""
        : row.anchor().name() + " not measured: " + row.anchor().missing();
  }

  private static String figure(SpeedRow row, SpeedRow.Side side) {
    return side.figure().isPresent() ? row.quantity().text(side.figure().getAsDouble()) : "-";
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private ObjectNode json(SpeedRow row) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", model)
            .put("row", row.name())
            .put("what", row.what())
            .put("quantity", row.quantity().name().toLowerCase(Locale.ROOT))
            .put("unit", row.quantity().unit());
    side(node.putObject("ours"), row.ours());
    side(node.putObject("anchor"), row.anchor());
    row.ratio()
        .ifPresent(
            r ->
                node.put("ratio", r.median())
                    .put("smallest", r.smallest())
                    .put("largest", r.largest()));
    row.target().ifPresent(t -> node.put("target", t.toString()));
    row.reached().ifPresent(r -> node.put("reached", r));
    row.otherCores().ifPresent(c -> node.put("other_cores", c));
    return node;
  }

  private static void side(ObjectNode node, SpeedRow.Side side) {
    node.put("name", side.name());
    if (side.figure().isPresent()) {
      node.put("figure", side.figure().getAsDouble()).put("format", side.format());
    } else {
      node.put("missing", side.missing());
    }
  }
}
