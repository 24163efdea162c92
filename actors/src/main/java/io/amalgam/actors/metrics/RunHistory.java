package io.amalgam.actors.metrics;

import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.actors.cluster.RunListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened so far in a run, kept for the status page, the plot and the closing table. */
public final class RunHistory implements RunListener {
  private final List<RunEvent.StepCompleted> steps = new ArrayList<>();
  private final Map<String, Integer> members = new HashMap<>();
  private Optional<RunEvent.RunStarted> started = Optional.empty();
  private Optional<RunEvent.CheckpointWritten> checkpoint = Optional.empty();
  private Optional<RunEvent.ParityChecked> parity = Optional.empty();
  private Optional<RunEvent.RunFinished> finished = Optional.empty();

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.StepCompleted) {
      steps.add((RunEvent.StepCompleted) event);
    } else if (event instanceof RunEvent.RunStarted) {
      started = Optional.of((RunEvent.RunStarted) event);
    } else if (event instanceof RunEvent.CheckpointWritten) {
      checkpoint = Optional.of((RunEvent.CheckpointWritten) event);
    } else if (event instanceof RunEvent.ParityChecked) {
      parity = Optional.of((RunEvent.ParityChecked) event);
    } else if (event instanceof RunEvent.MemberJoined) {
      members.merge(((RunEvent.MemberJoined) event).role(), 1, Integer::sum);
    } else if (event instanceof RunEvent.MemberLost) {
      members.merge(((RunEvent.MemberLost) event).role(), -1, Integer::sum);
    } else if (event instanceof RunEvent.RunFinished) {
      finished = Optional.of((RunEvent.RunFinished) event);
    }
  }

  /** All steps so far, in order. */
  public synchronized List<RunEvent.StepCompleted> steps() {
    return List.copyOf(steps);
  }

  /** The last step, once there is one. */
  public synchronized Optional<RunEvent.StepCompleted> lastStep() {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
  }

  /** The start, once it has happened. */
  public synchronized Optional<RunEvent.RunStarted> started() {
    return started;
  }

  /** The newest checkpoint of this launch. */
  public synchronized Optional<RunEvent.CheckpointWritten> checkpoint() {
    return checkpoint;
  }

  /** The start-up comparison of behaviour and replayed log-probs. */
  public synchronized Optional<RunEvent.ParityChecked> parity() {
    return parity;
  }

  /** The end, once it has come. */
  public synchronized Optional<RunEvent.RunFinished> finished() {
    return finished;
  }

  /** Members present, by role. */
  public synchronized Map<String, Integer> members() {
    return Map.copyOf(members);
  }
}
