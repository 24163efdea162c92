package io.amalgam.actors.cli;

/** Something that the person at the terminal can put right: cause, remedy and exit code. */
final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;

  UserError(ExitCode exit, String cause, String remedy) {
    super(cause + " – " + remedy);
    this.exit = exit;
  }

  static UserError usage(String cause, String remedy) {
    return new UserError(ExitCode.USAGE, cause, remedy);
  }

  static UserError missing(String cause, String remedy) {
    return new UserError(ExitCode.MISSING, cause, remedy);
  }

  ExitCode exit() {
    return exit;
  }
}
