package io.amalgam.policy.text.jinja;

import java.util.List;

/** A part of a template that writes output or changes names. */
interface Statement {
  /** Where to go on after a statement. */
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  Flow run(Frame frame);

  /** Runs statements in order, up to the first that leaves the loop round. */
  static Flow all(List<Statement> body, Frame frame) {
    for (Statement statement : body) {
      Flow flow = statement.run(frame);
      if (flow != Flow.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }
}
