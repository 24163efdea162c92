package io.amalgam.policy.text.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scope of names within a rendering, and where its output goes. */
final class Frame {
  private final Run run;
  private final @Nullable Frame outer;
  private final Output output;
  private final Map<String, Object> names = new HashMap<>();

  Frame(Run run) {
    this(run, null, run.root());
  }

  private Frame(Run run, @Nullable Frame outer, Output output) {
    this.run = run;
    this.outer = outer;
    this.output = output;
  }

  /** A scope inside this one that writes to the same place. */
  Frame inner() {
    return new Frame(run, this, output);
  }

  /** A scope inside this one whose output is captured. */
  Frame captured() {
    return new Frame(run, this, new Output(run.budget()));
  }

  /** What the statements write, run in a scope of their own. */
  String capture(List<Statement> body) {
    Frame frame = captured();
    Statement.all(body, frame);
    return frame.output().toString();
  }

  Run run() {
    return run;
  }

  Output output() {
    return output;
  }

  void set(String name, Object value) {
    names.put(name, value);
  }

  Object get(String name) {
    for (Frame frame = this; frame != null; frame = frame.outer) {
      Object value = frame.names.get(name);
      if (value != null) {
        return value;
      }
    }
    Object value = run.variables().get(name);
    if (value == null) {
      value = Globals.ALL.get(name);
    }
    return value == null ? Undefined.name(name) : value;
  }
}
