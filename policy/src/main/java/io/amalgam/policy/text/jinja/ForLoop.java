package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code for} statement. */
record ForLoop(
    Assignments target,
    Expression values,
    Optional<Expression> test,
    boolean recursive,
    List<Statement> body,
    List<Statement> otherwise)
    implements Statement {
  @Override
  public Flow run(Frame frame) {
    loop(frame, frame, values.evaluate(frame), 0);
    return Flow.NEXT;
  }

  /** Runs over {@code values}; {@code writer} is a scope whose output takes the text. */
  private void loop(Frame frame, Frame writer, Object over, int depth) {
    List<Object> items = selected(frame, over);
    if (items.isEmpty()) {
      Statement.all(otherwise, writer.inner());
      return;
    }
    Loop loop =
        new Loop(
            items,
            depth,
            recursive ? Optional.of(next -> again(frame, next, depth + 1)) : Optional.empty());
    for (Object item : items) {
      frame.run().budget().step();
      loop.advance();
      Frame round = writer.inner();
      round.set("loop", loop);
      target.assign(round, item);
      if (Statement.all(body, round) == Flow.BREAK) {
        break;
      }
    }
  }

  private String again(Frame frame, Object over, int depth) {
    Frame captured = frame.captured();
    loop(frame, captured, over, depth);
    return captured.output().toString();
  }

  private List<Object> selected(Frame frame, Object over) {
    List<Object> all = Python.elements(over);
    frame.run().budget().allocate(all.size());
    if (test.isEmpty()) {
      return all;
    }
    List<Object> kept = new ArrayList<>();
    for (Object item : all) {
      frame.run().budget().step();
      Frame trial = frame.inner();
      target.assign(trial, item);
      if (Python.truth(test.get().evaluate(trial))) {
        kept.add(item);
      }
    }
    return kept;
  }
}
