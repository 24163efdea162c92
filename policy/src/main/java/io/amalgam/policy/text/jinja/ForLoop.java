package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The {@code for} statement. */
record ForLoop(
    Assignments target,
    Expression values,
    Optional<Expression> test,
    ScopeNames testNames,
    boolean recursive,
    List<Statement> body,
    ScopeNames bodyNames,
    List<Statement> otherwise,
    ScopeNames otherwiseNames)
    implements Statement {
  @Override
  public Flow run(Frame frame) {
    return loop(frame, frame, values.evaluate(frame), 0);
  }

  /** Runs over {@code values}; {@code writer} is a scope whose output takes the text. */
  private Flow loop(Frame frame, Frame writer, Object over, int depth) {
    List<Object> items = selected(frame, over);
    Loop loop =
        new Loop(
            items,
            depth,
            recursive ? Optional.of(next -> again(frame, next, depth + 1)) : Optional.empty());
    boolean completed = false;
    Flow flow = Flow.NEXT;
    for (Iterator<Object> it = items.iterator(); it.hasNext() && flow != Flow.BREAK; ) {
      frame.run().budget().step();
      loop.advance();
      Frame round = writer.inner(bodyNames);
      round.set("loop", loop);
      target.assign(round, it.next());
      flow = Statement.all(body, round);
      completed |= flow == Flow.NEXT;
    }
    // Jinja forgets its else part at the end of a round only, which break and continue skip
    return completed ? Flow.NEXT : Statement.all(otherwise, writer.inner(otherwiseNames));
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
      Frame trial = frame.inner(testNames);
      target.assign(trial, item);
      if (Python.truth(test.get().evaluate(trial))) {
        kept.add(item);
      }
    }
    return kept;
  }
}
