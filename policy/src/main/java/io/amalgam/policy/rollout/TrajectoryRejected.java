package io.amalgam.policy.rollout;

/** A trajectory that cannot be what a generator of this run sampled; names the field at fault. */
public final class TrajectoryRejected extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Says what is wrong.
   *
   * @param field name of the field in the schema
   * @param reason what is wrong with it
   */
  public TrajectoryRejected(String field, String reason) {
    super("trajectory rejected: " + field + " " + reason);
    this.field = field;
  }

  /** Name of the field in the schema. */
  public String field() {
    return field;
  }

  /** The reason under which it is counted; one of a few, whatever the values are. */
  public String reason() {
    return "invalid " + field;
  }
}
