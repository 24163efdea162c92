package io.amalgam.actors.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.policy.rollout.ClosedBy;
import io.amalgam.policy.rollout.PositionFlag;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.text.Tokenizer;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Verdict;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A rollout for people: one line per position, candidates in columns with weight and bar. */
final class RolloutView {
  private static final int BAR = 8;
  private static final int LONGEST_PIECE = 16;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private final Tokenizer tokenizer;
  private final Trajectory rollout;

  RolloutView(Tokenizer tokenizer, Trajectory rollout) {
    this.tokenizer = tokenizer;
    this.rollout = rollout;
  }

  void print(
      String question,
      Optional<Problem> problem,
      String completion,
      Optional<Verdict> verdict,
      PrintWriter out) {
    out.println();
    out.println("question");
    out.println("  " + question.strip().replace("\n", "\n  "));
    out.println();
    int k = rollout.method().k();
    int width = pieceWidth();
    out.println(" pos  phase    H      candidates and weights");
    int end = endOfMixture();
    for (int t = 0; t < rollout.length(); t++) {
      out.println(line(t, k, width) + (t == end ? "  ◀ " + closed() : ""));
    }
    out.println();
    out.println("text");
    out.println("  " + completion.strip().replace("\n", "\n  "));
    out.println();
    problem
        .flatMap(Problem::answer)
        .ifPresent(answer -> out.println("reference  " + answer.replace("\n", " ")));
    verdict.ifPresent(v -> out.println("verdict    " + text(v)));
    out.println(
        String.format(
            Locale.ROOT,
            "length     %d positions, %d in mixture; %s; ended by %s",
            rollout.length(),
            rollout.mixtureLength(),
            closed(),
            rollout.finish().name().toLowerCase(Locale.ROOT)));
  }

  ObjectNode json(
      String question, Optional<Problem> problem, String completion, Optional<Verdict> verdict) {
    ObjectNode node =
        new ObjectMapper()
            .createObjectNode()
            .put("method", rollout.method().method())
            .put("k", rollout.method().k())
            .put("temperature", rollout.method().temperature())
            .put("question", question);
    problem.ifPresent(p -> node.put("task", p.task()).put("answer", p.answer().orElse(null)));
    verdict.ifPresent(v -> node.put("verdict", text(v)));
    node.put("text", completion)
        .put("closed_by", rollout.closedBy().word())
        .put("finish", rollout.finish().name().toLowerCase(Locale.ROOT));
    ArrayNode positions = node.putArray("positions");
    int k = rollout.method().k();
    for (int t = 0; t < rollout.length(); t++) {
      ObjectNode p =
          positions
              .addObject()
              .put("phase", phase(t))
              .put("entropy", rollout.entropies()[t])
              .put("representative", rollout.representatives()[t])
              .put("forced", PositionFlag.FORCED.in(rollout.flags()[t]))
              .put("collapsed", PositionFlag.COLLAPSED.in(rollout.flags()[t]));
      ArrayNode candidates = p.putArray("candidates");
      for (int j = 0; j < rollout.slots()[t]; j++) {
        candidates
            .addObject()
            .put("id", rollout.ids()[t * k + j])
            .put("piece", raw(rollout.ids()[t * k + j]))
            .put("weight", rollout.weights()[t * k + j]);
      }
      ArrayNode logProbs = p.putArray("log_probs");
      for (int j = 0; j < rollout.terms()[t]; j++) {
        logProbs.add(rollout.logProbs()[t * k + j]);
      }
    }
    return node;
  }

  private String line(int t, int k, int width) {
    StringBuilder s = new StringBuilder();
    s.append(String.format(Locale.ROOT, "%4d  %-7s %5.2f  ", t, phase(t), rollout.entropies()[t]));
    for (Candidate c : candidates(t, k)) {
      s.append(
          String.format(Locale.ROOT, "%s %.2f %s  ", pad(c.piece, width), c.weight, bar(c.weight)));
    }
    if (PositionFlag.COLLAPSED.in(rollout.flags()[t])) {
      s.append("collapsed");
    }
    if (PositionFlag.FORCED.in(rollout.flags()[t])) {
      s.append("forced");
    }
    return s.toString().stripTrailing();
  }

