package io.amalgam.policy.hub;

import java.io.IOException;

/** A failure on this machine, such as a full disk: asking the hub again would not help. */
final class LocalFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient HubException failure;

  LocalFileException(HubException failure) {
    super(failure);
    this.failure = failure;
  }

  HubException failure() {
    return failure;
  }
}
