package io.amalgam.actors.cli;

import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.RunListener;
import java.util.List;
import java.util.Optional;

/** Several listeners as one; a failing one does not keep an event from the others. */
record Listeners(List<RunListener> all) implements RunListener {
  @Override
  public void on(RunEvent event) {
    Optional<RuntimeException> failure = Optional.empty();
    for (RunListener listener : all) {
      try {
        listener.on(event);
      } catch (RuntimeException e) {
        failure = Optional.of(failure.orElse(e));
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
