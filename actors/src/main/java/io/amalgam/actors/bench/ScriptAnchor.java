package io.amalgam.actors.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Another program as an anchor: a command that ends after one measurement and writes JSON objects
 * on lines of their own, the last of which holds its figures.
 *
 * <p>The first turn takes every number format; the fastest stays for the turns after it.
 */
final class ScriptAnchor implements Anchor {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final Child child;
  private final Map<Quantity, String> fields;
  private List<String> formats;

  /**
   * @param child the command; {@link Child#FORMAT} among its arguments stands for the format
   * @param formats the formats to try
   * @param fields the name of each figure in its output; which format is fastest is decided by the
   *     tokens per second, else by the time of the process
   */
  ScriptAnchor(String name, Child child, List<String> formats, Map<Quantity, String> fields) {
    this.name = name;
    this.child = child;
    this.formats = List.copyOf(formats);
    this.fields = new TreeMap<>(fields);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Measured measure() throws Unmeasured, InterruptedException {
    List<Measured> all = new ArrayList<>();
    Optional<Unmeasured> failure = Optional.empty();
    for (String format : formats) {
      try {
        all.add(measure(format));
      } catch (Unmeasured e) {
        failure = Optional.of(e);
      }
    }
    if (all.isEmpty()) {
      throw failure.orElseThrow();
    }
    Measured best = all.stream().reduce(this::faster).orElseThrow();
    formats = List.of(best.format());
    return best;
  }

  private Measured measure(String format) throws Unmeasured, InterruptedException {
    Child.Output output = child.run(format);
    SortedMap<Quantity, Double> values = values(output.lines(), fields);
    if (values.isEmpty() || !values.keySet().containsAll(fields.keySet())) {
      throw new Unmeasured("wrote no line with " + String.join(", ", fields.values()));
    }
    values.put(Quantity.PROCESS_SECONDS, output.wall().toNanos() / 1e9);
    return new Measured(format, values);
  }

  private Measured faster(Measured a, Measured b) {
    boolean speed = fields.containsKey(Quantity.TOKENS_PER_SECOND);
    Quantity by = speed ? Quantity.TOKENS_PER_SECOND : Quantity.PROCESS_SECONDS;
    boolean less = b.get(by) < a.get(by);
    return less == speed ? a : b;
  }

  /** The figures of the last line that has them all; empty if none has. */
  static SortedMap<Quantity, Double> values(List<String> lines, Map<Quantity, String> fields) {
    SortedMap<Quantity, Double> out = new TreeMap<>();
    for (String line : lines) {
      JsonNode node = parse(line);
      if (fields.values().stream().allMatch(f -> positive(node.path(f)))) {
        fields.forEach((quantity, field) -> out.put(quantity, node.path(field).asDouble()));
      }
    }
    return out;
  }

  /** The text of a field in the last line that has it; empty if none has. */
  static String text(List<String> lines, String field) {
    String out = "";
    for (String line : lines) {
      out = parse(line).path(field).asText(out);
    }
    return out;
  }

  private static boolean positive(JsonNode figure) {
    return figure.isNumber() && figure.asDouble() > 0 && Double.isFinite(figure.asDouble());
  }

  /** Programs write all sorts of lines beside their figures. */
  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
