package io.amalgam.policy.mixture;

/**
 * A setting of a mixture method that cannot be used, with its name, its value and what is allowed.
 */
public final class MixtureConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String value;
  private final String allowed;

  /**
   * @param field configuration key, for example {@code mixture.k}
   * @param value the value that was given
   * @param allowed what may be given
   */
  public MixtureConfigurationException(String field, String value, String allowed) {
    super(field + " = " + value + " is not possible: it must be " + allowed);
    this.field = field;
    this.value = value;
    this.allowed = allowed;
  }

  /** The configuration key. */
  public String field() {
    return field;
  }

  /** The value that was given. */
  public String value() {
    return value;
  }

  /** What may be given. */
  public String allowed() {
    return allowed;
  }
}
