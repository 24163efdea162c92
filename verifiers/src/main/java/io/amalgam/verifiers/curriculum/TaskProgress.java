package io.amalgam.verifiers.curriculum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What became of one task's problems.
 *
 * @param seen completions judged
 * @param solved completions with a full score
 * @param groups groups judged, at the present level
 * @param rate moving mean of the share that is solved, over groups; 0.5 before the first
 * @param level level of the curriculum, or −1 for the configuration as given
 * @param flat groups in a row whose rewards were all equal
 * @param failures groups in a row that could not be judged
 * @param rests how often the task was set aside
 * @param restUntil ordinal from which it is asked again
 */
public record TaskProgress(
    long seen,
    long solved,
    long groups,
    double rate,
    int level,
    int flat,
    int failures,
    int rests,
    long restUntil) {
  /** What is believed of a task that was not asked yet. */
  private static final double UNKNOWN = 0.5;

  /** Checks the ranges. */
  public TaskProgress {
    if (solved < 0 || seen < solved) {
      throw new IllegalArgumentException("curriculum: solved " + solved + " of seen " + seen);
    }
    if (!(rate >= 0 && rate <= 1) || level < -1 || groups < 0 || flat < 0 || failures < 0) {
      throw new IllegalArgumentException("curriculum: impossible progress of a task");
    }
  }

  /** A task that was not asked yet. */
  public static TaskProgress initial() {
    return new TaskProgress(0, 0, 0, UNKNOWN, -1, 0, 0, 0, 0);
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("seen", seen)
        .put("solved", solved)
        .put("groups", groups)
        .put("rate", rate)
        .put("level", level)
        .put("flat", flat)
        .put("failures", failures)
        .put("rests", rests)
        .put("rest_until", restUntil);
  }

  /** Checkpoints from before there were curricula know seen and solved alone. */
  static TaskProgress fromJson(JsonNode json) {
    TaskProgress none = initial();
    return new TaskProgress(
        whole(json, "seen"),
        whole(json, "solved"),
        json.path("groups").asLong(none.groups),
        json.path("rate").asDouble(none.rate),
        json.path("level").asInt(none.level),
        json.path("flat").asInt(none.flat),
        json.path("failures").asInt(none.failures),
        json.path("rests").asInt(none.rests),
        json.path("rest_until").asLong(none.restUntil));
  }

  static long whole(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException("curriculum: " + field + " must be a whole number");
    }
    return value.longValue();
  }
}
