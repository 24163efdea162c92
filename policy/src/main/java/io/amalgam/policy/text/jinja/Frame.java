package io.amalgam.policy.text.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scope of names within a rendering, and where its output goes. */
final class Frame {
  /** Stands for the value of a name that belongs to a scope but was not assigned yet. */
  private static final Object UNSET = new Object();

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
  Frame inner(ScopeNames scope) {
    return new Frame(run, this, output).entered(scope);
  }

  /** A scope inside this one whose output is captured. */
  Frame captured(ScopeNames scope) {
    return captured().entered(scope);
  }

  /** A scope inside this one without names of its own, whose output is captured. */
  Frame captured() {
    return new Frame(run, this, new Output(run.budget()));
  }

  /** Marks the names that have no value yet. */
  Frame entered(ScopeNames scope) {
    scope.unset().forEach(name -> names.put(name, UNSET));
    return this;
  }

  /**
   * What a block sees: the names of the template's own scope, and those of all scopes around it if
   * it is {@code scoped}.
   */
  Frame context(boolean scoped) {
    Frame context = new Frame(run, null, output);
    for (Frame frame = this; frame != null; frame = frame.outer) {
      if (scoped || frame.outer == null) {
        frame.names.forEach(
            (name, value) -> {
              if (value != UNSET) {
                context.names.putIfAbsent(name, value);
              }
            });
      }
    }
    return context;
  }

  /** What the statements write, run in a scope of their own. */
  String capture(List<Statement> body, ScopeNames scope) {
    Frame frame = captured(scope);
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
        return value == UNSET ? Undefined.name(name) : value;
      }
    }
    Object value = run.variables().get(name);
    if (value == null) {
      value = Globals.ALL.get(name);
    }
    return value == null ? Undefined.name(name) : value;
  }
}
