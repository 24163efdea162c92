package io.amalgam.policy.hub;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;

/**
 * Repeats what failed for a reason that may pass, with growing pauses, a bounded number of times.
 */
final class Attempts {
  /** A hub that asks for more patience than this is given up. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  private final HubSettings settings;
  private final FetchListener listener;

  Attempts(HubSettings settings, FetchListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  /** One attempt. */
  interface Action<T> {
    T run() throws IOException, InterruptedException;
  }

  /** How far an action has come; an action that gets on does not use up its attempts. */
  interface Position {
    long bytes() throws IOException;
  }

  <T> T of(String what, Action<T> action) {
    return of(what, () -> 0, action);
  }

  /**
   * Runs the action until it succeeds.
   *
   * @param what for messages: the thing that is asked for
   * @throws HubException when the last attempt fails too, or for a reason that will not pass
   */
  <T> T of(String what, Position position, Action<T> action) {
    int failures = 0;
    try {
      while (true) {
        long before = position.bytes();
        try {
          return action.run();
        } catch (LocalFileException e) {
          throw e.failure();
        } catch (IOException e) {
          // a megabyte more: the connection is poor, but works
          failures = position.bytes() - before >= 1 << 20 ? 1 : failures + 1;
          Optional<Duration> pause = pause(failures, e);
          if (pause.isEmpty()) {
            throw givenUp(what, failures, e);
          }
          listener.retrying(what, reason(e), pause.get());
          Thread.sleep(pause.get().toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubException("the download of " + what + " was interrupted", "start it again", e);
    } catch (IOException e) {
      throw new HubException(reason(e), "check the disk of the cache", e);
    }
  }

  private Optional<Duration> pause(int failures, IOException e) {
    if (failures >= settings.attempts() || unknownHost(e)) {
      return Optional.empty();
    }
    Duration usual = settings.pause().multipliedBy(1L << (failures - 1));
    if (e instanceof BusyHubException) {
      Duration asked = Duration.ofSeconds(((BusyHubException) e).retryAfter());
      if (asked.compareTo(LONGEST_PAUSE) > 0) {
        return Optional.empty();
      }
      return Optional.of(asked.compareTo(usual) > 0 ? asked : usual);
    }
    return Optional.of(usual);
  }

  /** A name that does not resolve will not resolve in a minute. */
  private static boolean unknownHost(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private HubException givenUp(String what, int failures, IOException e) {
    String times = failures == 1 ? "" : " after " + failures + " attempts";
    if (e instanceof BusyHubException) {
      return new HubException(
          "cannot fetch " + what + times + ": " + e.getMessage(), "try again later", e);
    }
    String host = settings.endpoint().getAuthority();
    String cause = unknownHost(e) ? host + " is not known" : reason(e);
    return new HubException(
        "cannot fetch " + what + " from " + settings.endpoint() + times + ": " + cause,
        "check the network and HF_ENDPOINT, or give a directory with config.json and"
            + " *.safetensors",
        e);
  }

  private String reason(IOException e) {
    if (e instanceof HttpConnectTimeoutException) {
      return "no connection within " + settings.connectTimeout().toSeconds() + " s";
    }
    if (e instanceof HttpTimeoutException) {
      return "no answer within " + settings.connectTimeout().toSeconds() + " s";
    }
    if (e instanceof ConnectException) {
      return "no connection";
    }
    String message = e.getMessage();
    String plain =
        message == null || message.isBlank() ? e.getClass().getSimpleName() : message.strip();
    return plain.replaceAll("\\s*\\R\\s*", " ");
  }
}