  private record Candidate(String piece, float weight) {}

  /** The candidates of a position, heaviest first; equal ids of independent draws are merged. */
  private List<Candidate> candidates(int t, int k) {
    List<Integer> ids = new ArrayList<>();
    List<Float> weights = new ArrayList<>();
    for (int j = 0; j < rollout.slots()[t]; j++) {
      int id = rollout.ids()[t * k + j];
      float weight = rollout.weights()[t * k + j];
      int known = ids.indexOf(id);
      if (known >= 0) {
        weights.set(known, weights.get(known) + weight);
      } else {
        ids.add(id);
        weights.add(weight);
      }
    }
    List<Candidate> out = new ArrayList<>();
    for (int j = 0; j < ids.size(); j++) {
      out.add(new Candidate(piece(ids.get(j)), weights.get(j)));
    }
    out.sort((a, b) -> Float.compare(b.weight, a.weight));
    return out;
  }

  private String phase(int t) {
    return PositionFlag.MIXTURE.in(rollout.flags()[t]) ? "mixture" : "text";
  }

  /** The last position of the mixture phase, or the token forced in its place; −1 for none. */
  private int endOfMixture() {
    if (rollout.closedBy() == ClosedBy.LENGTH) {
      return -1;
    }
    int last = -1;
    for (int t = 0; t < rollout.length(); t++) {
      boolean first = PositionFlag.FORCED.in(rollout.flags()[t]) && last < 0;
      last = first || PositionFlag.MIXTURE.in(rollout.flags()[t]) ? t : last;
    }
    return last;
  }

  private String closed() {
    return switch (rollout.closedBy()) {
      case MODEL -> "thinking ended by the policy";
      case FORCED -> "thinking ended by its longest length";
      case COLD_STOP -> "thinking ended by Cold Stop";
      case PROBABILITY -> "thinking ended by the marker's probability";
      case LENGTH -> "thinking never ended";
    };
  }

  private int pieceWidth() {
    int width = 1;
    int k = rollout.method().k();
    for (int t = 0; t < rollout.length(); t++) {
      for (int j = 0; j < rollout.slots()[t]; j++) {
        width = Math.max(width, piece(rollout.ids()[t * k + j]).length());
      }
    }
    return width;
  }

  private String raw(int id) {
    return new String(tokenizer.bytes(id), StandardCharsets.UTF_8);
  }

  /** A token in quotes with visible white space, shortened to fit its column. */
  private String piece(int id) {
    String text = visible(id);
    return text.length() > LONGEST_PIECE
        ? "'" + text.substring(0, LONGEST_PIECE - 1) + "…'"
        : "'" + text + "'";
  }

  /** The token's text with escapes for control characters, or its bytes when it is no text. */
  private String visible(int id) {
    String text = raw(id);
    StringBuilder out = new StringBuilder();
    if (text.indexOf('\uFFFD') >= 0) {
      for (byte b : tokenizer.bytes(id)) {
        out.append(String.format(Locale.ROOT, "\\x%02x", b));
      }
      return out.toString();
    }
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default ->
            out.append(
                Character.isISOControl(c)
                    ? String.format(Locale.ROOT, "\\x%02x", (int) c)
                    : String.valueOf(c));
      }
    }
    return out.toString();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String bar(float weight) {
    int eighths = Math.round(Math.max(0, Math.min(1, weight)) * BAR * 8);
    StringBuilder s = new StringBuilder("█".repeat(eighths / 8));
    if (eighths % 8 > 0) {
      s.append(EIGHTHS.charAt(eighths % 8));
    }
    return pad(s.toString(), BAR);
  }

  private static String text(Verdict verdict) {
    if (verdict instanceof Verdict.Scored) {
      return "score " + ((Verdict.Scored) verdict).score();
    }
    if (verdict instanceof Verdict.Invalid) {
      return "no score: " + ((Verdict.Invalid) verdict).reason();
    }
    if (verdict instanceof Verdict.Crashed) {
      return "no score: " + ((Verdict.Crashed) verdict).reason();
    }
    return "no score: timed out";
  }
}
