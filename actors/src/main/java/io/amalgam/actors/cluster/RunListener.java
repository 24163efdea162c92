package io.amalgam.actors.cluster;

/** Hears the events of a run, one at a time and in order, on a thread of the actor system. */
@FunctionalInterface
public interface RunListener {
  /**
   * Takes one event. Must return quickly; an exception is logged and does not stop the run.
   *
   * @param event what happened
   */
  void on(RunEvent event);
}
