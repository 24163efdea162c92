package io.amalgam.policy.text;

import java.nio.file.Path;

/** A tokenizer that cannot be read or used; the message names the file and the reason. */
public final class TokenizerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong with {@code file}. */
  public TokenizerException(Path file, String reason) {
    super(file + ": " + reason);
  }

  /** Says what is wrong with {@code file} and what led to it. */
  public TokenizerException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
