package io.amalgam.policy.hub;

/**
 * A model that a hub did not give, with what to do about it. The message is one line: {@code cause
 * – remedy}.
 */
public final class HubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String remedy;

  /**
   * An error of that reason.
   *
   * @param reason what happened
   * @param remedy what a person can do about it
   */
  public HubException(String reason, String remedy) {
    super(reason + " – " + remedy);
    this.reason = reason;
    this.remedy = remedy;
  }

  /** The same with the failure that caused it. */
  public HubException(String reason, String remedy, Throwable cause) {
    super(reason + " – " + remedy, cause);
    this.reason = reason;
    this.remedy = remedy;
  }

  /** What happened. */
  public String reason() {
    return reason;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
