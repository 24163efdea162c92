package io.amalgam.verifiers.curriculum;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.verifiers.python.PythonFloat;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A task's scores by group.
 *
 * @param groups in the order in which they first occurred
 */
public record GroupedScores(List<Group> groups) {
  /** So many of a group's scores are printed. */
  private static final int PRINTED = 100;

  /** Digits of intermediate results; the last step rounds to the nearest double. */
  private static final MathContext EXACT = new MathContext(60);

  /** Copies the groups. */
  public GroupedScores {
    groups = List.copyOf(groups);
  }

  /**
   * The scores of equally difficult problems.
   *
   * @param key names and values, the source first
   */
  public record Group(List<Map.Entry<String, JsonNode>> key, List<Double> scores) {
    /** Copies the lists. */
    public Group {
      key = List.copyOf(key);
      scores = List.copyOf(scores);
    }

    /** The arithmetic mean. */
    public double mean() {
      return exactMean().doubleValue();
    }

    private BigDecimal exactMean() {
      return sum(scores).divide(BigDecimal.valueOf(scores.size()), EXACT);
    }

    /** The standard deviation of a sample (n − 1); 0 for a single score. */
    public double deviation() {
      if (scores.size() < 2) {
        return 0;
      }
      BigDecimal mean = exactMean();
      BigDecimal squares = BigDecimal.ZERO;
      for (double score : scores) {
        squares = squares.add(new BigDecimal(score).subtract(mean).pow(2), EXACT);
      }
      return squares
          .divide(BigDecimal.valueOf(scores.size() - 1L), EXACT)
          .sqrt(EXACT)
          .doubleValue();
    }

    /** The least score. */
    public double least() {
      return scores.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    /** The greatest score. */
    public double greatest() {
      return scores.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** One line: {@code (source=…, …): n=…, μ=…, σ=…, min=…, max=…}. */
    public String summary() {
      return key.stream()
              .map(e -> e.getKey() + "=" + text(e.getValue()))
              .collect(Collectors.joining(", ", "(", ")"))
          + ": n="
          + scores.size()
          + ", μ="
          + PythonFloat.fixed(mean(), 3)
          + ", σ="
          + PythonFloat.fixed(deviation(), 3)
          + ", min="
          + PythonFloat.fixed(least(), 3)
          + ", max="
          + PythonFloat.fixed(greatest(), 3);
    }

    private String values() {
      int from = Math.max(0, scores.size() - PRINTED);
      String list =
          scores.subList(from, scores.size()).stream()
              .map(score -> PythonFloat.fixed(score, 2))
              .collect(Collectors.joining(", "));
      return "  Values: " + (from > 0 ? ".., " : "") + list;
    }

    private static String text(JsonNode value) {
      if (value.isArray()) {
        StringBuilder list = new StringBuilder("(");
        value.forEach(v -> list.append(list.length() > 1 ? ", " : "").append(text(v)));
        return list.append(value.size() == 1 ? ",)" : ")").toString();
      }
      return value.isTextual() ? value.textValue() : value.toString();
    }
  }

  private static BigDecimal sum(List<Double> scores) {
    return scores.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The number of scores in all groups. */
  public int total() {
    return groups.stream().mapToInt(g -> g.scores().size()).sum();
  }

  /** One line per group. */
  public String summaries() {
    return groups.stream().map(Group::summary).collect(Collectors.joining("\n"));
  }

  /** The number of scores, then two lines per group: its summary and its latest scores. */
  public String report() {
    return groups.stream()
        .map(g -> g.summary() + "\n" + g.values())
        .collect(Collectors.joining("\n", "Total scores: " + total() + "\n\n", ""));
  }
}
