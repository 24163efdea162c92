package io.amalgam.policy.hub;

/**
 * What shows a hub who asks. Its text never appears in messages or logs.
 *
 * @param secret the token as the hub gave it out
 */
public record AccessToken(String secret) {
  @Override
  public String toString() {
    return "token";
  }
}
