package io.amalgam.actors.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What follows from a message: events to remember, and what is done once they are stored.
 *
 * <p>Built by {@link RunDesk}, carried out by {@link RunController}.
 */
final class Plan {
  private final List<LedgerEvent> events = new ArrayList<>();
  private final List<Consumer<Ledger>> after = new ArrayList<>();
  private boolean again;

  /** Remember this. */
  Plan remember(LedgerEvent event) {
    events.add(event);
    return this;
  }

  /** Do this when everything is stored. */
  Plan then(Runnable action) {
    after.add(ledger -> action.run());
    return this;
  }

  /** Do this with the ledger as it is when everything is stored. */
  Plan thenWith(Consumer<Ledger> action) {
    after.add(action);
    return this;
  }

  /** Look at everything again afterwards even if nothing had to be stored. */
  Plan thenSettle() {
    again = true;
    return this;
  }

  List<LedgerEvent> events() {
    return events;
  }

  /** Does everything that waited for the events to be stored. */
  void run(Ledger ledger) {
    after.forEach(action -> action.accept(ledger));
  }

  boolean again() {
    return again;
  }
}
