package io.amalgam.policy.hub;

import java.io.IOException;
import java.util.OptionalLong;

/** A hub that has a fault of its own or too much to do: worth another attempt. */
final class BusyHubException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final long retryAfter;

  /**
   * An answer of that status.
   *
   * @param retryAfter seconds that the hub asks to wait
   */
  BusyHubException(int status, OptionalLong retryAfter, String host) {
    super(
        status == 429
            ? host + " has had too many requests (429)"
            : host + " has a fault (" + status + ")");
    this.status = status;
    this.retryAfter = retryAfter.orElse(0);
  }

  int status() {
    return status;
  }

  /** Seconds that the hub asks to wait; 0 if it does not say. */
  long retryAfter() {
    return retryAfter;
  }
}
